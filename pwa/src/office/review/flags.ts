import type { Finding, Flag } from '../wire'

/** What should be looked at: of the finding and of its photos, each sentence once. */
export function allFlags(finding: Finding): Flag[] {
  const seen = new Map<string, Flag>()
  for (const flag of [...finding.flags, ...finding.photos.flatMap((photo) => photo.flags)]) {
    seen.set(`${flag.code} ${flag.message}`, flag)
  }
  return [...seen.values()]
}

/** What of a finding should be looked at besides the photo that is looked at. */
export function otherFlags(finding: Finding, shown: readonly Flag[]): Flag[] {
  const known = new Set(shown.map((flag) => flag.code + flag.message))
  return allFlags(finding).filter((flag) => !known.has(flag.code + flag.message) && !shown.some((one) => one.code === flag.code))
}

import type { Finding, Flag } from '../wire'

/** What should be looked at: of the finding and of its photos, each sentence once. */
export function allFlags(finding: Finding): Flag[] {
  const seen = new Map<string, Flag>()
  for (const flag of [...finding.flags, ...finding.photos.flatMap((photo) => photo.flags)]) {
    seen.set(`${flag.code} ${flag.message}`, flag)
  }
  return [...seen.values()]
}

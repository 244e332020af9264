import { t } from '@/i18n'
import type { OutboxItem, Photo } from '@/outbox/database'
import { itemEnded } from '@/outbox/item-state'
import { photoEnded } from '@/outbox/photo-state'

/** What became of everything that was handed in on this phone: numbers of items and of photos. */
export type Summary = {
  /** Items that go on by themselves: not answered yet, or photos still on their way. */
  owed: number
  /** Items that wait for a person. */
  stuck: number
  /** Steps that the server kept and did not take. */
  declined: number
  refusedPhotos: number
  waivedPhotos: number
}

export type Ending = 'owed' | 'stuck' | 'attention' | 'delivered'
type Item = Pick<OutboxItem, 'id' | 'state'>
type Picture = Pick<Photo, 'ownerId' | 'state'>

/** How one item with its photos stands. Delivered is said only where the server has, and takes, all of it. */
export function endingOf(item: Item, photos: readonly Picture[]): Ending {
  if (item.state === 'stuck') return 'stuck'
  if (!itemEnded(item.state) || photos.some((photo) => !photoEnded(photo.state))) return 'owed'
  return item.state === 'declined' || photos.some((photo) => photo.state !== 'received') ? 'attention' : 'delivered'
}

const DAY_MS = 24 * 3600_000

/** Of what was handed in more than a day ago: what the server still does not have in full. */
export function overdueOf(
  items: readonly (Item & Pick<OutboxItem, 'createdAt'>)[],
  photos: readonly Picture[],
  nowMs: number,
): number {
  const owners = photosByOwner(photos)
  const old = items.filter((item) => nowMs - Date.parse(item.createdAt) > DAY_MS)
  return old.filter((item) => ['owed', 'stuck'].includes(endingOf(item, owners.get(item.id) ?? []))).length
}

export function photosByOwner<P extends Picture>(photos: readonly P[]): Map<string, P[]> {
  const owners = new Map<string, P[]>()
  for (const photo of photos) owners.set(photo.ownerId, [...(owners.get(photo.ownerId) ?? []), photo])
  return owners
}

/** Photos that belong to nothing handed in, a draft's for example, are no part of it. */
export function summaryOf(items: readonly Item[], photos: readonly Picture[]): Summary {
  const owners = photosByOwner(photos)
  const all = items.map((item) => ({ item, own: owners.get(item.id) ?? [] }))
  const endings = all.map(({ item, own }) => endingOf(item, own))
  const ended = all.flatMap(({ own }) => own)
  return {
    owed: endings.filter((one) => one === 'owed').length,
    stuck: endings.filter((one) => one === 'stuck').length,
    declined: items.filter((item) => item.state === 'declined').length,
    refusedPhotos: ended.filter((photo) => photo.state === 'refused').length,
    waivedPhotos: ended.filter((photo) => photo.state === 'waived').length,
  }
}

/** What did not arrive, or was not taken, in words; empty where there is nothing of the kind. */
export function exceptionsText(summary: Summary): string {
  const parts: [string, number][] = [
    ['outbox.except.stuck', summary.stuck],
    ['outbox.except.declined', summary.declined],
    ['outbox.except.refused', summary.refusedPhotos],
    ['outbox.except.waived', summary.waivedPhotos],
  ]
  return parts.flatMap(([key, n]) => (n ? [t(key, { n })] : [])).join(t('outbox.except.and'))
}

/** The sentence at the head of the outbox once nothing goes on by itself. */
export function endedText(summary: Summary): string {
  const exceptions = exceptionsText(summary)
  if (!exceptions) return t('outbox.state.empty')
  return t(summary.stuck ? 'outbox.state.blocked' : 'outbox.state.ended', { what: exceptions })
}

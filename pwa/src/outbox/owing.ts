import type { ActionBody } from '@/api/types'
import { waitsForWifi, type DataSaver, type Way } from './data-saver'
import type { OutboxItem, Photo } from './database'
import { itemEnded } from './item-state'
import { photoEnded } from './photo-state'

export type Rule = { saver: DataSaver; way: Way }

/** A strike-off waits for its photos (contract); every other step may arrive before them. */
export const waitsForPhotos = (item: Pick<OutboxItem, 'kind' | 'body'>): boolean =>
  item.kind === 'action' && (item.body as ActionBody).action === 'strike_off'

/** The photos of what was handed in that wait for Wi-Fi. */
export function heldPhotos(items: readonly OutboxItem[], photos: readonly Photo[], rule: Rule): Photo[] {
  const owners = new Map(items.map((item) => [item.id, item]))
  return photos.filter((photo) => {
    const owner = owners.get(photo.ownerId)
    return owner !== undefined && !photoEnded(photo.state) && waitsForWifi(owner.createdAt, rule.saver, rule.way)
  })
}

/** Whether a pass would find something to do. What waits for Wi-Fi, or for photos that do, is left in peace. */
export function owesNow(items: readonly OutboxItem[], photos: readonly Photo[], rule: Rule): boolean {
  const handedIn = new Set(items.map((item) => item.id))
  const held = new Set(heldPhotos(items, photos, rule))
  const waiting = new Set([...held].map((photo) => photo.ownerId))
  const sends = (item: OutboxItem) =>
    !itemEnded(item.state) && item.state !== 'stuck' && !(waitsForPhotos(item) && waiting.has(item.id))
  return (
    items.some(sends) ||
    photos.some((photo) => handedIn.has(photo.ownerId) && !photoEnded(photo.state) && !held.has(photo))
  )
}

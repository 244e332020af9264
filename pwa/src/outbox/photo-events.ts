import { shanghaiInstant } from '@/ui/time'
import { db, durably, type Photo } from './database'
import { nextPhotoState, type PhotoEvent } from './photo-state'

type Changes = Partial<Pick<Photo, 'reason' | 'sentBytes' | 'uploadUrl' | 'attempts' | 'nextAttemptAt'>>

/** Write one event of a photo; its state follows the table. */
export async function photoEvent(id: string, event: PhotoEvent, changes: Changes = {}): Promise<void> {
  await durably(() =>
    db.photos
      .where('id')
      .equals(id)
      .modify((photo) => {
        photo.state = nextPhotoState(photo.state, event)
        Object.assign(photo, changes)
        photo.changedAt = shanghaiInstant(Date.now())
      }),
  )
}

/** Write how far a photo has come. */
export async function photoProgress(id: string, changes: Pick<Changes, 'sentBytes' | 'uploadUrl'>): Promise<void> {
  await durably(() => db.photos.update(id, changes))
}

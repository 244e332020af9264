import type { Task } from '@/api/types'

type Marked = Task['markedPhotos'][number]

/** What was drawn and written over a photo of this task, kept with the task and so also without a network; null where nothing was. */
export function markedIn(task: Partial<Pick<Task, 'markedPhotos'>> | null | undefined, sha256: string): Marked | null {
  // What a phone kept before tasks told of marks has no such list.
  return task?.markedPhotos?.find((photo) => photo.sha256 === sha256) ?? null
}

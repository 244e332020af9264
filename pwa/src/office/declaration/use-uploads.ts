import { ref, shallowRef } from 'vue'
import { Unreachable } from '@/api/problem'

export type Failed = { file: File; error: unknown }
type Bring = (file: File, sent: (share: number) => void) => Promise<unknown>

/** Files that are brought one after another. One that is not taken holds up no other; after a lost line none is tried. */
export function useUploads(bring: Bring, uploading: (by: number) => void) {
  const share = ref<number | null>(null)
  const failed = shallowRef<Failed[]>([])

  async function send(files: Iterable<File>): Promise<void> {
    if (share.value !== null) return
    failed.value = []
    uploading(1)
    share.value = 0
    let gone: unknown = null
    for (const file of files) {
      try {
        if (gone) throw gone
        share.value = 0
        await bring(file, (sent) => (share.value = sent))
      } catch (error) {
        if (error instanceof Unreachable) gone = error
        failed.value = [...failed.value, { file, error }]
      }
    }
    share.value = null
    uploading(-1)
  }
  return { share, failed, send, again: () => send(failed.value.map((one) => one.file)) }
}

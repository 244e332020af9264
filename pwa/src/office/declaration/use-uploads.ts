import { ref, shallowRef } from 'vue'
import { uploadPhoto } from '../data/upload'

/** Pictures that are sent one after another; `add` is told of each that has its receipt. */
export function useUploads(add: (file: File, sha256: string) => void, uploading: (by: number) => void) {
  const share = ref<number | null>(null)
  const failure = shallowRef<unknown>(null)

  async function send(files: Iterable<File>): Promise<void> {
    failure.value = null
    uploading(1)
    try {
      for (const file of files) {
        share.value = 0
        add(file, await uploadPhoto(file, (sent) => (share.value = sent)))
      }
    } catch (error) {
      failure.value = error
    } finally {
      share.value = null
      uploading(-1)
    }
  }
  return { share, failure, send }
}

import { shallowRef, watch, type Ref } from 'vue'
import type { PhotoCase } from '../wire'
import { get } from './api'

const KEPT = 200
const cases = new Map<string, Promise<PhotoCase>>()

function caseOf(sha256: string): Promise<PhotoCase> {
  const asked = cases.get(sha256) ?? get<PhotoCase>(`/api/photos/${sha256}`)
  cases.delete(sha256)
  cases.set(sha256, asked)
  asked.catch(() => cases.delete(sha256))
  if (cases.size > KEPT) cases.delete(cases.keys().next().value!)
  return asked
}

/** The case of the photo that is looked at: its circumstances and witnesses. Null while it comes, or without one. */
export function usePhotoCase(sha256: Ref<string | null>) {
  const photoCase = shallowRef<PhotoCase | null>(null)
  async function load(hash: string): Promise<void> {
    const found = await caseOf(hash).catch(() => null)
    if (sha256.value === hash) photoCase.value = found
  }
  watch(sha256, (hash) => {
    photoCase.value = null
    if (hash) void load(hash)
  }, { immediate: true })
  /** Ask again: something was decided, or the server has compared meanwhile. */
  async function refresh(): Promise<void> {
    if (!sha256.value) return
    cases.delete(sha256.value)
    await load(sha256.value)
  }
  return { photoCase, refresh }
}

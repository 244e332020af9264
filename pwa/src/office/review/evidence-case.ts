import { computed, ref, watch, type InjectionKey, type Ref } from 'vue'
import { usePhotoCase } from '../data/photo-cases'
import type { PhotoRef } from '../wire'
import { otherUses, shotOf, useOf } from './evidence'

/** How the likely original is shown: not at all, beside the photo, or over it behind a slider. */
export type TwinMode = 'off' | 'beside' | 'over'

/** The whole case of the photo on the stage: its circumstances, its likely original, what was decided. */
export function useEvidence(photo: Ref<PhotoRef | null>) {
  const hash = computed(() => (photo.value?.state === 'received' ? photo.value.sha256 : null))
  const { photoCase, refresh } = usePhotoCase(hash)
  const use = computed(() => useOf(photoCase.value, photo.value))
  const shot = computed(() => shotOf(photoCase.value, photo.value))
  const others = computed(() => otherUses(photoCase.value, photo.value))
  const twin = computed(() => use.value?.twins[0] ?? null)
  const mode = ref<TwinMode>('beside')
  /** How much of the photo is seen where the original lies over it, 0 to 100. */
  const cut = ref(50)
  /** The reviewer doubts the photo that is looked at: they are asked what is to come of it. */
  const asking = ref(false)
  watch(() => photo.value?.useId, () => {
    asking.value = false
    mode.value = 'beside'
    cut.value = 50
  })
  const shown = computed(() => (twin.value ? mode.value : 'off'))
  return { photoCase, use, shot, others, twin, mode, shown, cut, asking, refresh }
}

export type Evidence = ReturnType<typeof useEvidence>
export const evidenceKey: InjectionKey<Evidence> = Symbol('evidence')

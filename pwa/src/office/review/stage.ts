import { computed, ref, shallowRef, watch, type InjectionKey, type Ref } from 'vue'
import { photoUrl } from '../data/api'
import type { Finding } from '../wire'
import { held, turned, WHOLE, zoomAt, type View } from './viewport'

/** Which photo is on the stage, and how it lies there. */
export function useStage(finding: Ref<Finding | null>, upcoming: Ref<Finding[]>) {
  const index = ref(0)
  const view = shallowRef<View>(WHOLE)
  const size = ref({ width: 0, height: 0 })
  /** What was drawn over the photo is shown; it can be put aside to see the photo bare. */
  const marked = ref(true)
  const photo = computed(() => finding.value?.photos[index.value] ?? null)

  function show(place: number): void {
    index.value = place
    view.value = WHOLE
  }

  function step(places: number): void {
    const last = (finding.value?.photos.length ?? 0) - 1
    if (last > 0) show(Math.min(last, Math.max(0, index.value + places)))
  }

  const set = (next: View) => (view.value = held(next, size.value.width, size.value.height))
  const zoom = (factor: number, x = 0, y = 0) => set(zoomAt(view.value, factor, x, y))
  const pan = (byX: number, byY: number) => set({ ...view.value, x: view.value.x + byX, y: view.value.y + byY })
  const turn = (quarters: number) => set(turned(view.value, quarters))
  const whole = () => set({ ...WHOLE, turn: view.value.turn })

  watch(() => finding.value?.id, () => show(0))
  // The next ones are fetched while this one is looked at; the browser keeps them (immutable).
  watch(upcoming, (rows) => {
    for (const row of rows) {
      const first = row.photos.find((one) => one.state === 'received')
      if (first) new Image().src = photoUrl(first.sha256, 'screen')
    }
  })

  return { index, view, size, photo, marked, show, step, zoom, pan, turn, whole }
}

export type Stage = ReturnType<typeof useStage>
export const stageKey: InjectionKey<Stage> = Symbol('stage')

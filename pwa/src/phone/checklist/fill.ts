import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Item, Value } from '@/api/types'
import { readAnswers, type Last } from '@/domain/answers'
import { db, type Draft, type DraftAnswer, type Photo } from '@/outbox/database'
import { changePlace } from '@/outbox/drafts'
import { photosOf } from '@/outbox/photos'
import { useLive } from '@/ui/live'
import { shanghaiInstant } from '@/ui/time'
import { lastAnswersOf, siteById, today, versionById } from '../pack'
import { me } from '../session/session'
import { givenOf, itemsOf, sectionsOf } from './reading'
import { Saver } from './saver'

export const BLANK: DraftAnswer = { note: '', noPhotoReason: '', at: '' }
export type Patch = Partial<Omit<DraftAnswer, 'at'>>

/** One checklist being filled: the draft, what it means so far, and ways to change it that are safe at once. */
export function useFill(draftId: string) {
  const draft = shallowRef<Draft | null>(null)
  const gone = ref(false)
  const saver = new Saver(draftId)
  const reopened = shallowRef(new Set<string>())
  const stored = useLive<Draft | null | undefined>(async () => (await db.drafts.get(draftId)) ?? null, undefined)
  const photos = useLive<Photo[]>(() => photosOf(draftId), [])

  watch(stored, (row) => {
    if (row === undefined) return
    if (row === null || row.personId !== me.value?.id || row.status !== 'open') gone.value = true
    else {
      draft.value = merged(row, draft.value, saver)
      saver.state.savedAt ??= row.updatedAt
    }
  })

  const site = computed(() => (draft.value ? siteById(draft.value.siteId) : undefined))
  const version = computed(() => (draft.value ? versionById(draft.value.templateVersionId) : undefined))
  const last = computed(() => lastAnswersOf(site.value?.id ?? '', version.value?.code ?? ''))
  const reading = computed(() => {
    const where = { siteKind: site.value?.kind ?? '', inspectedOn: today(), facts: site.value?.facts ?? {} }
    const given = givenOf(draft.value?.answers ?? {}, photos.value)
    return readAnswers(version.value?.items ?? [], given, lastValues(last.value, reopened.value), where)
  })
  const items = computed(() =>
    itemsOf(version.value?.items ?? [], draft.value?.answers ?? {}, photos.value, reading.value),
  )
  const sections = computed(() => sectionsOf(version.value?.sections ?? [], items.value))

  function answer(code: string, patch: Patch, typing = false): void {
    if (!draft.value) return
    const next = { ...BLANK, ...draft.value.answers[code], ...patch, at: shanghaiInstant(Date.now()) }
    draft.value = { ...draft.value, answers: { ...draft.value.answers, [code]: next } }
    saver.answer(code, next, typing)
  }

  function change(
    fields: Partial<Pick<Draft, 'guidance' | 'outcome' | 'noAccessReason' | 'noAccessNote' | 'position'>>,
    typing = false,
  ): void {
    if (!draft.value) return
    draft.value = { ...draft.value, ...fields }
    saver.change(fields, typing)
  }

  /** Ask a quarterly or yearly item again although its earlier answer still stands. */
  const askAgain = (item: Item) => (reopened.value = new Set([...reopened.value, item.code]))
  const goTo = (section: string, item: string | null) => changePlace(draftId, { section, item })

  keepSafe(saver)
  return { draft, gone, saver, photos, site, version, last, reading, items, sections, answer, change, askAgain, goTo }
}

export type Fill = ReturnType<typeof useFill>

/** What the database says, with what is typed but not yet written on top. */
function merged(row: Draft, shown: Draft | null, saver: Saver): Draft {
  if (!shown) return row
  const answers = { ...row.answers }
  for (const [code, answer] of Object.entries(shown.answers)) {
    if (saver.isPending(code) || answer.at > (row.answers[code]?.at ?? '')) answers[code] = answer
  }
  const typed = saver.state.saving
    ? { guidance: shown.guidance, noAccessReason: shown.noAccessReason, noAccessNote: shown.noAccessNote }
    : {}
  return { ...row, ...typed, answers }
}

function lastValues(last: Map<string, { value: Value; on: string }>, reopened: Set<string>): Record<string, Last> {
  return Object.fromEntries([...last].filter(([code]) => !reopened.has(code)))
}

/** A page that is hidden may never come back. */
function keepSafe(saver: Saver): void {
  const flush = () => void saver.flush()
  document.addEventListener('visibilitychange', flush)
  window.addEventListener('pagehide', flush)
  onScopeDispose(() => {
    flush()
    document.removeEventListener('visibilitychange', flush)
    window.removeEventListener('pagehide', flush)
  })
}

import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { Problem } from '@/api/problem'
import * as api from '../data/api'
import { askedFor, type FilterSpec } from '../state/filters'
import { useFilters } from '../state/use-filters'
import { useKeysetList } from '../state/use-keyset-list'
import { t } from '@/i18n'
import type { Finding } from '../wire'
import { whatChanged, type Change } from './changes'
import { confirmStep, voidStep, type Correction } from './decision'
import { useOutbox } from './outbox'
import { afterLeaving, ahead, neighbour } from './queue'

export const reviewFilters = {
  status: { values: ['draft', 'confirmed', 'void'], initial: 'draft' },
  flag: {},
  severity: { values: ['minor', 'major', 'severe'] },
  unit: {},
  site: {},
  month: {},
  q: {},
  sort: { values: ['-receivedAt', 'receivedAt'], initial: '-receivedAt' },
} satisfies FilterSpec

/** Something that happened to a finding besides the reviewer: it was not taken, or somebody else was first. */
export type Notice = { kind: 'refused' | 'elsewhere'; problem: Problem | null; changes: Change[] }

/** The review queue: its list, where the reviewer stands in it, and what they decide. */
export function useReview() {
  const route = useRoute()
  const router = useRouter()
  const outbox = useOutbox()
  const { filters, active, set, reset } = useFilters(reviewFilters)
  const notices = shallowRef<Map<string, Notice>>(new Map())
  const newestFirst = computed(() => filters.value.sort !== 'receivedAt')

  // The address follows the reviewer, who may be two findings ahead of it.
  const selectedId = ref<string | null>(String(route.params['id'] ?? '') || null)
  const list = useKeysetList<Finding>({
    query: computed(() => askedFor(filters.value)),
    fetch: api.findings,
    before: (a, b) => (a.receivedAt === b.receivedAt ? a.id < b.id : a.receivedAt < b.receivedAt) !== newestFirst.value,
    // What is stood on, what waits to be sent and what carries a notice stays, whatever others do to it.
    keep: () => new Set([selectedId.value ?? '', ...outbox.heldIds.value, ...notices.value.keys()]),
  })
  const hasLeft = (id: string) => outbox.heldIds.value.has(id) || (filters.value.status !== '' && outbox.sentIds.value.has(id))
  const rows = computed(() => list.items.value.filter((row) => !hasLeft(row.id)))
  const selected = computed(() => rows.value.find((row) => row.id === selectedId.value) ?? null)
  const upcoming = computed(() => ahead(rows.value, selectedId.value, 2))

  function select(row: Finding | null): void {
    selectedId.value = row?.id ?? null
    void router.replace({ name: 'review', params: { id: row?.id ?? '' }, query: route.query })
  }

  function move(places: number): void {
    const row = neighbour(rows.value, selectedId.value, places)
    if (!row) return
    select(row)
    if (rows.value.indexOf(row) >= rows.value.length - 5) void list.loadMore()
  }

  function leave(finding: Finding, step: ReturnType<typeof voidStep>): void {
    const next = afterLeaving(rows.value, finding.id)
    forget(finding.id)
    const label = `${finding.siteName} · ${finding.itemLabel}`
    select(next)
    outbox.holdStep({ findingId: finding.id, taskId: finding.taskId, label, step })
    if (rows.value.length < 5) void list.loadMore()
  }

  const confirm = (finding: Finding, correction: Correction) => leave(finding, confirmStep(finding, correction, Date.now()))
  const voidOne = (finding: Finding, reason: string) => leave(finding, voidStep(finding, reason, Date.now()))

  function undo(): void {
    const held = outbox.takeBack()
    const row = held && list.items.value.find((finding) => finding.id === held.findingId)
    if (row) select(row)
  }

  function note(id: string, notice: Notice): void {
    notices.value = new Map(notices.value).set(id, notice)
  }

  function forget(id: string): void {
    if (!notices.value.has(id)) return
    const rest = new Map(notices.value)
    rest.delete(id)
    notices.value = rest
  }

  // A step that the server did not take: the finding comes back as it is now, with what has changed.
  async function takeRefusal(findingId: string, problem: Problem): Promise<void> {
    outbox.dismiss(findingId)
    const before = list.items.value.find((row) => row.id === findingId)
    const now = await api.finding(findingId).catch(() => null)
    if (now && before) list.replace(now)
    else if (now) list.items.value = [now, ...list.items.value]
    note(findingId, { kind: 'refused', problem, changes: now && before ? whatChanged(before, now) : [] })
  }
  watch(outbox.refused, (all) => all.forEach((one) => void takeRefusal(one.held.findingId, one.problem)), { immediate: true })

  // The list stands on a finding that somebody else has dealt with meanwhile: tell, and keep it where it is.
  let seen: Finding | null = null
  watch(selected, async (row) => {
    if (seen && row && seen.id === row.id && seen !== row && !notices.value.has(row.id)) {
      const changes = whatChanged(seen, row)
      if (changes.length) note(row.id, { kind: 'elsewhere', problem: null, changes })
    }
    seen = row
  })

  // A sent decision may have moved other findings of its task.
  watch(outbox.sentIds, () => void list.refresh())

  // Standing nowhere means standing on the first one; an address may also name a finding that is not in this list.
  const strangers = new Set<string>()
  watch([rows, selectedId, list.loading], async () => {
    if (list.loading.value || selected.value) return
    const id = selectedId.value
    if (id && !outbox.heldIds.value.has(id) && !strangers.has(id)) {
      strangers.add(id)
      const found = await api.finding(id).catch(() => null)
      if (found && selectedId.value === id) list.items.value = [found, ...list.items.value]
      else if (selectedId.value === id) select(rows.value[0] ?? null)
      return
    }
    if (rows.value[0]) select(rows.value[0])
  }, { immediate: true })

  const title = computed(() => t(`review.title.${filters.value.status || 'all'}`))
  return { list, rows, filters, active, set, reset, selected, selectedId, upcoming, notices, outbox, title, select, move, confirm, voidOne, undo, forget }
}
export type Review = ReturnType<typeof useReview>

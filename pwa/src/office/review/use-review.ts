import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Problem } from '@/api/problem'
import * as api from '../data/api'
import { askedFor, type FilterSpec } from '../state/filters'
import { onPulse } from '../state/pulse'
import { me } from '../state/session'
import { useFilters } from '../state/use-filters'
import { useKeysetList } from '../state/use-keyset-list'
import { t } from '@/i18n'
import type { Finding, TaskStep } from '../wire'
import { confirmSteps, voidSteps, type Change } from './batch'
import { whatChanged, type Change as Changed } from './changes'
import { confirmStep, voidStep, type Correction } from './decision'
import { useOutbox, type Refused } from './outbox'
import { afterLeaving, ahead, neighbour, STANDING } from './queue'
import { useSelection } from './selection'

export const reviewFilters = {
  status: { values: ['draft', 'confirmed', 'void', STANDING], initial: 'draft' },
  flag: {},
  severity: { values: ['minor', 'major', 'severe'] },
  unit: {},
  site: {},
  month: {},
  q: {},
  first: {},
  last: {},
  item: {},
  sort: { values: ['-receivedAt', 'receivedAt'], initial: '-receivedAt' },
} satisfies FilterSpec

/** Something that happened to a finding besides the reviewer: it was not taken (`step`), or somebody else was first. */
export type Notice = { kind: 'refused' | 'elsewhere' | 'together'; problem: Problem | null; step: TaskStep | null; changes: Changed[] }

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
  const selection = useSelection(rows)
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

  function leave(findings: readonly Finding[], steps: readonly TaskStep[]): void {
    const leaving = new Set(findings.map((finding) => finding.id))
    const last = findings[findings.length - 1]
    if (!last) return
    const stays = selected.value && !leaving.has(selected.value.id)
    const next = stays ? selected.value : afterLeaving(rows.value.filter((row) => row === last || !leaving.has(row.id)), last.id)
    forget(leaving)
    selection.clear()
    select(next)
    outbox.holdSteps(findings.map(({ id, taskId, siteName, itemLabel }, place) => ({
      findingId: id, taskId, label: `${siteName} · ${itemLabel}`, step: steps[place]!,
    })))
  }
  // Whoever decides fast, or many at once, is never before an empty list while there is more.
  watch([() => rows.value.length, list.next, list.loadingMore], () => {
    if (rows.value.length < 5 && !list.error.value) void list.loadMore()
  })

  const confirm = (finding: Finding, correction: Correction) => leave([finding], [confirmStep(finding, correction, Date.now())])
  const voidOne = (finding: Finding, reason: string) => leave([finding], [voidStep(finding, reason, Date.now())])
  const confirmMany = (findings: readonly Finding[], change: Change) => leave(findings, confirmSteps(findings, change, Date.now()))
  const voidMany = (findings: readonly Finding[], reason: string) => leave(findings, voidSteps(findings, reason, Date.now()))

  function extend(places: number): void {
    const from = selectedId.value
    move(places)
    if (selectedId.value) selection.extend(from, selectedId.value)
  }

  function undo(): void {
    const ids = new Set(outbox.takeBack().map((held) => held.findingId))
    const row = list.items.value.find((finding) => ids.has(finding.id))
    if (row) select(row)
  }

  function note(id: string, notice: Notice): void {
    notices.value = new Map(notices.value).set(id, notice)
  }

  function forget(ids: ReadonlySet<string>): void {
    notices.value = new Map([...notices.value].filter(([id]) => !ids.has(id)))
  }

  // A step that the server did not take: the finding comes back as it is now, with what has changed and what was typed.
  async function takeRefusal({ held, problem }: Refused): Promise<void> {
    const id = held.findingId
    outbox.dismiss(id)
    const before = list.items.value.find((row) => row.id === id)
    const now = await api.finding(id).catch(() => null)
    if (now && before) list.replace(now)
    else if (now) list.items.value = [now, ...list.items.value]
    note(id, { kind: 'refused', problem, step: held.step, changes: now && before ? whatChanged(before, now) : [] })
  }
  watch(outbox.refused, (all) => all.forEach((one) => void takeRefusal(one)), { immediate: true })

  // A finding that was decided elsewhere drops out of what the list asks for; the one that is stood on is asked for itself.
  onPulse(async () => {
    const id = selectedId.value
    const now = id && !outbox.heldIds.value.has(id) ? await api.finding(id).catch(() => null) : null
    if (now && selectedId.value === now.id) list.replace(now)
  })

  // The list stands on a finding that somebody else has dealt with meanwhile: tell, and keep it where it is.
  let seen: Finding | null = null
  watch(selected, async (row) => {
    if (seen && row && seen.id === row.id && seen !== row && !notices.value.has(row.id)) {
      const changes = whatChanged(seen, row)
      const kind = row.status !== 'draft' && row.decidedBy === me.value?.name ? 'together' : 'elsewhere'
      if (changes.length) note(row.id, { kind, problem: null, step: null, changes })
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

  const title = computed(() => t(`review.title.${filters.value.status === STANDING ? 'standing' : filters.value.status || 'all'}`))
  return {
    list, rows, filters, active, set, reset, selected, selectedId, upcoming, notices, outbox, title, selection,
    select, move, extend, confirm, voidOne, confirmMany, voidMany, undo, forget: (id: string) => forget(new Set([id])),
  }
}
export type Review = ReturnType<typeof useReview>

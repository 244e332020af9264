import { onScopeDispose, ref, shallowRef } from 'vue'
import type { OutboxItem } from '@/outbox/database'
import { db, durably, setSetting, setting } from '@/outbox/database'
import { uuid7 } from '@/outbox/ids'
import type { StepPage } from './steps'

type Kept = { id: string; fields: Record<string, string> }
const keyOf = (personId: string, taskId: string, page: string) => `step:${personId}:${taskId}:${page}`

/** A step being written: its id and words outlive a killed browser, as its photos hang on the id. */
export function useStepDraft(personId: string, taskId: string, page: string, first: Record<string, string>) {
  const key = keyOf(personId, taskId, page)
  const id = shallowRef<string | null>(null)
  const fields = ref<Record<string, string>>({ ...first })
  let timer: ReturnType<typeof setTimeout> | null = null

  async function load(): Promise<void> {
    const kept = await setting<Kept>(key)
    id.value = kept?.id ?? uuid7()
    if (kept) fields.value = kept.fields
    else await save()
  }

  const save = () => setSetting(key, { id: id.value, fields: { ...fields.value } })

  function write(field: string, text: string): void {
    fields.value = { ...fields.value, [field]: text }
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => void save(), 250)
  }

  async function finish(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    await durably(() => db.settings.delete(key))
  }

  void load()
  onScopeDispose(() => {
    if (timer) void save()
  })
  return { id, fields, write, finish }
}

/** Take a step that the server could not read back to its page, under the same id and with its photos. */
export async function reopenStep(item: OutboxItem, page: StepPage): Promise<void> {
  const words = Object.entries(item.body).filter(
    ([name, value]) => typeof value === 'string' && !['id', 'at', 'action'].includes(name),
  )
  await setSetting(keyOf(item.personId, item.taskId!, page), { id: item.id, fields: Object.fromEntries(words) })
  await durably(() => db.outbox.delete(item.id))
}

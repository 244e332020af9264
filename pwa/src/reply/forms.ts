import type { Form } from './kept'

type Field = { name: string; kind: 'text' | 'date'; required: boolean }
type Ask = { fields: Field[]; photos: boolean; phone: boolean }

const text = (name: string, required = true): Field => ({ name, kind: 'text', required })

/** What each form asks for. */
export const ASKS: Record<Form, Ask> = {
  acknowledge: { fields: [], photos: false, phone: false },
  progress: { fields: [text('text')], photos: true, phone: false },
  ask_extension: { fields: [{ name: 'until', kind: 'date', required: true }, text('reason')], photos: false, phone: false },
  reply: { fields: [text('measure'), text('text')], photos: true, phone: true },
  'letter-reply': { fields: [text('text')], photos: false, phone: true },
  'letter-time': { fields: [text('reason')], photos: false, phone: false },
}

/** The first thing that still lacks, as a key of the texts; null where the form may go. */
export function lack(
  form: Form,
  fields: Record<string, string>,
  teller: { name: string; post: string; phone: string },
): string | null {
  const empty = ASKS[form].fields.find((field) => field.required && !fields[field.name]?.trim())
  if (empty) return `reply.lack.${empty.name}`
  if (!teller.name.trim() || !teller.post.trim()) return 'reply.lack.teller'
  return ASKS[form].phone && !teller.phone.trim() ? 'reply.lack.phone' : null
}

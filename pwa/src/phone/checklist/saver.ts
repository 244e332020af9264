import { shallowReactive } from 'vue'
import { changeAnswer, changeDraft } from '@/outbox/drafts'
import type { Draft, DraftAnswer } from '@/outbox/database'

const TYPING_MS = 250

export type SaveState = { savedAt: string | null; saving: boolean; failed: string | null }
type Fields = Parameters<typeof changeDraft>[1]

/** Writes answers one after another; typing is gathered for a moment, everything else is written at once. */
export class Saver {
  readonly state: SaveState = shallowReactive({ savedAt: null, saving: false, failed: null })
  private readonly pending = new Map<string, DraftAnswer>()
  private fields: Fields = {}
  private timer: ReturnType<typeof setTimeout> | null = null
  private tail: Promise<void> = Promise.resolve()

  constructor(private readonly draftId: string) {}

  answer(code: string, answer: DraftAnswer, typing: boolean): void {
    this.pending.set(code, answer)
    this.schedule(typing)
  }

  change(fields: Partial<Draft> & Fields, typing: boolean): void {
    this.fields = { ...this.fields, ...fields }
    this.schedule(typing)
  }

  /** Something of this answer is not written yet: what comes from the database is older. */
  isPending(code: string): boolean {
    return this.pending.has(code)
  }

  /** Write what is gathered now. Resolves when it is safe. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.tail = this.tail.then(() => this.write())
    return this.tail
  }

  private schedule(typing: boolean): void {
    this.state.saving = true
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    if (typing) this.timer = setTimeout(() => void this.flush(), TYPING_MS)
    else void this.flush()
  }

  private async write(): Promise<void> {
    const answers = [...this.pending]
    const fields = this.fields
    this.fields = {}
    try {
      for (const [code, answer] of answers) {
        this.state.savedAt = await changeAnswer(this.draftId, code, answer)
        if (this.pending.get(code) === answer) this.pending.delete(code)
      }
      if (Object.keys(fields).length) this.state.savedAt = await changeDraft(this.draftId, fields)
      this.state.failed = null
    } catch (error) {
      this.fields = { ...fields, ...this.fields }
      this.state.failed = error instanceof Error ? error.name : String(error)
    }
    this.state.saving = this.pending.size > 0
  }
}

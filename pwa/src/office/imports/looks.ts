import type { Look } from '../parts/tags'
import type { FieldName, ReturnRow, RowFault, RowState } from './wire'

/** How each state of a row looks. */
export const rowLook: Record<RowState, Look> = {
  error: { tone: 'late', icon: 'late' },
  doubtful: { tone: 'look', icon: 'help' },
  new: { tone: 'accent', icon: 'plus' },
  existing: { tone: 'plain', icon: 'link' },
  left_out: { tone: 'quiet', icon: 'dash' },
}

export const returnLook: Record<ReturnRow['status'], Look> = {
  late: { tone: 'late', icon: 'late' },
  open: { tone: 'accent', icon: 'circle' },
  replied: { tone: 'look', icon: 'reply' },
  not_taken: { tone: 'quiet', icon: 'dash' },
  closed: { tone: 'done', icon: 'check' },
  void: { tone: 'quiet', icon: 'void' },
}

/** The states in the order of the preview: what needs a person first. */
export const STATES: readonly RowState[] = ['error', 'doubtful', 'new', 'existing', 'left_out']

/** What a column may hold, in the order of the ledger. */
export const FIELDS: readonly FieldName[] = [
  'serial', 'number', 'origin', 'found_at', 'site', 'problem', 'item', 'severity', 'unit', 'institution', 'leaders',
  'responsible', 'requirement', 'measure', 'due_on', 'assignment', 'reply_due_on', 'replied_on', 'supervision', 'done',
  'checker', 'checked_at', 'check_result', 'return_count', 'is_closed', 'closed_by', 'closed_at', 'days_late', 'before',
  'after', 'remarks', 'lamp',
]

/** The fields that a row's task is made of: these are always there to be filled in, the rest where the file has them. */
export const ESSENTIAL: readonly FieldName[] = ['problem', 'unit', 'due_on', 'found_at', 'site']

const WEIGHT: Record<RowFault['level'], number> = { error: 0, doubt: 1, left_out: 2, note: 3 }

/** What is to be said about a row, the gravest first. */
export function byWeight(faults: RowFault[]): RowFault[] {
  return [...faults].sort((a, b) => WEIGHT[a.level] - WEIGHT[b.level])
}

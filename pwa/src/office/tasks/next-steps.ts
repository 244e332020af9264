import type { ActionName, Task } from '../wire'

// The desk's own steps, in the order in which they are needed. A unit's reply is written on its phone; what came on
// paper is entered here.
const ORDER: ActionName[] = ['confirm', 'strike_off', 'return', 'extend', 'refuse_extension', 'correct', 'progress', 'reply', 'void']

export type Steps = { main: ActionName | null; all: ActionName[]; quiet: ActionName[] }
type Standing = Pick<Task, 'status' | 'actions' | 'extensionUntil' | 'returnProposed' | 'awaitsActivity'>

/** What comes next on a task, if it is the desk's to do; striking off comes after a reply and not before it. */
function nextOf(task: Standing): ActionName | null {
  if (task.actions.includes('confirm')) return 'confirm'
  if (task.status === 'open') return task.extensionUntil ? 'extend' : null
  if (task.status !== 'replied' || task.awaitsActivity) return null
  return task.returnProposed ? 'return' : 'strike_off'
}

/** The steps that this person may take now: the main one first, the quiet ones last. */
export function stepsOf(task: Standing): Steps {
  const may = ORDER.filter((action) => task.actions.includes(action))
  const next = nextOf(task)
  const main = next !== null && may.includes(next) ? next : null
  const quiet = may.filter((action) => action !== main && isQuiet(action, task))
  const others = may.filter((action) => action !== main && !quiet.includes(action))
  return { main, all: [...(main ? [main] : []), ...others, ...quiet], quiet }
}

/** Nobody has replied, or the next activity has yet to show it: a strike-off stays within reach and does not invite. */
function isQuiet(action: ActionName, task: Standing): boolean {
  return action === 'void' || action === 'reply' || (action === 'strike_off' && (task.status === 'open' || task.awaitsActivity))
}

/** The words for where a task stands; a replied one may wait for its re-check or for the next activity. */
export function statusKey(task: Pick<Task, 'status' | 'recheck' | 'awaitsActivity'>): string {
  if (task.awaitsActivity) return 'task.awaitsActivity'
  return task.status === 'replied' && task.recheck ? 'task.recheck' : `task.${task.status}`
}

import type { Task } from '@/api/types'
import type { OutboxItem } from '@/outbox/database'

export type TaskFilter = 'recheck' | 'todo' | 'replied' | 'closed' | 'late'

const FILTERS: Record<TaskFilter, (task: Task) => boolean> = {
  recheck: (task) => task.status === 'replied',
  todo: (task) => task.status === 'open' || task.status === 'draft',
  replied: (task) => task.status === 'replied',
  closed: (task) => task.status === 'closed',
  late: (task) => task.overdue,
}

export const filterTasks = (tasks: Task[], filter: TaskFilter): Task[] => tasks.filter(FILTERS[filter])

/** Fewest working days left first; what has no days left to count comes last. */
export function byDaysLeft(tasks: Task[]): Task[] {
  const days = (task: Task) => task.daysLeft ?? Number.POSITIVE_INFINITY
  return [...tasks].sort((a, b) => days(a) - days(b) || a.dueOn.localeCompare(b.dueOn))
}

/** The step on this task that was taken here and waits to be sent. */
export function pendingStep(items: OutboxItem[], taskId: string): OutboxItem | undefined {
  return items.find((item) => item.taskId === taskId && (item.state === 'waiting' || item.state === 'sending'))
}

export type UnitStanding = {
  unitId: string
  unitName: string
  open: number
  late: number
  replied: number
  closed: number
}

/** Units by what is late, then by what is open. */
export function unitStandings(tasks: Task[]): UnitStanding[] {
  const units = new Map<string, UnitStanding>()
  for (const task of tasks) {
    const unit = units.get(task.unitId) ?? {
      unitId: task.unitId,
      unitName: task.unitName,
      open: 0,
      late: 0,
      replied: 0,
      closed: 0,
    }
    if (task.status === 'open') unit.open++
    if (task.status === 'replied') unit.replied++
    if (task.status === 'closed') unit.closed++
    if (task.overdue) unit.late++
    units.set(task.unitId, unit)
  }
  return [...units.values()].sort((a, b) => b.late - a.late || b.open - a.open)
}

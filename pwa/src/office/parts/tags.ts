import type { FindingStatus, Link, PhotoState, Rung, Severity, TaskStatus } from '../wire'
import type { IconName } from './icons'

/** How a state looks: a tone, and a shape, so that colour never speaks alone. */
export type Look = { tone: 'plain' | 'quiet' | 'look' | 'late' | 'done' | 'accent'; icon: IconName }

export const taskLook: Record<TaskStatus, Look> = {
  draft: { tone: 'look', icon: 'dash' },
  open: { tone: 'accent', icon: 'circle' },
  replied: { tone: 'look', icon: 'reply' },
  closed: { tone: 'done', icon: 'check' },
  void: { tone: 'quiet', icon: 'void' },
}
export const findingLook: Record<FindingStatus, Look> = {
  draft: { tone: 'look', icon: 'dash' },
  confirmed: { tone: 'accent', icon: 'check' },
  void: { tone: 'quiet', icon: 'void' },
}
export const severityLook: Record<Severity, Look> = {
  minor: { tone: 'quiet', icon: 'circle' },
  major: { tone: 'look', icon: 'late' },
  severe: { tone: 'late', icon: 'late' },
}
export const linkLook: Record<Link, Look> = {
  new: { tone: 'plain', icon: 'plus' },
  existing: { tone: 'accent', icon: 'link' },
  relapse: { tone: 'look', icon: 'again' },
}
export const photoLook: Record<PhotoState, Look> = {
  received: { tone: 'done', icon: 'check' },
  missing: { tone: 'look', icon: 'clock' },
  refused: { tone: 'late', icon: 'void' },
  waived: { tone: 'quiet', icon: 'noPhoto' },
}
export const rungLook: Record<Rung, Look> = {
  none: { tone: 'quiet', icon: 'dash' },
  assignment: { tone: 'look', icon: 'flag' },
  supervision: { tone: 'look', icon: 'flag' },
  report: { tone: 'late', icon: 'flag' },
}

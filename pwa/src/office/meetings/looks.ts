import { clockText, shanghaiDate } from '@/ui/time'
import type { Look } from '../parts/tags'
import type { MeetingState } from './wire'

export const meetingLook: Record<MeetingState, Look> = {
  planned: { tone: 'look', icon: 'dash' },
  notified: { tone: 'accent', icon: 'out' },
  held: { tone: 'look', icon: 'edit' },
  minuted: { tone: 'done', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'void' },
}

/** "2026-11-27 15:00" in Shanghai. */
export const startText = (at: string) => `${shanghaiDate(at)} ${clockText(at)}`

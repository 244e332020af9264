import { expect, it } from 'vitest'
import type { TaskDetail } from '@/api/types'
import { t } from '@/i18n'
import { historyOf } from './history'

type Part = Pick<TaskDetail, 'findings' | 'timeline'>
const seen = (id: string, at: string, status = 'confirmed') => ({
  id, finder: `who-${id}`, seenAt: at, receivedAt: at, note: '', problem: `problem-${id}`, photos: [], status,
})
const step = (action: string, at: string) => ({
  id: action, actor: 'office', action, text: '', detail: {}, photos: [], accepted: true, refusal: null, receivedAt: at,
})
const history = (part: unknown) => historyOf(part as Part).map((entry) => [entry.action, entry.actor])

it('begins with who found it and puts later sightings where they were received', () => {
  const findings = [seen('b', '2026-11-05T09:00:00+08:00'), seen('a', '2026-11-02T09:00:00+08:00')]
  const timeline = [step('confirm', '2026-11-03T09:00:00+08:00'), step('reply', '2026-11-06T09:00:00+08:00')]
  expect(history({ findings, timeline })).toEqual([
    ['found', 'who-a'],
    ['confirm', 'office'],
    ['sighting', 'who-b'],
    ['reply', 'office'],
  ])
})

it('leaves out sightings that were void, and works without any', () => {
  expect(history({ findings: [seen('a', '2026-11-02T09:00:00+08:00', 'void')], timeline: [] })).toEqual([])
})

it('names the system where the calendar confirmed and no person did', () => {
  const timeline = [{ ...step('confirm', '2026-11-03T16:00:00+08:00'), actor: '' }]
  expect(history({ findings: [], timeline })).toEqual([['confirm', t('task.bySystem')]])
})

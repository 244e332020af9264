import { describe, expect, it } from 'vitest'
import { askFor, stepReady } from './steps'

describe('what a reply asks for', () => {
  it('is a photo of what was put right', () => {
    expect(stepReady('reply', { text: '已更换' }, 0)).toBe(false)
    expect(stepReady('reply', { text: '已更换' }, 1)).toBe(true)
  })

  it('is the measure, and no photo, where only the next activity can show it', () => {
    expect(askFor('reply', 'next_activity').photos).toBe(0)
    expect(stepReady('reply', { text: '下次改进' }, 2, 'next_activity')).toBe(false)
    expect(stepReady('reply', { text: '下次改进', measure: '提前一周通知' }, 0, 'next_activity')).toBe(true)
  })

  it('is the same for every other step', () => {
    expect(askFor('progress', 'next_activity')).toEqual(askFor('progress'))
  })
})

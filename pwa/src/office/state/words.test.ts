import { beforeAll, describe, expect, it } from 'vitest'
import { addCatalogue } from '@/i18n'
import zh from '@/i18n/office.zh-CN.json'
import { ageText, answerText, daysLeftText, distanceText, gapText, instantText, metresText } from './words'

beforeAll(() => addCatalogue(zh, async () => ({})))

describe('numbers as a person says them', () => {
  it('give an age in the coarsest unit that says something', () => {
    const now = Date.parse('2026-11-24T10:00:00+08:00')
    const ago = (minutes: number) => ageText(new Date(now - minutes * 60_000).toISOString(), now)
    expect([0, 5, 59, 60, 60 * 23, 60 * 24].map(ago)).toEqual(['刚刚', '5 分钟前', '59 分钟前', '1 小时前', '23 小时前', '1 天前'])
  })

  it('give a distance with what the circle says about it', () => {
    expect(distanceText(null, 300)).toContain('没有可用的定位')
    expect(distanceText(300, 300)).toBe('距点位 300 米，在 300 米范围内')
    expect(distanceText(1310, 300)).toBe('距点位 1.3 公里，超出范围 1.0 公里')
    expect(distanceText(85, null)).toBe('距点位 85 米')
    expect(metresText(23_400)).toBe('23 公里')
  })

  it('give the gap between two clocks with its direction', () => {
    expect(gapText('2026-11-24T10:00:00Z', '2026-11-24T10:00:04Z')).toBe('晚 4 秒')
    expect(gapText('2026-11-24T10:05:00Z', '2026-11-24T10:00:00Z')).toBe('早 5 分钟')
    expect(gapText('2026-11-22T10:00:00Z', '2026-11-24T10:00:00Z')).toBe('晚 2 天')
  })

  it('give instants in Shanghai, deadlines in working days, and answers as on paper', () => {
    expect(instantText('2026-11-24T16:30:05Z')).toBe('2026-11-25 00:30:05')
    expect([daysLeftText(2, false), daysLeftText(0, false), daysLeftText(-3, true), daysLeftText(null, false)]).toEqual(['剩 2 个工作日', '今天到期', '逾期 3 个工作日', ''])
    expect([true, false, 'na', null, 3].map(answerText)).toEqual(['是', '否', '不适用', '未填', '3'])
  })
})

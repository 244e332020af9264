import { describe, expect, it } from 'vitest'
import { circularWords, draftOf, emptyNotice, isWorded, noticeWords } from './words'

const words = {
  version: 4, subject: '', opening: '现将情况通报如下：', sections: [], exemplary: ['区科协'], lagging: [],
  demands: [{ heading: '压实责任', text: '逐项整改。' }],
  units: [
    { unit: '区卫计局', found: 2, closed: 1, overdue: 1, examples: ['标识缺失', '扶手松动'] },
    { unit: '区档案局', found: 0, closed: 0, overdue: 0, examples: [] },
  ],
}

describe('the words of a circular', () => {
  it('come back as they were, without the units of which nothing was found', () => {
    const body = circularWords(draftOf(words), 4)
    expect(body).toEqual({
      version: 4, opening: words.opening, demands: words.demands, exemplary: ['区科协'], lagging: [],
      examples: [{ unit: '区卫计局', examples: ['标识缺失', '扶手松动'] }],
    })
  })
  it('carry no figure', () => expect(JSON.stringify(circularWords(draftOf(words), 4))).not.toContain('found'))
  it('need a demand', () => {
    const draft = draftOf(words)
    expect(isWorded('circular', draft)).toBe(true)
    draft.demands[0]!.text = ' '
    expect(isWorded('circular', draft)).toBe(false)
  })
})

describe('a notice', () => {
  it('leaves out sections without a heading and reads lines as items', () => {
    const draft = { ...emptyNotice(), subject: '自查', opening: '现通知如下：' }
    expect(isWorded('notice', draft)).toBe(true)
    expect(noticeWords(draft, 1).sections).toEqual([])
    draft.sections[0] = { heading: '任务', paragraphs: '', items: '一\n\n二' }
    expect(noticeWords(draft, 1).sections).toEqual([{ heading: '任务', paragraphs: [], items: ['一', '二'] }])
  })
})

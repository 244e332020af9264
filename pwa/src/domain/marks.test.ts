import { describe, expect, it } from 'vitest'
import { beginMark, extendMark, isDrawn, pathOf, type Mark } from './marks'

const SIZE = { width: 400, height: 300 }

describe('a stroke over a picture', () => {
  it('follows the finger: two corners of an arrow and of a circle, the whole way of a pen', () => {
    const draw = (shape: Mark['shape']) =>
      [[0.2, 0.2], [0.3, 0.5]].reduce((mark, [x, y]) => extendMark(mark, x!, y!), beginMark(shape, 0.1, 0.1))
    expect(draw('arrow').points).toEqual([0.1, 0.1, 0.3, 0.5])
    expect(draw('circle').points).toEqual([0.1, 0.1, 0.3, 0.5])
    expect(draw('pen').points).toEqual([0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5])
  })

  it('stays on the picture, wherever the finger goes', () => {
    expect(extendMark(beginMark('arrow', -3, 0.5), 1.7, 2).points).toEqual([0, 0.5, 1, 1])
  })

  it('never grows beyond what the server takes, and keeps both ends', () => {
    let mark = beginMark('pen', 0, 0)
    for (let step = 1; step <= 5000; step++) mark = extendMark(mark, (step % 100) / 100, step / 5000)
    expect(mark.points.length).toBeLessThanOrEqual(400)
    expect(mark.points.length % 2).toBe(0)
    expect(mark.points.slice(0, 2)).toEqual([0, 0])
    expect(mark.points.slice(-2)).toEqual([0, 1])
  })

  it('is none where the finger only tapped', () => {
    expect(isDrawn(beginMark('circle', 0.4, 0.4))).toBe(false)
    expect(isDrawn(extendMark(beginMark('circle', 0.4, 0.4), 0.405, 0.402))).toBe(false)
    expect(isDrawn(extendMark(beginMark('circle', 0.4, 0.4), 0.4, 0.6))).toBe(true)
  })
})

describe('a stroke as a path', () => {
  it('is the same circle whichever corner came first', () => {
    const one = pathOf({ shape: 'circle', points: [0.25, 0.2, 0.75, 0.6] }, SIZE)
    expect(one).toBe('M100 120A100 60 0 1 1 300 120A100 60 0 1 1 100 120Z')
    expect(pathOf({ shape: 'circle', points: [0.75, 0.6, 0.25, 0.2] }, SIZE)).toBe(one)
  })

  it('ends an arrow with a head at its second point', () => {
    const path = pathOf({ shape: 'arrow', points: [0, 0.5, 1, 0.5] }, SIZE)
    expect(path.startsWith('M0 150L400 150M')).toBe(true)
    expect(path.match(/L400 150/g)).toHaveLength(2)
  })

  it('goes through all points of a pen', () =>
    expect(pathOf({ shape: 'pen', points: [0, 0, 0.5, 0.5, 1, 0] }, SIZE)).toBe('M0 0L200 150L400 0'))
})

import { describe, expect, it } from 'vitest'
import { formOf, mastheadSize } from './paper'

describe('the head of a document', () => {
  it.each(['石峰区文件', '石峰区创文社会事业发展专业组工作办公室', '株洲市石峰区创建文明城市社会事业发展专业组工作办公室文件'])(
    'fits %s into the type area',
    (name) => {
      const { mm, scale } = mastheadSize(name)
      expect([...name].length * mm * scale).toBeLessThanOrEqual(156.001)
      expect(scale).toBeGreaterThanOrEqual(0.66)
      expect(scale).toBeLessThanOrEqual(1)
    },
  )

  it('is largest where the name is short', () => {
    expect(mastheadSize('通知')).toEqual({ mm: 46 * (25.4 / 72), scale: 1 })
  })

  it('follows the kind: letters, files, and the sheet for a decision', () => {
    expect([formOf('assignment'), formOf('supervision'), formOf('situation_report'), formOf('minutes'), formOf('approval')]).toEqual([
      'letter', 'letter', 'file', 'file', 'sheet',
    ])
  })
})

import { expect, it } from 'vitest'
import { zoomText } from './zoom'

it('tells the zoom in times the widest view, whatever the camera counts in', () => {
  expect(zoomText({ min: 1, max: 8, step: 0.1 }, 1)).toBe('1×')
  expect(zoomText({ min: 1, max: 8, step: 0.1 }, 2.5)).toBe('2.5×')
  expect(zoomText({ min: 100, max: 400, step: 1 }, 200)).toBe('2×')
})

it('tells a share where the camera counts from nought', () => {
  expect(zoomText({ min: 0, max: 240, step: 1 }, 0)).toBe('0%')
  expect(zoomText({ min: 0, max: 240, step: 1 }, 120)).toBe('50%')
})

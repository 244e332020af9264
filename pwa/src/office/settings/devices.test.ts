import { expect, test } from 'vitest'
import { deviceName } from './devices'

test('a browser is named as a person would say it', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36')).toBe('Android · Chrome')
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0')).toBe('Windows · Edge')
  expect(deviceName('督查员的手机')).toBe('督查员的手机')
})

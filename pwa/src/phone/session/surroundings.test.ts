import { expect, it } from 'vitest'
import { surroundings } from './surroundings'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1'
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36'

it.each([
  ['an iOS tab', IPHONE, false, 5, 'ios-tab'],
  ['the installed app on iOS', IPHONE, true, 5, 'fine'],
  ['an iPad that says it is a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605', false, 5, 'ios-tab'],
  ['a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605', false, 0, 'fine'],
  ['Android Chrome', ANDROID, false, 5, 'fine'],
  ['WeChat', `${ANDROID} MicroMessenger/8.0`, false, 5, 'webview'],
  ['WeCom', `${IPHONE} wxwork/4.1 MicroMessenger/7`, false, 5, 'webview'],
])('%s', (_, agent, standalone, touch, expected) => expect(surroundings(agent, standalone, touch)).toBe(expected))

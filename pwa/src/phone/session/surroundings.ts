export type Surroundings = 'webview' | 'ios-tab' | 'fine'

/**
 * What keeps this browser from being a good place for work: a chat app's webview, or an iOS tab whose storage the
 * installed app will not see.
 */
export function surroundings(userAgent: string, standalone: boolean, touchPoints: number): Surroundings {
  if (/MicroMessenger|wxwork|DingTalk|Lark|Feishu/i.test(userAgent)) return 'webview'
  const ios = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)
  return ios && !standalone ? 'ios-tab' : 'fine'
}

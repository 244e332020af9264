import { createApp } from 'vue'
import { addCatalogue, restoreLocale } from '@/i18n'
import phoneTexts from '@/i18n/phone.zh-CN.json'
import scienceTexts from '@/i18n/science.zh-CN.json'
import sharedTexts from '@/i18n/shared.zh-CN.json'
import { setting } from '@/outbox/database'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './vant.css'
import './phone.css'
import App from './App.vue'
import { loadPack } from './pack'
import { keepFresh } from './fresh'
import { keepCount } from './inbox/inbox'
import { restoreTheme } from './mine/theme'
import { router } from './router'
import { restoreSession } from './session/session'
import { registerWorker } from './shell/worker'

addCatalogue(sharedTexts, () => import('@/i18n/shared.en.json').then((part) => part.default))
addCatalogue(scienceTexts, () => import('@/i18n/science.en.json').then((part) => part.default))
addCatalogue(phoneTexts, () => import('@/i18n/phone.en.json').then((part) => part.default))

async function start(): Promise<void> {
  restoreTheme()
  await Promise.all([restoreLocale(), restoreSession()])
  await loadPack()
  // A browser that was killed in the middle of a checklist comes back to the very question.
  const place = await setting<string | null>('place')
  if (place && ['/', '/month', '/tasks'].includes(location.pathname)) await router.replace(place)
  createApp(App).use(router).mount('#app')
  keepFresh()
  keepCount()
  registerWorker(router)
}

void start()

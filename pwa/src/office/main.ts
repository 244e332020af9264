import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './office.css'
import { addCatalogue, restoreLocale } from '@/i18n'
import lettersZh from '@/i18n/letters.zh-CN.json'
import officeZh from '@/i18n/office.zh-CN.json'
import sharedZh from '@/i18n/shared.zh-CN.json'
import App from './App.vue'
import { router } from './router'
import { restoreTheme } from './state/theme'

addCatalogue(sharedZh, async () => (await import('@/i18n/shared.en.json')).default)
addCatalogue(lettersZh, async () => (await import('@/i18n/letters.en.json')).default)
addCatalogue(officeZh, async () => (await import('@/i18n/office.en.json')).default)
restoreTheme()
void restoreLocale().then(() => createApp(App).use(router).mount('#app'))

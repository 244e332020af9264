import { createApp } from 'vue'
import { addCatalogue, restoreLocale } from '@/i18n'
import texts from '@/i18n/reply.zh-CN.json'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './reply.css'
import App from './App.vue'

addCatalogue(texts, () => import('@/i18n/reply.en.json').then((part) => part.default))

// Another code scanned into this tab is another letter.
addEventListener('hashchange', () => location.reload())
void restoreLocale().then(() => createApp(App).mount('#app'))

import { createApp, h } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'

createApp({ render: () => h('p', '巡改') }).mount('#app')

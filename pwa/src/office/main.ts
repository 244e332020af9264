import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './office.css'
import { addCatalogue, restoreLocale } from '@/i18n'
import boardZh from '@/i18n/board.zh-CN.json'
import declarationZh from '@/i18n/declaration.zh-CN.json'
import evaluationZh from '@/i18n/evaluation.zh-CN.json'
import checklistsZh from '@/i18n/checklists.zh-CN.json'
import importsZh from '@/i18n/imports.zh-CN.json'
import circularsZh from '@/i18n/circulars.zh-CN.json'
import lettersZh from '@/i18n/letters.zh-CN.json'
import mapZh from '@/i18n/map.zh-CN.json'
import matrixZh from '@/i18n/matrix.zh-CN.json'
import meetingsZh from '@/i18n/meetings.zh-CN.json'
import messagesZh from '@/i18n/messages.zh-CN.json'
import negativeZh from '@/i18n/negative.zh-CN.json'
import planningZh from '@/i18n/planning.zh-CN.json'
import reviewZh from '@/i18n/review.zh-CN.json'
import scienceZh from '@/i18n/science.zh-CN.json'
import statisticsZh from '@/i18n/statistics.zh-CN.json'
import officeZh from '@/i18n/office.zh-CN.json'
import adminZh from '@/i18n/admin.zh-CN.json'
import rulesZh from '@/i18n/rules.zh-CN.json'
import sharedZh from '@/i18n/shared.zh-CN.json'
import tasksZh from '@/i18n/tasks.zh-CN.json'
import workplansZh from '@/i18n/workplans.zh-CN.json'
import App from './App.vue'
import { router } from './router'
import { restoreTheme } from './state/theme'

addCatalogue(sharedZh, async () => (await import('@/i18n/shared.en.json')).default)
addCatalogue(boardZh, async () => (await import('@/i18n/board.en.json')).default)
addCatalogue(declarationZh, async () => (await import('@/i18n/declaration.en.json')).default)
addCatalogue(evaluationZh, async () => (await import('@/i18n/evaluation.en.json')).default)
addCatalogue(checklistsZh, async () => (await import('@/i18n/checklists.en.json')).default)
addCatalogue(importsZh, async () => (await import('@/i18n/imports.en.json')).default)
addCatalogue(circularsZh, async () => (await import('@/i18n/circulars.en.json')).default)
addCatalogue(lettersZh, async () => (await import('@/i18n/letters.en.json')).default)
addCatalogue(mapZh, async () => (await import('@/i18n/map.en.json')).default)
addCatalogue(matrixZh, async () => (await import('@/i18n/matrix.en.json')).default)
addCatalogue(meetingsZh, async () => (await import('@/i18n/meetings.en.json')).default)
addCatalogue(messagesZh, async () => (await import('@/i18n/messages.en.json')).default)
addCatalogue(negativeZh, async () => (await import('@/i18n/negative.en.json')).default)
addCatalogue(planningZh, async () => (await import('@/i18n/planning.en.json')).default)
addCatalogue(reviewZh, async () => (await import('@/i18n/review.en.json')).default)
addCatalogue(tasksZh, async () => (await import('@/i18n/tasks.en.json')).default)
addCatalogue(adminZh, async () => (await import('@/i18n/admin.en.json')).default)
addCatalogue(rulesZh, async () => (await import('@/i18n/rules.en.json')).default)
addCatalogue(statisticsZh, async () => (await import('@/i18n/statistics.en.json')).default)
addCatalogue(officeZh, async () => (await import('@/i18n/office.en.json')).default)
addCatalogue(scienceZh, async () => (await import('@/i18n/science.en.json')).default)
addCatalogue(workplansZh, async () => (await import('@/i18n/workplans.en.json')).default)
restoreTheme()
void restoreLocale().then(() => createApp(App).use(router).mount('#app'))

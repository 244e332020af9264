import { createRouter, createWebHistory } from 'vue-router'
import { setSetting } from '@/outbox/database'
import { me } from './session/session'
import { inspects } from './shell/tabs'

/** Where this person's day begins. */
export const home = () =>
  me.value?.mustChangePassword ? '/mine' : me.value && !inspects(me.value) ? '/tasks' : '/month'

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (to, from, saved) => (to.path === from.path ? false : (saved ?? { top: 0 })),
  routes: [
    { path: '/', redirect: () => home() },
    { path: '/sign-in', name: 'sign-in', component: () => import('./session/SignInPage.vue'), meta: { open: true } },
    { path: '/month', name: 'month', component: () => import('./month/MonthPage.vue'), meta: { tab: 'month' } },
    { path: '/unplanned', name: 'unplanned', component: () => import('./month/UnplannedPage.vue') },
    { path: '/visits/:visitId', name: 'visit', component: () => import('./visit/VisitPage.vue') },
    { path: '/sites/:siteId/:versionId', name: 'site', component: () => import('./visit/VisitPage.vue') },
    { path: '/fill/:draftId', name: 'fill', component: () => import('./checklist/ChecklistPage.vue') },
    { path: '/fill/:draftId/no-access', name: 'no-access', component: () => import('./review/NoAccessPage.vue') },
    { path: '/fill/:draftId/review', name: 'review', component: () => import('./review/ReviewPage.vue') },
    { path: '/handed-in/:itemId', name: 'handed-in', component: () => import('./review/HandedInPage.vue') },
    { path: '/tasks', name: 'tasks', component: () => import('./tasks/TasksPage.vue'), meta: { tab: 'tasks' } },
    { path: '/tasks/:taskId', name: 'task', component: () => import('./tasks/TaskPage.vue') },
    {
      path: '/tasks/:taskId/:step(reply|verify|return|unseen|acknowledge|progress|extend)',
      name: 'step',
      component: () => import('./tasks/StepPage.vue'),
    },
    { path: '/rechecks/:recheckId', name: 'recheck', component: () => import('./rechecks/RecheckPage.vue') },
    { path: '/tasks/:taskId/recheck', name: 'plan-recheck', component: () => import('./rechecks/PlanPage.vue') },
    { path: '/declaration/:roundId', name: 'declaration', component: () => import('./declaration/DeclarationPage.vue') },
    { path: '/declaration/:roundId/:materialId', name: 'material', component: () => import('./declaration/MaterialPage.vue') },
    { path: '/letters', name: 'letters', component: () => import('./letters/LettersPage.vue') },
    { path: '/letters/:letterId', name: 'letter', component: () => import('./letters/LetterPage.vue') },
    {
      path: '/letters/:letterId/:move(reply|time|decide)',
      name: 'letter-move',
      component: () => import('./letters/LetterMovePage.vue'),
    },
    { path: '/summaries', name: 'summaries', component: () => import('./summaries/SummariesPage.vue') },
    { path: '/summaries/:kind(week|month)/:period', name: 'summary', component: () => import('./summaries/SummaryPage.vue') },
    { path: '/duties', name: 'duties', component: () => import('./summaries/DutiesPage.vue') },
    { path: '/plan', name: 'plan', component: () => import('./summaries/PlanPage.vue') },
    { path: '/plan/edit', name: 'plan-edit', component: () => import('./summaries/PlanEditPage.vue') },
    { path: '/science', name: 'science', component: () => import('./science/SciencePage.vue') },
    { path: '/science/:siteId', name: 'science-room', component: () => import('./science/RoomPage.vue') },
    { path: '/month-work', name: 'month-work', component: () => import('./summaries/MonthWorkPage.vue') },
    { path: '/recommend', name: 'recommend', component: () => import('./summaries/RecommendPage.vue') },
    { path: '/outbox', name: 'outbox', component: () => import('./outbox/OutboxPage.vue'), meta: { tab: 'outbox' } },
    { path: '/mine', name: 'mine', component: () => import('./mine/MinePage.vue'), meta: { tab: 'mine' } },
    { path: '/inbox', name: 'inbox', component: () => import('./inbox/InboxPage.vue') },
    { path: '/:rest(.*)*', redirect: () => home() },
  ],
})

router.beforeEach((to) => {
  if (!me.value && !to.meta['open']) return { name: 'sign-in' }
  if (me.value && to.name === 'sign-in') return home()
  return true
})

const WORK = new Set(['fill', 'review', 'no-access', 'step', 'recheck', 'plan-recheck', 'letter-move', 'summary', 'plan-edit', 'material'])

// Where work is under way is remembered, so that a browser that was killed comes back to it.
router.afterEach((to) => void setSetting('place', WORK.has(String(to.name)) ? to.path : null))

import { createRouter, createWebHistory } from 'vue-router'

/** The office's addresses. A list keeps its filters in the query and its open row in the path. */
export const router = createRouter({
  history: createWebHistory('/office/'),
  routes: [
    { path: '/', name: 'overview', component: () => import('./overview/OverviewPage.vue') },
    { path: '/review/:id?', name: 'review', component: () => import('./review/ReviewPage.vue') },
    { path: '/tasks/:id?', name: 'tasks', component: () => import('./tasks/TasksPage.vue') },
    { path: '/inspections/:id?', name: 'inspections', component: () => import('./inspections/InspectionsPage.vue') },
    { path: '/statistics', name: 'statistics', component: () => import('./statistics/StatisticsPage.vue') },
    { path: '/map/:id?', name: 'map', component: () => import('./map/MapPage.vue') },
    { path: '/board', name: 'board', component: () => import('./board/BoardPage.vue') },
    { path: '/matrix/:code?', name: 'matrix', component: () => import('./matrix/MatrixPage.vue') },
    { path: '/units/:id', name: 'unit', component: () => import('./units/UnitPage.vue') },
    { path: '/planning', name: 'planning', component: () => import('./planning/PlanningPage.vue') },
    { path: '/science', name: 'science', component: () => import('./science/SciencePage.vue') },
    { path: '/workplans/:part(week|month|highlights|plans|split)?', name: 'workplans', component: () => import('./workplans/WorkplansPage.vue') },
    { path: '/declaration/:id?/:material?', name: 'declaration', component: () => import('./declaration/DeclarationPage.vue') },
    { path: '/checklists/:code?', name: 'checklists', component: () => import('./checklists/ChecklistsPage.vue') },
    { path: '/imports/:id?', name: 'imports', component: () => import('./imports/ImportsPage.vue') },
    { path: '/letters/:id?', name: 'letters', component: () => import('./letters/LettersPage.vue') },
    { path: '/meetings/:id?', name: 'meetings', component: () => import('./meetings/MeetingsPage.vue') },
    { path: '/evaluation/:part(honours|actions|scores|complaints|sites)?', name: 'evaluation', component: () => import('./evaluation/EvaluationPage.vue') },
    { path: '/negative/:id?', name: 'negative', component: () => import('./negative/NegativePage.vue') },
    { path: '/messages/:part(inbox|unread|paper|targets|outgoing)?', name: 'messages', component: () => import('./messages/MessagesPage.vue') },
    { path: '/settings/:part(people|calendar|units|sites|rules)?', name: 'settings', component: () => import('./settings/SettingsPage.vue') },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

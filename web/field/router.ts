import { createRouter, createWebHistory } from 'vue-router'
import TodayPage from './TodayPage.vue'

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'today', component: TodayPage },
    { path: '/case/:districtCode/:id', name: 'case', component: () => import('./CasePage.vue'), props: true },
    { path: '/report', name: 'report', component: () => import('./ReportPage.vue') },
    { path: '/me', name: 'me', component: () => import('./MePage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

import { createRouter, createWebHistory } from 'vue-router'

// Even the first page comes beside the question who is signed in, not before it.
const today = () => import('./TodayPage.vue')
const pages = [() => import('./CasePage.vue'), () => import('./ReportPage.vue'), () => import('./MePage.vue'), () => import('./MapPage.vue')] as const

/** Loads the other pages while there is a network, so that they open where there is none. */
export async function loadPages(): Promise<void> {
  await Promise.allSettled(pages.map((page) => page()))
}

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'today', component: today },
    { path: '/case/:districtCode/:id', name: 'case', component: pages[0], props: true },
    { path: '/report', name: 'report', component: pages[1] },
    { path: '/map', name: 'map', component: pages[3] },
    { path: '/me', name: 'me', component: pages[2] },
    // The token of a link stands behind the hash; it must not stay in the address or the history.
    { path: '/:rest(.*)*', redirect: { path: '/', hash: '' } },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

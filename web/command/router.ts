import { createRouter, createWebHistory } from 'vue-router'
import DeskPage from './DeskPage.vue'

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'desk', component: DeskPage },
    { path: '/case/:districtCode/:id', name: 'case', component: () => import('./CasePage.vue'), props: true },
    { path: '/map', name: 'map', component: () => import('./map/MapPage.vue') },
    { path: '/figures', name: 'figures', component: () => import('./FiguresPage.vue') },
    { path: '/cockpit', name: 'cockpit', component: () => import('./cockpit/CockpitPage.vue') },
    { path: '/briefing', name: 'briefing', component: () => import('./briefing/BriefingPage.vue') },
    { path: '/insight', name: 'insight', component: () => import('./insight/InsightPage.vue') },
    { path: '/tally/:tally', name: 'tally', component: () => import('./TallyPage.vue'), props: true },
    // A wall has no frame around it: nobody stands there to press anything.
    { path: '/wall/all', name: 'wall', component: () => import('./wall/WallPage.vue'), props: { layout: 'all' }, meta: { bare: true } },
    { path: '/wall/:layout', name: 'oneWall', component: () => import('./wall/WallPage.vue'), props: true, meta: { bare: true } },
    { path: '/whistles', name: 'whistles', component: () => import('./WhistlesPage.vue') },
    { path: '/call-backs', name: 'callBacks', component: () => import('./CallBacksPage.vue') },
    { path: '/supervise', name: 'supervise', component: () => import('./SupervisePage.vue') },
    { path: '/report', name: 'report', component: () => import('./ReportPage.vue') },
    { path: '/catalogue', name: 'catalogue', component: () => import('./CataloguePage.vue') },
    { path: '/catalogue/new', name: 'newMatter', component: () => import('./MatterPage.vue') },
    { path: '/catalogue/:matterId', name: 'matter', component: () => import('./MatterPage.vue'), props: true },
    { path: '/requests', name: 'requests', component: () => import('./RequestsPage.vue') },
    { path: '/rules', name: 'rules', component: () => import('./RulesPage.vue') },
    { path: '/duties', name: 'duties', component: () => import('./duties/DutiesPage.vue') },
    { path: '/grids', name: 'grids', component: () => import('./grids/GridsPage.vue') },
    { path: '/base-map', name: 'baseMap', component: () => import('./grids/BaseMapPage.vue') },
    { path: '/people', name: 'people', component: () => import('./people/PeoplePage.vue') },
    { path: '/screens', name: 'screens', component: () => import('./screens/ScreensPage.vue') },
    { path: '/audit', name: 'audit', component: () => import('./audit/AuditPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

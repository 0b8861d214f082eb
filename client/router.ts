/** Pages and their addresses; every page is loaded when it is first opened. */
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { useSession } from './stores/session.ts'
import { afterSignIn } from './features/signin/after.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** key of the page's title in `common.pages` */
    title: string
    /** may be seen without signing in */
    open?: boolean
  }
}

const pages = import.meta.glob('./features/*/*Page.vue')
const page = (path: string) => pages[`./features/${path}.vue`] ?? (() => import('./features/shell/MissingPage.vue'))

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./features/shell/HomePage.vue'), meta: { title: 'overview' } },
  {
    path: '/u/:unit',
    name: 'unit',
    component: () => import('./UnitEntry.vue'),
    props: true,
    meta: { title: 'overview' },
  },
  {
    path: '/sheet/:unit?/:day?',
    name: 'sheet',
    component: page('sheet/SheetPage'),
    props: true,
    meta: { title: 'sheet' },
  },
  { path: '/issues', name: 'issues', component: page('issues/IssuesPage'), meta: { title: 'issues' } },
  { path: '/issues/new', name: 'newIssue', component: page('issues/NewIssuePage'), meta: { title: 'newIssue' } },
  {
    path: '/issues/:n(\\d+)',
    name: 'issue',
    component: page('issues/IssuePage'),
    props: true,
    meta: { title: 'issues' },
  },
  { path: '/people', name: 'people', component: page('people/PeoplePage'), meta: { title: 'people' } },
  { path: '/signin', name: 'signin', component: page('signin/SignInPage'), meta: { title: 'signin', open: true } },
  {
    path: '/join/:token',
    name: 'join',
    component: page('signin/JoinPage'),
    props: true,
    meta: { title: 'join', open: true },
  },
  {
    path: '/:rest(.*)*',
    name: 'missing',
    component: () => import('./features/shell/MissingPage.vue'),
    meta: { title: 'missing', open: true },
  },
]

export function buildRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, _from, saved) => saved ?? (to.hash === '' ? { top: 0 } : { el: to.hash }),
  })
  router.beforeEach((to) => entry(to))
  return router
}

/** Sends strangers to sign in, and signed-in people past it. */
async function entry(to: RouteLocationNormalized) {
  const session = useSession()
  if (session.info === null) await session.load()
  if (session.me === null && !to.meta.open)
    return { name: 'signin', query: to.path === '/' ? {} : { next: to.fullPath } }
  if (session.me !== null && to.name === 'signin') return afterSignIn(to.query.next)
  return true
}

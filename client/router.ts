/** Pages and their addresses; every page but that of what is missing is loaded when it is first opened. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { usePlace } from './stores/place.ts'
import { useSession } from './stores/session.ts'
import { useVersion } from './stores/version.ts'
import MissingPage from './features/shell/MissingPage.vue'
import { afterSignIn } from './features/signin/after.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** key of the page's title in `common.pages`; undefined before the first page */
    title?: string
    /** belongs to the legal questions, which a programme may do without */
    legal?: boolean
    /** is worked on, not watched: it goes on without a network */
    worked?: boolean
    /** may be seen without signing in */
    open?: boolean
  }
}

const routes: (RouteRecordRaw & { meta: { title: string } })[] = [
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
    component: () => import('./features/sheet/SheetPage.vue'),
    props: true,
    meta: { title: 'sheet', worked: true },
  },
  {
    path: '/silence',
    name: 'silence',
    component: () => import('./features/silence/SilencePage.vue'),
    meta: { title: 'silence' },
  },
  {
    path: '/review',
    name: 'review',
    component: () => import('./features/review/ReviewPage.vue'),
    meta: { title: 'review', worked: true },
  },
  {
    path: '/issues',
    name: 'issues',
    component: () => import('./features/issues/IssuesPage.vue'),
    meta: { title: 'issues', legal: true },
  },
  {
    path: '/issues/new',
    name: 'newIssue',
    component: () => import('./features/issues/NewIssuePage.vue'),
    meta: { title: 'newIssue', legal: true },
  },
  {
    path: '/issues/:n(\\d+)',
    name: 'issue',
    component: () => import('./features/issues/IssuePage.vue'),
    props: true,
    meta: { title: 'issues', legal: true },
  },
  {
    path: '/people',
    name: 'people',
    component: () => import('./features/people/PeoplePage.vue'),
    meta: { title: 'people' },
  },
  {
    path: '/machines',
    name: 'machines',
    component: () => import('./features/people/MachinesPage.vue'),
    meta: { title: 'machines' },
  },
  {
    path: '/operation',
    name: 'operation',
    component: () => import('./features/operation/OperationPage.vue'),
    meta: { title: 'operation' },
  },
  {
    path: '/figures',
    name: 'figures',
    component: () => import('./features/figures/FiguresPage.vue'),
    meta: { title: 'figures' },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('./features/shell/AccountPage.vue'),
    meta: { title: 'account' },
  },
  {
    path: '/signin',
    name: 'signin',
    component: () => import('./features/signin/SignInPage.vue'),
    meta: { title: 'signin', open: true },
  },
  {
    path: '/join',
    name: 'join',
    component: () => import('./features/signin/JoinPage.vue'),
    meta: { title: 'join', open: true },
  },
  {
    path: '/reset',
    name: 'reset',
    component: () => import('./features/signin/ResetPage.vue'),
    meta: { title: 'reset', open: true },
  },
  {
    path: '/:rest(.*)*',
    name: 'missing',
    component: MissingPage,
    meta: { title: 'missing', open: true },
  },
]

/** ms after which a page is asked for again where there is nothing else to show */
const AGAIN_MS = 1_000

export function buildRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, _from, saved) => saved ?? (to.hash === '' ? { top: 0 } : { el: to.hash }),
  })
  router.beforeEach((to) => entry(to))
  router.onError((_error, to, from) => {
    void useVersion().miss(to.fullPath)
    // asked for until it comes, where nobody is torn from anything: the server may be restarting
    if (from.matched.length === 0 || from.meta.open === true || useSession().me === null)
      setTimeout(() => void router.replace(to.fullPath).catch(() => undefined), AGAIN_MS)
  })
  router.afterEach((_to, _from, failure) => failure === undefined && useVersion().arrived())
  // another page is told to screen readers, and the keyboard starts in it
  router.afterEach((to, from) => {
    usePlace().come(to)
    if (from.name === undefined || from.name === to.name) return
    void nextTick(() => {
      const main = document.getElementById('main')
      // unless the page has put it somewhere itself
      if (main?.contains(document.activeElement) !== true) main?.focus({ preventScroll: true })
    })
  })
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

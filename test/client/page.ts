/** What surrounds a page in a component test: a programme, who is signed in, an outbox, words, addresses. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { type Component, reactive } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { i18n } from '../../client/i18n/index.ts'
import type { Freshness } from '../../client/stores/freshness.ts'
import { deviceStorage } from '../../client/sync/device.ts'
import type { DraftStorage } from '../../client/sync/drafts.ts'
import { baselineOn } from '../../shared/domain/baseline.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { settingOf } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import { plansOf } from '../../shared/progress/standing.ts'
import { toFault } from '../../client/ui/toFault.ts'
import { fakeOutbox } from './fakeOutbox.ts'
import { forgetScopes } from './fakeScope.ts'

/** In place of the programme's store: everything is there at once. English names. */
export function fakeProgramme(programme: Programme) {
  const setting = settingOf(programme, 'simulated')
  const { units, calendar, rhythm, origin } = setting
  return reactive({
    ...{ setting, programme, units, calendar, rhythm, origin, plans: plansOf(setting), ready: true, none: false },
    baseline: (day: string) => baselineOn(programme, day),
    hasIssues: programme.issues !== null,
    name: (x: { en: string }) => x.en,
    dayName: (day: string) => calendar.nameOf(day)?.en,
    role: (key: keyof Programme['roles']) => programme.roles[key]!.en,
  })
}

/** In place of the session's store. */
export const fakeSession = (me: Actor, programme: string) =>
  reactive({
    info: { programme: { key: programme } },
    me: { ...me, login: me.id },
    owner: { programme, member: me.id },
    other: null,
  })

/** What a test's mocks of the stores and of the outbox give; see `surround`. */
export interface Surroundings {
  outbox: ReturnType<typeof fakeOutbox>['outbox']
  programme: ReturnType<typeof fakeProgramme>
  session: ReturnType<typeof fakeSession>
  connection: Freshness
}

const shown: { unmount(): void }[] = []

/** Nothing is there but this programme, with this person signed in; the outbox that the test answers. */
export function surround(here: object, me: Actor, programme: Programme, storage: DraftStorage) {
  forgetScopes()
  // a page that is still there goes on keeping what was typed in it, and acts in its own stores as it goes
  for (const page of shown.splice(0)) page.unmount()
  setActivePinia(createPinia())
  document.body.innerHTML = ''
  localStorage.clear()
  for (const key of deviceStorage.keys('')) deviceStorage.remove(key)
  sessionStorage.clear()
  const server = fakeOutbox(storage)
  Object.assign(here, {
    outbox: server.outbox,
    programme: fakeProgramme(programme),
    session: fakeSession(me, programme.key),
    connection: 'live',
  } satisfies Surroundings)
  return server
}

/** Shows a page in English at an address. Charts are not drawn. */
export async function openPage(page: Component, path: string, props: Record<string, unknown> = {}) {
  i18n.global.locale.value = 'en'
  // as the application does; more than once is once
  document.addEventListener('submit', toFault)
  const router: Router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { template: '<div />' } }],
  })
  await router.push(path)
  const wrapper = mount(page, {
    props,
    global: { plugins: [i18n, router], stubs: { Chart: true } },
    attachTo: document.body,
  })
  shown.push(wrapper)
  await flushPromises()
  return { wrapper, router }
}

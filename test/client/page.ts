/** What surrounds a page in a component test: a programme, who is signed in, words, addresses. */
import { flushPromises, mount } from '@vue/test-utils'
import { type Component, reactive } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { i18n } from '../../client/i18n/index.ts'
import { baselineOn } from '../../shared/domain/baseline.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { settingOf } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import { plansOf } from '../../shared/progress/standing.ts'

/** In place of the programme's store: everything is there at once. English names. */
export function fakeProgramme(programme: Programme) {
  const setting = settingOf(programme, 'simulated')
  const { units, calendar, rhythm, origin } = setting
  return reactive({
    ...{ setting, programme, units, calendar, rhythm, origin, plans: plansOf(setting), ready: true, none: false },
    baseline: (day: string) => baselineOn(programme, day),
    name: (x: { en: string }) => x.en,
    role: (key: keyof Programme['roles']) => programme.roles[key].en,
  })
}

/** In place of the session's store. */
export const fakeSession = (me: Actor, programme: string) =>
  reactive({ info: { programme: { key: programme } }, me: { ...me, login: me.id } })

/** Shows a page in English at an address. Charts are not drawn. */
export async function openPage(page: Component, path: string, props: Record<string, unknown> = {}) {
  i18n.global.locale.value = 'en'
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
  await flushPromises()
  return { wrapper, router }
}

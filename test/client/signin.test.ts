// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { i18n } from '../../client/i18n/index.ts'

const session = vi.hoisted(() => ({ me: null, signIn: vi.fn(), join: vi.fn() }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => session }))
vi.mock('../../client/stores/programme.ts', () => ({
  useProgramme: () => ({ ready: false, origin: 'real', name: (x: { en: string }) => x.en, role: () => 'office' }),
}))
vi.mock('../../client/sync/api.ts', () => ({
  callApi: () => Promise.resolve({ ok: true, value: { name: null, role: 'office', unitName: { en: 'C' } } }),
}))
vi.mock('vue-router', async (load) => ({ ...(await load<object>()), useRouter: () => ({ replace: vi.fn() }) }))
const { default: SignInForm } = await import('../../client/features/signin/SignInForm.vue')
const { default: JoinPage } = await import('../../client/features/signin/JoinPage.vue')

beforeEach(() => void (i18n.global.locale.value = 'en'))
const global = { plugins: [i18n], stubs: { Front: { template: '<div><slot /></div>' }, RouterLink: true } }

test('L7 signing in says what is empty in its own words, and asks nobody', async () => {
  const form = mount(SignInForm, { props: { beside: false }, global })
  await form.find('form').trigger('submit')
  expect(form.find('form').attributes('novalidate')).toBeDefined()
  expect(form.findAll('[role=alert]').map((e) => e.text())).toEqual(Array(2).fill('This is empty; please fill it in'))
  expect(session.signIn).not.toHaveBeenCalled()
})

test('L7 so does joining, at each of its fields', async () => {
  const page = mount(JoinPage, { props: { token: 't' }, global })
  await vi.waitFor(() => expect(page.find('form').exists()).toBe(true))
  await page.find('form').trigger('submit')
  expect(page.findAll('.field [role=alert]')).toHaveLength(4)
  expect(session.join).not.toHaveBeenCalled()
})

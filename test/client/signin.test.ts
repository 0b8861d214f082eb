// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { i18n } from '../../client/i18n/index.ts'
import { openPage } from './page.ts'

const session = vi.hoisted(() => ({ me: null, signIn: vi.fn(), join: vi.fn() }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => session }))
vi.mock('../../client/stores/programme.ts', () => ({
  useProgramme: () => ({ ready: false, origin: 'real', name: (x: { en: string }) => x.en, role: () => 'office' }),
}))
vi.mock('../../client/stores/present.ts', () => ({ usePresent: () => ({ today: null }) }))
const callApi = vi.hoisted(() => vi.fn())
vi.mock('../../client/sync/api.ts', () => ({ callApi }))
const { default: SignInForm } = await import('../../client/features/signin/SignInForm.vue')
const { default: JoinPage } = await import('../../client/features/signin/JoinPage.vue')

const invitation = (name: string | null) => ({ ok: true, value: { name, role: 'office', unitName: { en: 'C' } } })
beforeEach(() => {
  i18n.global.locale.value = 'en'
  vi.clearAllMocks()
})
const global = { plugins: [i18n], stubs: { Front: { template: '<div><slot /></div>' }, RouterLink: true } }

test('L7 signing in says what is empty in its own words, and asks nobody', async () => {
  const form = mount(SignInForm, { props: { beside: false }, global })
  await form.find('form').trigger('submit')
  expect(form.find('form').attributes('novalidate')).toBeDefined()
  expect(form.findAll('[role=alert]').map((e) => e.text())).toEqual(Array(2).fill('This is empty; please fill it in'))
  expect(session.signIn).not.toHaveBeenCalled()
})

test('L7 so does joining, at each of its fields', async () => {
  callApi.mockResolvedValue(invitation(null))
  const { wrapper } = await openPage(JoinPage, '/join#t')
  await wrapper.find('form').trigger('submit')
  expect(wrapper.findAll('.field [role=alert]')).toHaveLength(4)
  expect(session.join).not.toHaveBeenCalled()
})

test('N12 an invitation is what stands behind the sign, and another one that is opened in its place counts', async () => {
  callApi.mockResolvedValueOnce({ ok: false, refusals: [{ code: 'auth.linkUsed' }] })
  const { wrapper, router } = await openPage(JoinPage, '/join#spent')
  expect(wrapper.find('[role=alert]').text()).toContain('expired')
  callApi.mockResolvedValueOnce(invitation('Zhao'))
  await router.push('/join#fresh')
  await flushPromises()
  expect(callApi.mock.calls).toEqual([
    ['invitation', { token: 'spent' }],
    ['invitation', { token: 'fresh' }],
  ])
  const [name, login, password, again] = wrapper.findAll('input')
  expect(name!.element.value).toBe('Zhao')
  await login!.setValue('zhao')
  for (const field of [password!, again!]) await field.setValue('correct horse battery')
  session.join.mockResolvedValueOnce([])
  await wrapper.find('form').trigger('submit')
  const input = { token: 'fresh', name: 'Zhao', login: 'zhao', password: 'correct horse battery' }
  expect(session.join).toHaveBeenCalledWith(input)
})

// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { reactive } from 'vue'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { SessionLine } from '../../shared/protocol/api.ts'
import { tinyProgramme } from '../support/programme.ts'
import { fakeProgramme, fakeSession, openPage } from './page.ts'

const wang: Actor = { id: 'a', name: 'Wang', role: 'district', unit: 'A' }
const here = vi.hoisted(() => ({ programme: {}, session: {}, callApi: vi.fn() }))
vi.mock('../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../client/sync/api.ts', () => ({ callApi: here.callApi }))
const { default: AccountPage } = await import('../../client/features/shell/AccountPage.vue')
const { default: SessionEnding } = await import('../../client/features/shell/SessionEnding.vue')
const { default: ResetPage } = await import('../../client/features/signin/ResetPage.vue')

/** The session's store, with what it was asked to do. */
function sessionOf(more: object) {
  const session = reactive({ ...fakeSession(wang, 'tiny'), left: () => null, ended: false, ...more })
  Object.assign(here, { programme: fakeProgramme(tinyProgramme()), session })
  return session
}
beforeEach(() => {
  setActivePinia(createPinia())
  document.body.innerHTML = ''
  here.callApi.mockReset()
})

describe('where one is signed in', () => {
  const line = (more: Partial<SessionLine>): SessionLine => ({
    ...{ session: 's', here: false, address: '10.0.0.1', browser: 'Firefox', system: 'Windows', began: 0, used: 0 },
    ...more,
  })
  const LINES = [
    line({ session: 's1', here: true, used: Date.UTC(2008, 3, 16, 9, 42) }),
    line({ session: 's2', address: '10.0.0.9', browser: null, system: null }),
  ]

  test('N3 every session has its place and last use, and each but this one its way out', async () => {
    sessionOf({})
    here.callApi.mockResolvedValue({ ok: true, value: { sessions: LINES } })
    const { wrapper } = await openPage(AccountPage, '/account')
    const rows = wrapper.findAll('tbody tr')
    expect(rows.map((row) => row.find('th').text())).toEqual(['Firefox on Windows', 'Unknown device'])
    expect(rows[0]!.text()).toContain('10.0.0.1')
    expect(rows[0]!.text()).toContain('16 Apr 17:42')
    expect(rows[0]!.text()).toContain('this device')
    expect(rows[0]!.find('button').exists()).toBe(false)
    here.callApi.mockImplementation(async (route: string) =>
      route === 'endSession' ? { ok: true, value: { ok: true } } : { ok: true, value: { sessions: [LINES[0]] } },
    )
    await rows[1]!.find('button').trigger('click')
    await flushPromises()
    expect(here.callApi).toHaveBeenCalledWith('endSession', { session: 's2' })
    expect(wrapper.findAll('tbody tr')).toHaveLength(1)
  })

  test('N3 all end with one button, and what went wrong is said', async () => {
    const signOut = vi.fn(async (): Promise<Refusal[]> => [{ code: 'network.lost' }])
    sessionOf({ signOut })
    here.callApi.mockResolvedValue({ ok: true, value: { sessions: LINES } })
    const { wrapper } = await openPage(AccountPage, '/account')
    await wrapper.find('.all button').trigger('click')
    await flushPromises()
    expect(signOut).toHaveBeenCalledWith('everywhere')
    expect(wrapper.find('[role="alert"]').exists()).toBe(true)
  })
})

describe('the notice before the end', () => {
  afterEach(() => vi.useRealTimers())

  test('N5 comes ten minutes before, says what to do, and goes when the session goes on', async () => {
    vi.useFakeTimers()
    let left = 10 * 60_000 + 1
    const signIn = vi.fn(async () => {
      left = 7 * 24 * 3_600_000
      return [] as Refusal[]
    })
    sessionOf({ left: () => left, signIn })
    const { wrapper } = await openPage(SessionEnding, '/')
    expect(wrapper.find('form').exists()).toBe(false)
    left = 10 * 60_000
    vi.advanceTimersByTime(5_000)
    await flushPromises()
    expect(wrapper.find('[role="status"]').text()).toMatch(/^Your session ends at \d\d:\d\d\..*stays on this device\.$/)
    await wrapper.find('input[type="password"]').setValue('my password')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(signIn).toHaveBeenCalledWith('a', 'my password')
    expect(wrapper.find('form').exists()).toBe(false)
  })

  test('N5 says what was wrong and stays', async () => {
    sessionOf({ left: () => 60_000, signIn: async (): Promise<Refusal[]> => [{ code: 'auth.wrong' }] })
    const { wrapper } = await openPage(SessionEnding, '/')
    await wrapper.find('input[type="password"]').setValue('wrong')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.find('[role="alert"]').exists()).toBe(true)
    expect(wrapper.find<HTMLInputElement>('input[type="password"]').element.value).toBe('')
  })

  test('N5 asks for no password in a demonstration', async () => {
    const demoSignIn = vi.fn(async () => [] as Refusal[])
    sessionOf({ left: () => 60_000, demoSignIn, info: { programme: { key: 'tiny' }, demo: [] } })
    const { wrapper } = await openPage(SessionEnding, '/')
    expect(wrapper.find('input').exists()).toBe(false)
    await wrapper.find('form').trigger('submit')
    expect(demoSignIn).toHaveBeenCalledWith('a')
  })
})

describe('a new password by link', () => {
  test('N7 says whose it is and sets it; the token comes from behind the sign', async () => {
    const resetPassword = vi.fn(async () => [] as Refusal[])
    sessionOf({ me: null, info: null, resetPassword })
    here.callApi.mockResolvedValue({ ok: true, value: { name: 'Wang', login: 'wang' } })
    const { wrapper } = await openPage(ResetPage, '/reset#the-token')
    expect(here.callApi).toHaveBeenCalledWith('reset', { token: 'the-token' })
    expect(wrapper.text()).toContain('Wang (login name wang)')
    const [next, again] = wrapper.findAll('input[type="password"]')
    await next!.setValue('another good one')
    await again!.setValue('another good two')
    expect(wrapper.find('form button').attributes('aria-disabled')).toBe('true')
    await again!.setValue('another good one')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(resetPassword).toHaveBeenCalledWith({ token: 'the-token', password: 'another good one' })
  })

  test('N7 a link that is void, or not whole, says so', async () => {
    sessionOf({ me: null, info: null })
    for (const [path, code] of [
      ['/reset#old', 'auth.linkUsed'],
      ['/reset', 'input.required'],
    ] as const) {
      here.callApi.mockResolvedValue({ ok: false, refusals: [{ code, at: code === 'input.required' ? 'token' : '' }] })
      const { wrapper } = await openPage(ResetPage, path)
      expect(wrapper.find('[role="alert"]').text()).toContain('expired')
    }
  })
})

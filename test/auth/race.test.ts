import { expect, it } from 'vitest'
import { type Auth, openAuth } from '../../server/auth/auth.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import type { Place } from '../../server/auth/session.ts'
import { changePassword, checkSignIn } from '../../server/auth/signin.ts'

const LI = { id: 'm1', name: 'Li', role: 'district', unit: 'A' } as const
const core = { actor: () => LI }
const PLACE: Place = { address: '127.0.0.1', browser: null, system: null }

async function authOfLi(): Promise<Auth> {
  const auth = openAuth(':memory:', () => new Date('2008-01-10T00:00:00Z'))
  const token = await auth.invitations.create({ name: 'Li', role: 'district', unit: 'A', by: null })
  const { id } = (await auth.invitations.byToken(token))!
  await auth.invitations.redeem(id, { member: 'm1', login: 'li', password: await hashPassword('old password') })
  return auth
}

it('a password that is changed while it is being compared signs nobody in', async () => {
  const auth = await authOfLi()
  const next = await hashPassword('next password')

  const { byLogin, setPassword } = auth.accounts
  // the change comes in when the old hash has been read, and before it has been compared
  auth.accounts.byLogin = async (login) => {
    const account = await byLogin(login)
    auth.accounts.byLogin = byLogin
    await setPassword('m1', next, account!.password)
    return account
  }
  const late = await checkSignIn(auth, core, { login: 'li', password: 'old password' }, { address: '127.0.0.1' })
  expect(late).toEqual({ ok: false, refusals: [{ code: 'auth.wrong' }] })
  const after = await checkSignIn(auth, core, { login: 'li', password: 'next password' }, { address: '127.0.0.1' })
  expect(after).toEqual({ ok: true, value: 'm1' })
  await auth.close()
})

it.each<[string, (auth: Auth, session: string) => Promise<unknown>, string]>([
  [
    'a link from the office has set another password',
    async (auth) =>
      auth.resets.redeem(await auth.resets.create({ member: 'm1', by: 'head' }), await hashPassword('by link')),
    'by link',
  ],
  ['the session has ended', (auth, session) => auth.sessions.end(session), 'old password'],
  ['all sessions have ended', (auth) => auth.sessions.endMember('m1'), 'old password'],
])('N1 N7 a change of the password that is under way has no effect once %s', async (_, meanwhile, stays) => {
  const auth = await authOfLi()
  const session = (await auth.sessions.byToken(await auth.sessions.create('m1')))!
  const { faults } = auth.passwords
  // comes in when the current password has been found right
  auth.passwords.faults = async (...args) => {
    await meanwhile(auth, session.hash)
    return faults(...args)
  }
  const input = { current: 'old password', next: 'that of a thief' }
  expect(await changePassword(auth, { actor: LI, session }, input, PLACE)).toMatchObject({ ok: false })
  const signIn = (password: string) => checkSignIn(auth, core, { login: 'li', password }, { address: '127.0.0.1' })
  expect([(await signIn(input.next)).ok, (await signIn(stays)).ok]).toEqual([false, true])
  await auth.close()
})

it('N2 of two changes of the password at once one is made, and its session goes on', async () => {
  const auth = await authOfLi()
  const session = (await auth.sessions.byToken(await auth.sessions.create('m1')))!
  const change = (next: string) =>
    changePassword(auth, { actor: LI, session }, { current: 'old password', next }, PLACE)
  const changed = (await Promise.all([change('the first of them'), change('the second of them')])).filter(
    ({ ok }) => ok,
  )
  expect(changed).toHaveLength(1)
  const [one] = changed
  expect(await auth.sessions.byToken(one!.ok ? one!.value : '')).toMatchObject({ member: 'm1' })
  await auth.close()
})

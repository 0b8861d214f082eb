import { expect, it } from 'vitest'
import { openAuth } from '../../server/auth/auth.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { checkSignIn } from '../../server/auth/signin.ts'
import type { Actor } from '../../shared/policy.ts'

it('a password that is changed while it is being compared signs nobody in', async () => {
  const auth = openAuth(':memory:', () => new Date('2008-01-10T00:00:00Z'))
  const [old, next] = await Promise.all([hashPassword('old password'), hashPassword('next password')])
  const token = await auth.invitations.create({ name: 'Li', role: 'district', unit: 'A', by: null })
  const { id } = (await auth.invitations.byToken(token))!
  await auth.invitations.redeem(id, { member: 'm1', login: 'li', password: old })
  const core = { actor: (): Actor => ({ id: 'm1', name: 'Li', role: 'district', unit: 'A' }) }

  const { byLogin, setPassword } = auth.accounts
  // the change comes in when the old hash has been read, and before it has been compared
  auth.accounts.byLogin = async (login) => {
    const account = await byLogin(login)
    auth.accounts.byLogin = byLogin
    await setPassword('m1', next)
    return account
  }
  const late = await checkSignIn(auth, core, { login: 'li', password: 'old password' }, { address: '127.0.0.1' })
  expect(late).toEqual({ ok: false, refusals: [{ code: 'auth.wrong' }] })
  const after = await checkSignIn(auth, core, { login: 'li', password: 'next password' }, { address: '127.0.0.1' })
  expect(after).toEqual({ ok: true, value: 'm1' })
  await auth.close()
})

/** Signing in and changing the password. A wrong name takes as long to refuse as a wrong password. */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import type { Core } from '../core/core.ts'
import { loginKey } from './accounts.ts'
import type { Auth } from './auth.ts'
import { hashPassword, PASSWORD_MIN, passwordLength, verifyPassword } from './passwords.ts'
import { newToken } from './tokens.ts'
import type { Who } from './who.ts'

// what an unknown name is compared with: nobody knows this password
const nobody = hashPassword(newToken())

/** Answers with the member; refuses with `auth.wrong` or `auth.tooMany`. */
export async function checkSignIn(
  auth: Auth,
  core: Pick<Core, 'actor'>,
  input: { login: string; password: string },
  address: string,
): Promise<Result<string>> {
  const login = loginKey(input.login)
  const allowed = await auth.limits.attempt(login, address)
  if (!allowed.ok) return allowed
  const account = await auth.accounts.byLogin(login)
  const right = await verifyPassword(input.password, account?.password ?? (await nobody))
  if (account === undefined || !right || core.actor(account.member) === undefined) return refuse({ code: 'auth.wrong' })
  await auth.limits.resetAttempts(login, address)
  // a change made while this was being compared has ended every other session, so this one may not begin
  const now = await auth.accounts.byLogin(login)
  return now?.password === account.password ? ok(account.member) : refuse({ code: 'auth.wrong' })
}

/** Ends the member's other sessions. */
export async function changePassword(
  auth: Auth,
  who: Who,
  input: { current: string; next: string },
  address: string,
): Promise<Result<void>> {
  const key = `member ${who.actor.id}`
  const allowed = await auth.limits.attempt(key, address)
  if (!allowed.ok) return allowed
  const account = await auth.accounts.byMember(who.actor.id)
  if (!(await verifyPassword(input.current, account?.password ?? (await nobody))))
    return refuse({ code: 'auth.wrong', at: 'current' })
  await auth.limits.resetAttempts(key, address)
  if (passwordLength(input.next) < PASSWORD_MIN)
    return refuse({ code: 'auth.passwordShort', params: { min: PASSWORD_MIN }, at: 'next' })
  await auth.accounts.setPassword(who.actor.id, await hashPassword(input.next))
  await auth.sessions.endMember(who.actor.id, who.session.hash)
  return ok(undefined)
}

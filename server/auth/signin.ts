/** Signing in and changing the password. Refusing an unknown name costs the same work as refusing a wrong password. */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import type { Core } from '../core/core.ts'
import { loginKey } from './accounts.ts'
import type { Auth } from './auth.ts'
import { hashPassword, PASSWORD_MIN, passwordLength, verifyPassword } from './passwords.ts'
import { newToken } from './tokens.ts'
import type { Who } from './who.ts'

// compared with when the name is unknown; nobody knows this password
const nobody = hashPassword(newToken())

/** Resolves with the member id; refuses with `auth.wrong` or `auth.tooMany`. */
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
  // a password change during the comparison has ended all other sessions, so this one must not begin
  const now = await auth.accounts.byLogin(login)
  return now?.password === account.password ? ok(account.member) : refuse({ code: 'auth.wrong' })
}

/** Changes the password and ends the member's other sessions; refuses with `auth.wrong`, `auth.tooMany` or `auth.passwordShort`. */
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

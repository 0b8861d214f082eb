/** Signing in and changing the password. Refusing an unknown name costs the same work as refusing a wrong password. */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import type { Core } from '../core/core.ts'
import { loginKey } from './accounts.ts'
import type { Auth } from './auth.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import type { Place } from './session.ts'
import { newToken, tokenHash } from './tokens.ts'
import type { Who } from './who.ts'

// compared with when the name is unknown; nobody knows this password
const nobody = hashPassword(newToken())

/** Resolves with the member id; refuses with `auth.wrong` or `auth.tooMany`. `device`: token of the browser, if it has one. */
export async function checkSignIn(
  auth: Auth,
  core: Pick<Core, 'actor'>,
  input: { login: string; password: string },
  from: { address: string; device?: string | undefined },
): Promise<Result<string>> {
  const login = loginKey(input.login)
  const account = await auth.accounts.byLogin(login)
  const known = await auth.devices.known(account?.member, from.device)
  const compared = await auth.limits.attempt({ account: login, address: from.address, known }, async () => {
    const right = await verifyPassword(input.password, account?.password ?? (await nobody))
    return right && account !== undefined && core.actor(account.member) !== undefined
  })
  if (!compared.ok) return compared
  if (!compared.value || account === undefined) return refuse({ code: 'auth.wrong' })
  // a password change during the comparison has ended all other sessions, so this one must not begin
  const now = await auth.accounts.byLogin(login)
  return now?.password === account.password ? ok(account.member) : refuse({ code: 'auth.wrong' })
}

/**
 * Changes the password and ends all the member's sessions; resolves with the token of a new one in place of the one that
 * asked. Refuses with `auth.wrong`, `auth.tooMany`, for a password that may not be chosen, or with `may.signIn` where the
 * session has ended meanwhile.
 */
export async function changePassword(
  auth: Auth,
  { actor, session }: Who,
  input: { current: string; next: string },
  place: Place,
): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const account = await auth.accounts.byMember(actor.id)
  // who holds the session is no stranger, and guesses for themselves alone
  const one = { account: `member ${actor.id}`, address: place.address, known: session.hash }
  const compared = await auth.limits.attempt(one, async () =>
    verifyPassword(input.current, account?.password ?? (await nobody)),
  )
  if (!compared.ok) return compared
  if (!compared.value || account === undefined) return refuse({ code: 'auth.wrong', at: 'current' })
  const refusals = await auth.passwords.faults(input.next, { login: account.login, name: actor.name }, 'next')
  if (refusals.length > 0) return { ok: false, refusals }
  const next = await hashPassword(input.next)
  // whoever ended the session or set another password meanwhile did so against this one
  if ((await auth.sessions.byHash(session.hash)) === undefined) return refuse({ code: 'may.signIn' })
  const set = await auth.accounts.setPassword(actor.id, next, account.password)
  if (!set) return refuse({ code: 'auth.wrong', at: 'current' })
  const token = await auth.sessions.create(actor.id, place, session.hash)
  await auth.sessions.endMember(actor.id, tokenHash(token))
  return ok(token)
}

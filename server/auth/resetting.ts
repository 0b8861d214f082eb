/** A forgotten password: the office hands out a link, and the member chooses a new one by it (N7). */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { type Actor, covers, mayCommand } from '../../shared/policy.ts'
import type { Core } from '../core/core.ts'
import type { Account } from './accounts.ts'
import type { Auth } from './auth.ts'
import { coveredMember } from './covered.ts'
import { hashPassword } from './passwords.ts'

type Log = Pick<Core, 'actor' | 'setting'>

/**
 * Resolves with the token for the link. Refuses with `member.unknown`, `member.self` (who is signed in may not get round
 * the old password), `may.outsideUnit`, `may.beyondOwn`, or `auth.noAccount` where the member has no password yet.
 */
export async function handOutReset(auth: Auth, core: Log, by: Actor, member: string): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  if (member === by.id) return refuse({ code: 'member.self', at: 'member' })
  const of = coveredMember(core, by, member, 'ResetPassword')
  if (!of.ok) return of
  if ((await auth.accounts.byMember(member)) === undefined) return refuse({ code: 'auth.noAccount', at: 'member' })
  return ok(await auth.resets.create({ member, by: by.id }))
}

/** Whose link it is; `auth.linkUsed` when it was used or has expired, or whoever handed it out may no longer. */
export async function openReset(
  auth: Auth,
  core: Log,
  token: string,
): Promise<Result<{ actor: Actor; account: Account }>> {
  const reset = await auth.resets.byToken(token)
  const actor = reset && core.actor(reset.member)
  const account = reset && (await auth.accounts.byMember(reset.member))
  const by = reset && core.actor(reset.by)
  const units = core.setting()?.units
  if (actor === undefined || actor.role === 'system' || account === undefined || by === undefined)
    return refuse({ code: 'auth.linkUsed' })
  const may =
    units !== undefined &&
    mayCommand(by, 'ResetPassword', units, actor.unit) &&
    covers(by, units, actor.role, actor.unit)
  return may ? ok({ actor, account }) : refuse({ code: 'auth.linkUsed' })
}

/** Sets the password and ends all the member's sessions; resolves with the member. Refuses with `auth.linkUsed`, or for a password that may not be chosen. */
export async function redeemReset(
  auth: Auth,
  core: Log,
  { token, password }: { token: string; password: string },
): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const found = await openReset(auth, core, token)
  if (!found.ok) return found
  const { account, actor } = found.value
  const refusals = await auth.passwords.faults(password, { login: account.login, name: actor.name }, 'password')
  if (refusals.length > 0) return { ok: false, refusals }
  if (!(await auth.resets.redeem(token, await hashPassword(password)))) return refuse({ code: 'auth.linkUsed' })
  await auth.sessions.endMember(actor.id)
  return ok(actor.id)
}

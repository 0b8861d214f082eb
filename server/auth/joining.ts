/** Joining by invitation: the member is added to the log, then the account is created. Safe to repeat after a crash between the two. */
import { hash } from 'node:crypto'
import { ok, refuse, type Refusal, type Result } from '../../shared/errors.ts'
import { type Actor, covers, mayCommand } from '../../shared/policy.ts'
import { type Core, SYSTEM } from '../core/core.ts'
import type { LoginClash } from './accounts.ts'
import type { Auth } from './auth.ts'
import type { InvitationRecord } from './invitations.ts'
import { hashPassword } from './passwords.ts'

export interface JoinInput {
  token: string
  name: string
  login: string
  password: string
}

/**
 * Resolves with the token for the link. Refuses with `unit.unknown`, `may.outsideUnit`, or `may.beyondOwn` where whoever
 * invites may not decide who has the role there, or `member.nameTaken`.
 */
export async function handOutInvitation(
  auth: Auth,
  core: Pick<Core, 'setting' | 'nameTaken'>,
  by: Actor,
  { name, role, unit }: Pick<InvitationRecord, 'role' | 'unit' | 'name'>,
): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const setting = core.setting()
  const units = setting?.units
  if (units?.get(unit) === undefined) return refuse({ code: 'unit.unknown', params: { unit }, at: 'unit' })
  if (!mayCommand(by, 'AddMember', units, unit))
    return refuse({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
  if (role === 'legal' && setting?.programme.issues === null) return refuse({ code: 'issue.notKept', at: 'role' })
  if (!covers(by, units, role, unit)) return refuse({ code: 'may.beyondOwn', params: { role, unit }, at: 'role' })
  // whoever invites can still choose another, whoever joins cannot
  if (name !== null && core.nameTaken(name)) return refuse({ code: 'member.nameTaken', at: 'name' })
  return ok(await auth.invitations.create({ name, role, unit, by: by.id }))
}

/** The invitation behind a link; `auth.linkUsed` when it was used or has expired, or whoever sent it is no longer a member. */
export async function openInvitation(
  auth: Auth,
  core: Pick<Core, 'actor'>,
  token: string,
): Promise<Result<{ invitation: InvitationRecord; by: Actor }>> {
  const invitation = await auth.invitations.byToken(token)
  const by = invitation === undefined || invitation.by === null ? SYSTEM : core.actor(invitation.by)
  if (invitation === undefined || by === undefined) return refuse({ code: 'auth.linkUsed' })
  return ok({ invitation, by })
}

/**
 * Resolves with the member id; refuses with `auth.linkUsed`, `auth.loginTaken`, `auth.loginAlike`, `auth.tooMany` where the link was tried with many
 * logins of others, for a password that may not be chosen, or as `AddMember` does.
 */
export async function join(
  auth: Auth,
  core: Pick<Core, 'actor' | 'dispatch'>,
  input: JoinInput,
): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const found = await openInvitation(auth, core, input.token)
  if (!found.ok) return found
  // two people with the same link take turns, so that only the first is added to the log
  return auth.inTurn(`invitation ${found.value.invitation.id}`, () => joinAlone(auth, core, input))
}

async function joinAlone(
  auth: Auth,
  core: Pick<Core, 'actor' | 'dispatch'>,
  input: JoinInput,
): Promise<Result<string>> {
  const found = await openInvitation(auth, core, input.token)
  if (!found.ok) return found
  const { invitation, by } = found.value
  const refusals: Refusal[] = []
  // an invitation is no way to find out who has an account: as many logins may be asked for as passwords
  const clash = await auth.accounts.clash(input.login)
  const link = `invitation ${invitation.id}`
  const free = await auth.limits.attempt({ account: link, address: '', known: link }, async () => clash === null)
  if (!free.ok) return free
  if (clash !== null) refusals.push(loginRefused(clash))
  const name = invitation.name ?? input.name
  refusals.push(...(await auth.passwords.faults(input.password, { login: input.login, name }, 'password')))
  if (refusals.length > 0) return { ok: false, refusals }

  const password = await hashPassword(input.password)
  // the same person with the same link is the same member, however often they try; the invitation's id never leaves the
  // server, so nobody can have this one, or the command's, first (C22)
  const member = `m${hash('sha256', `${invitation.id}\n${name}`).slice(0, 20)}`
  const { role, unit } = invitation
  const added = await core.dispatch({ id: `join:${member}`, kind: 'AddMember', data: { member, name, role, unit } }, by)
  if (!added.ok) return added
  const redeemed = await auth.invitations.redeem(invitation.id, { member, login: input.login, password })
  if (redeemed === 'joined') return ok(member)
  return refuse(redeemed === 'used' ? { code: 'auth.linkUsed' } : loginRefused(redeemed))
}

const loginRefused = (clash: LoginClash): Refusal => ({ code: `auth.${clash}`, at: 'login' })

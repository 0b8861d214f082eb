/** Joining by invitation: the member is added to the log, then the account is created. Safe to repeat after a crash between the two. */
import { hash } from 'node:crypto'
import { type Role, type Task, tasksOf } from '../../shared/domain/roles.ts'
import { nameKey } from '../../shared/domain/text.ts'
import { ok, refuse, type Refusal, type Result } from '../../shared/errors.ts'
import { type Actor, covers, mayCommand } from '../../shared/policy.ts'
import type { PendingInvitation } from '../../shared/protocol/api.ts'
import { type Core, SYSTEM } from '../core/core.ts'
import type { LoginClash } from './accounts.ts'
import type { Auth } from './auth.ts'
import type { InvitationRecord } from './invitations.ts'
import { hashPassword } from './passwords.ts'
import { tokenHash } from './tokens.ts'

export interface JoinInput {
  token: string
  name: string
  login: string
  password: string
}

/** Whom somebody wants to invite; `tasks` absent = all of the role's. */
export interface Invited {
  name: string | null
  role: Role
  unit: string
  tasks?: readonly Task[] | undefined
  phone?: string | undefined
}

type Knowing = Pick<Core, 'setting' | 'nameTaken'>

/**
 * Resolves with the token for the link. Refuses with `unit.unknown`, `may.outsideUnit`, or `may.beyondOwn` where whoever
 * invites may not decide who has the role there, `member.noTask`, or `member.nameTaken`.
 */
export async function handOutInvitation(
  auth: Auth,
  core: Knowing,
  by: Actor,
  { name, role, unit, tasks }: Invited,
): Promise<Result<string>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const fault = inviteFault(core, by, { name, role, unit, tasks })
  if (fault !== null) return refuse(fault)
  return ok(await auth.invitations.create({ name, role, unit, tasks: tasks ?? null, by: by.id }))
}

/**
 * Invites all of a list or nobody; resolves with a token for each row, or without any for a dry run. Refuses as for one, each
 * with its row, and with `input.duplicate` and `member.invited` for a name that stands above it or is invited already.
 */
export async function inviteMany(
  auth: Auth,
  core: Knowing,
  by: Actor,
  rows: readonly (Invited & { name: string })[],
  dryRun: boolean,
): Promise<Result<string[]>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const invited = new Set(
    (await auth.invitations.pending()).flatMap(({ name }) => (name === null ? [] : [nameKey(name)])),
  )
  const above = new Set<string>()
  const refusals = rows.flatMap((row, i) => {
    const faults: Refusal[] = []
    const fault = inviteFault(core, by, row)
    if (fault !== null) faults.push({ ...fault, at: `rows.${i}.${fault.at}` })
    const wanted = nameKey(row.name)
    const at = `rows.${i}.name`
    if (above.has(wanted)) faults.push({ code: 'input.duplicate', params: { name: row.name }, at })
    else if (invited.has(wanted)) faults.push({ code: 'member.invited', params: { name: row.name }, at })
    above.add(wanted)
    return faults
  })
  if (refusals.length > 0) return { ok: false, refusals }
  return ok(dryRun ? [] : await auth.invitations.createAll(rows.map((row) => ({ ...row, by: by.id }))))
}

/** Null when who asks may invite so. */
function inviteFault(core: Knowing, by: Actor, { name, role, unit, tasks }: Invited): Refusal | null {
  const setting = core.setting()
  const units = setting?.units
  if (units?.get(unit) === undefined) return { code: 'unit.unknown', params: { unit }, at: 'unit' }
  if (!mayCommand(by, 'AddMember', units, unit)) return { code: 'may.outsideUnit', params: { unit }, at: 'unit' }
  if (role === 'legal' && setting?.programme.issues === null) return { code: 'issue.notKept', at: 'role' }
  if (!covers(by, units, role, unit)) return { code: 'may.beyondOwn', params: { role, unit }, at: 'role' }
  if (tasks?.some((task) => !tasksOf(role).includes(task)) === true)
    return { code: 'member.noTask', params: { role }, at: 'tasks' }
  // whoever invites can still choose another, whoever joins cannot
  return name !== null && core.nameTaken(name) ? { code: 'member.nameTaken', at: 'name' } : null
}

/** Names an invitation to those who may see it; its id never leaves the server. */
const handleOf = ({ id }: InvitationRecord): string => tokenHash(id).slice(0, 24)

/** Invitations that nobody has used yet, of those for whom who asks could have made them; without their links. */
export async function pendingFor(
  auth: Auth,
  core: Pick<Core, 'setting' | 'nameOf'>,
  by: Actor,
): Promise<PendingInvitation[]> {
  const units = core.setting()?.units
  if (units === undefined) return []
  return (await auth.invitations.pending())
    .filter(({ role, unit }) => mayCommand(by, 'AddMember', units, unit) && covers(by, units, role, unit))
    .map((p) => {
      const { name, role, unit, tasks, expires } = p
      return { invitation: handleOf(p), name, role, unit, tasks, by: core.nameOf(p.by ?? ''), expires }
    })
}

/** Makes the link of a pending invitation void; nothing happens where there is none such, or it is not theirs to see. */
export async function withdrawInvitation(
  auth: Auth,
  core: Pick<Core, 'setting' | 'nameOf'>,
  by: Actor,
  handle: string,
): Promise<Result<{ ok: true }>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const theirs = new Set((await pendingFor(auth, core, by)).map(({ invitation }) => invitation))
  const found = (await auth.invitations.pending()).find((p) => handleOf(p) === handle)
  if (found !== undefined && theirs.has(handle)) await auth.invitations.withdraw(found.id)
  return ok({ ok: true })
}

/** The invitation behind a link; `auth.linkUsed` when it was used, withdrawn or has expired, or neither whoever sent it nor who has their work by now is a member. */
export async function openInvitation(
  auth: Auth,
  core: Pick<Core, 'actor' | 'heir'>,
  token: string,
): Promise<Result<{ invitation: InvitationRecord; by: Actor }>> {
  const invitation = await auth.invitations.byToken(token)
  const by =
    invitation === undefined || invitation.by === null
      ? SYSTEM
      : (core.actor(invitation.by) ?? core.heir(invitation.by))
  if (invitation === undefined || by === undefined) return refuse({ code: 'auth.linkUsed' })
  return ok({ invitation, by })
}

/**
 * Resolves with the member id; refuses with `auth.linkUsed`, `auth.loginTaken`, `auth.loginAlike`, `auth.tooMany` where the link was tried with many
 * logins of others, for a password that may not be chosen, or as `AddMember` does.
 */
export async function join(
  auth: Auth,
  core: Pick<Core, 'actor' | 'heir' | 'dispatch'>,
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
  core: Pick<Core, 'actor' | 'heir' | 'dispatch'>,
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
  const { role, unit, tasks } = invitation
  const data = { member, name, role, unit, ...(tasks && { tasks }) }
  const added = await core.dispatch({ id: `join:${member}`, kind: 'AddMember', data }, by)
  if (!added.ok) return added
  const redeemed = await auth.invitations.redeem(invitation.id, { member, login: input.login, password })
  if (redeemed === 'joined') return ok(member)
  return refuse(redeemed === 'used' ? { code: 'auth.linkUsed' } : loginRefused(redeemed))
}

const loginRefused = (clash: LoginClash): Refusal => ({ code: `auth.${clash}`, at: 'login' })

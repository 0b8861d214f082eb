/** Machines and their tokens: who may have one made, and what is seen of them. */
import { randomBytes } from 'node:crypto'
import type { Answer } from '../../shared/command.ts'
import { MACHINE, type MachineRight } from '../../shared/domain/machineId.ts'
import { ok, refuse, type Refusal, type Result } from '../../shared/errors.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import type { MachineLine } from '../../shared/protocol/api.ts'
import type { Core } from '../core/core.ts'
import type { Auth } from './auth.ts'

type Log = Pick<Core, 'actor' | 'setting' | 'machines' | 'nameOf'>

const DAY = 24 * 3_600_000
const endOf = (now: Date, days: number | undefined): number | null =>
  days === undefined ? null : now.getTime() + days * DAY

export interface MachineInput {
  name: string
  unit: string
  rights: MachineRight[]
  /** for which the token holds; absent = until the machine is ended */
  days?: number | undefined
}

/** Adds the machine to the log, then makes its token; refuses as `AddMachine` does. */
export async function addMachine(
  auth: Auth,
  dispatch: (command: unknown, by: Actor) => Promise<Answer>,
  by: Actor,
  { name, unit, rights, days }: MachineInput,
  now: Date,
): Promise<Result<{ member: string; token: string }>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const member = `${MACHINE}${randomBytes(8).toString('hex')}`
  const data = { member, name, unit, rights }
  const added = await dispatch({ id: `machine:${member}`, kind: 'AddMachine', data }, by)
  if (!added.ok) return added
  return ok({ member, token: await auth.machines.create({ member, by: by.id, expires: endOf(now, days) }) })
}

/** A new token in place of the one that the machine has; refuses as `EndMachine` does. */
export async function renewToken(
  auth: Auth,
  core: Log,
  by: Actor,
  { member, days }: { member: string; days?: number | undefined },
  now: Date,
): Promise<Result<{ member: string; token: string }>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  const machine = core.actor(member)
  const refusal =
    machine?.machine === undefined ? { code: 'member.unknown' as const, at: 'member' } : beyond(core, by, machine)
  if (refusal !== null) return refuse(refusal)
  return ok({ member, token: await auth.machines.create({ member, by: by.id, expires: endOf(now, days) }) })
}

/** Null when who asks decides about the machine. */
function beyond(core: Log, by: Actor, { unit }: Pick<Actor, 'unit'>): Refusal | null {
  const units = core.setting()?.units
  if (units === undefined) return { code: 'programme.notOpen' }
  return mayCommand(by, 'AddMachine', units, unit) ? null : { code: 'may.outsideUnit', params: { unit } }
}

/** The machines that who asks decides about, with what is known of their tokens. */
export async function machinesOf(auth: Auth, core: Log, by: Actor): Promise<MachineLine[]> {
  const tokens = new Map((await auth.machines.all()).map((token) => [token.member, token]))
  return core.machines().flatMap(({ id, name, unit, machine }) => {
    if (machine === undefined || beyond(core, by, { unit }) !== null) return []
    const token = tokens.get(id)
    const { created = null, expires = null, used = null, address = null } = token ?? {}
    const maker = token === undefined ? null : core.nameOf(token.by)
    return [{ member: id, name, unit, rights: machine, by: maker, created, expires, used, address }]
  })
}

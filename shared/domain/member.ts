/** Members: who acts for which unit. Sign-in names and passwords are not here; they never enter the log. */
import type { Command, Context } from '../command.ts'
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import type { DomainEvent } from '../event.ts'
import { mayCommand, ROLES } from '../policy.ts'
import { key, line, reason, z } from '../schema.ts'
import type { World } from './world.ts'

export const memberCommands = {
  AddMember: z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key }),
  EndMember: z.strictObject({ member: key, reason }),
}

export function decideMemberCommand(
  world: World,
  command: Extract<Command, { kind: keyof typeof memberCommands }>,
  { actor }: Context,
): Result<DomainEvent[]> {
  const { frame, members } = world
  if (frame === null) return refuse({ code: 'programme.notOpen' })
  if (command.kind === 'AddMember') {
    const { member, unit } = command.data
    const refusals: Refusal[] = []
    // the log calls the scheduler so
    if (members.has(member) || member === 'system') refusals.push({ code: 'member.exists', at: 'member' })
    if (frame.units.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
    else if (!mayCommand(actor, command.kind, frame.units, unit))
      refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
    return refusals.length > 0 ? { ok: false, refusals } : ok([{ type: 'MemberAdded', data: command.data }])
  }
  const known = members.get(command.data.member)
  if (known === undefined) return refuse({ code: 'member.unknown', at: 'member' })
  if (!mayCommand(actor, command.kind, frame.units, known.unit))
    return refuse({ code: 'may.outsideUnit', params: { unit: known.unit } })
  if (known.ended) return refuse({ code: 'member.ended', at: 'member' })
  if (known.id === actor.id) return refuse({ code: 'member.self', at: 'member' })
  return ok([{ type: 'MemberEnded', data: command.data }])
}

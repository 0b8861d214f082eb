/** Members: who acts for which unit. Sign-in names and passwords never enter the log; see `server/auth`. */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import { key, line, reason, z } from '../schema.ts'
import type { Table } from './table.ts'
import { nameKey } from './text.ts'
import type { Member } from './world.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { type Role, ROLES } from './roles.ts'

export interface MemberEvents {
  MemberAdded: { member: string; name: string; role: Role; unit: string }
  MemberEnded: { member: string; reason: string }
}

const shape = {
  version: 1,
  upcast: [],
  subject: ({ member }: { member: string }) => `member/${member}`,
  cell: () => null,
  figures: () => [],
  movesClock: false,
}

export const memberEvents: EventTable<MemberEvents> = {
  MemberAdded: {
    ...shape,
    evolve({ members }, { data: { member: id, name, role, unit } }) {
      members.set(id, { id, name, role, unit, ended: false })
    },
  },
  MemberEnded: {
    ...shape,
    evolve({ members }, { data }) {
      members.set(data.member, { ...members.get(data.member)!, ended: true })
    },
  },
}

/** True when a living member has the name: a name says who it was wherever it stands (M4). */
export function nameTaken(members: Table<string, Member>, name: string): boolean {
  const wanted = nameKey(name)
  for (const [, member] of members.entries()) if (!member.ended && nameKey(member.name) === wanted) return true
  return false
}

type Decision = Result<EventsOf<MemberEvents>[]>

export const memberCommands = {
  AddMember: command(
    z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key }),
    ({ setting, members }, data, { may, covers }): Decision => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const { member, name, role, unit } = data
      const refusals: Refusal[] = []
      // the log uses this id for the scheduler
      if (members.has(member) || member === 'system') refusals.push({ code: 'member.exists', at: 'member' })
      else if (nameTaken(members, name)) refusals.push({ code: 'member.nameTaken', at: 'name' })
      if (setting.units.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
      else if (!may(unit)) refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
      else if (role === 'legal' && setting.programme.issues === null)
        refusals.push({ code: 'issue.notKept', at: 'role' })
      else if (!covers(role, unit)) refusals.push({ code: 'may.beyondOwn', params: { role, unit }, at: 'role' })
      return refusals.length > 0 ? refuse(...refusals) : ok([{ type: 'MemberAdded', data }])
    },
  ),
  EndMember: command(
    z.strictObject({ member: key, reason }),
    ({ setting, members }, data, { actor, may, covers }): Decision => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const known = members.get(data.member)
      if (known === undefined) return refuse({ code: 'member.unknown', at: 'member' })
      if (!may(known.unit)) return refuse({ code: 'may.outsideUnit', params: { unit: known.unit } })
      const { role, unit } = known
      if (!covers(role, unit)) return refuse({ code: 'may.beyondOwn', params: { role, unit } })
      if (known.ended) return refuse({ code: 'member.ended', at: 'member' })
      if (known.id === actor.id) return refuse({ code: 'member.self', at: 'member' })
      return ok([{ type: 'MemberEnded', data }])
    },
  ),
}

/**
 * Machines: systems of an office that report or read by a token. Each is a member of its own, so that what it wrote is
 * told from what people wrote. Tokens never enter the log; see `server/auth/tokens.ts`.
 */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import { key, line, reason, z } from '../schema.ts'
import { aboutMember, type MemberEvents, nameTaken } from './member.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { MACHINE_RIGHTS, type MachineRight, roleOfMachine } from './machineId.ts'
import type { Task } from './roles.ts'

export interface MachineEvents {
  MachineAdded: { member: string; name: string; unit: string; rights: MachineRight[] }
}

const tasksOfMachine = (rights: readonly MachineRight[]): Task[] => (rights.includes('report') ? ['report'] : [])

export const machineEvents: EventTable<MachineEvents> = {
  MachineAdded: {
    ...aboutMember,
    evolve({ members }, { data: { member: id, name, unit, rights } }) {
      members.set(id, {
        id,
        name,
        role: roleOfMachine(rights),
        unit,
        tasks: tasksOfMachine(rights),
        ended: false,
        machine: rights,
      })
    },
  },
}

const machineId = z.string().regex(/^machine\.[A-Za-z0-9]{8,32}$/)

export const machineCommands = {
  AddMachine: command(
    z.strictObject({
      member: machineId,
      name: line,
      unit: key,
      rights: z.array(z.enum(MACHINE_RIGHTS)).min(1).max(MACHINE_RIGHTS.length),
    }),
    ({ setting, members }, data, { may }): Result<EventsOf<MachineEvents>[]> => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const { member, name, unit } = data
      const rights = MACHINE_RIGHTS.filter((right) => data.rights.includes(right))
      const refusals: Refusal[] = []
      if (members.has(member)) refusals.push({ code: 'member.exists', at: 'member' })
      else if (nameTaken(members, name)) refusals.push({ code: 'member.nameTaken', at: 'name' })
      if (setting.units.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
      else if (!may(unit)) refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
      return refusals.length > 0
        ? refuse(...refusals)
        : ok([{ type: 'MachineAdded', data: { member, name, unit, rights } }])
    },
  ),
  EndMachine: command(
    z.strictObject({ member: machineId, reason }),
    ({ setting, members }, data, { may }): Result<EventsOf<MemberEvents>[]> => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const known = members.get(data.member)
      if (known === undefined) return refuse({ code: 'member.unknown', at: 'member' })
      if (!may(known.unit)) return refuse({ code: 'may.outsideUnit', params: { unit: known.unit } })
      if (known.ended) return refuse({ code: 'member.ended', at: 'member' })
      return ok([{ type: 'MemberEnded', data }])
    },
  ),
}

/** Handing over somebody's work: the successor gets the tasks and what is asked of the person, who is a member no more (M12). */
import { ok, refuse, type Result } from '../errors.ts'
import { key, reason, z } from '../schema.ts'
import { isMachine } from './machineId.ts'
import { aboutMember, type MemberEvents } from './member.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { type Task, TASKS } from './roles.ts'

export interface HandoverEvents {
  /** `tasks`: those of both, which the successor has from now on */
  WorkTakenOver: { member: string; from: string; tasks: readonly Task[]; reason: string }
  WorkHandedOver: { member: string; to: string; reason: string }
}

export const handoverEvents: EventTable<HandoverEvents> = {
  WorkTakenOver: {
    ...aboutMember,
    evolve({ members }, { data: { member, tasks } }) {
      members.set(member, { ...members.get(member)!, tasks })
    },
  },
  WorkHandedOver: {
    ...aboutMember,
    evolve({ members }, { data: { member, to } }) {
      members.set(member, { ...members.get(member)!, heir: to })
    },
  },
}

export const handoverCommands = {
  HandOver: command(
    z.strictObject({ from: key, to: key, reason }),
    (
      { setting, members },
      { from, to, reason },
      { may, covers },
    ): Result<EventsOf<HandoverEvents & Pick<MemberEvents, 'MemberEnded'>>[]> => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const leaving = isMachine(from) ? undefined : members.get(from)
      if (leaving === undefined) return refuse({ code: 'member.unknown', at: 'from' })
      const coming = isMachine(to) ? undefined : members.get(to)
      if (coming === undefined) return refuse({ code: 'member.unknown', at: 'to' })
      for (const { role, unit } of [leaving, coming]) {
        if (!may(unit)) return refuse({ code: 'may.outsideUnit', params: { unit } })
        if (!covers(role, unit)) return refuse({ code: 'may.beyondOwn', params: { role, unit } })
      }
      if (leaving.ended) return refuse({ code: 'member.ended', at: 'from' })
      if (coming.ended) return refuse({ code: 'member.ended', at: 'to' })
      if (from === to) return refuse({ code: 'member.self', at: 'to' })
      const { role, unit } = leaving
      if (coming.role !== role || !setting.units.within(unit, coming.unit))
        return refuse({ code: 'member.elsewhere', params: { role, unit }, at: 'to' })
      const tasks = TASKS.filter((task) => leaving.tasks.includes(task) || coming.tasks.includes(task))
      return ok([
        { type: 'WorkTakenOver', data: { member: to, from, tasks, reason } },
        { type: 'WorkHandedOver', data: { member: from, to, reason } },
        { type: 'MemberEnded', data: { member: from, reason } },
      ])
    },
  ),
}

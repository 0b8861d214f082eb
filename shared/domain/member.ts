/** Members: who acts for which unit, with which tasks. Sign-in names and passwords never enter the log; see `server/auth`. */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import { key, line, reason, z } from '../schema.ts'
import type { Table } from './table.ts'
import { nameKey } from './text.ts'
import type { Member } from './world.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { isMachine } from './machineId.ts'
import { type Role, ROLES, type Task, TASKS, tasksOf } from './roles.ts'

export interface MemberEvents {
  MemberAdded: { member: string; name: string; role: Role; unit: string; tasks: readonly Task[] }
  TasksAssigned: { member: string; tasks: readonly Task[]; reason: string }
  MemberEnded: { member: string; reason: string }
}

/** What the events about a member share. */
export const aboutMember = {
  version: 1,
  upcast: [],
  subject: ({ member }: { member: string }) => `member/${member}`,
  cell: () => null,
  figures: () => [],
  movesClock: false,
}

export const memberEvents: EventTable<MemberEvents> = {
  MemberAdded: {
    ...aboutMember,
    version: 2,
    // before there were tasks, every role had those that it can have
    upcast: [(data) => ({ ...(data as { role: Role }), tasks: tasksOf((data as { role: Role }).role) })],
    evolve({ members }, { data: { member: id, name, role, unit, tasks } }) {
      members.set(id, { id, name, role, unit, tasks, ended: false })
    },
  },
  TasksAssigned: {
    ...aboutMember,
    evolve({ members }, { data: { member, tasks } }) {
      members.set(member, { ...members.get(member)!, tasks })
    },
  },
  MemberEnded: {
    ...aboutMember,
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

const tasks = z.array(z.enum(TASKS)).max(TASKS.length)

/** In the order of `TASKS`, each once. */
const inOrder = (some: readonly Task[]): Task[] => TASKS.filter((task) => some.includes(task))

/** A role gives and reviews no figures where it has none of these tasks (M5). */
const taskFaults = (role: Role, wanted: readonly Task[]): Refusal[] =>
  wanted.some((task) => !tasksOf(role).includes(task)) ? [{ code: 'member.noTask', params: { role }, at: 'tasks' }] : []

export const memberCommands = {
  AddMember: command(
    z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key, tasks: tasks.optional() }),
    ({ setting, members }, data, { may, covers }): Decision => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const { member, name, role, unit } = data
      const refusals: Refusal[] = []
      // the log uses this id for the scheduler
      // nor is a person to be taken for a machine
      if (members.has(member) || member === 'system' || isMachine(member))
        refusals.push({ code: 'member.exists', at: 'member' })
      else if (nameTaken(members, name)) refusals.push({ code: 'member.nameTaken', at: 'name' })
      if (setting.units.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
      else if (!may(unit)) refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
      else if (role === 'legal' && setting.programme.issues === null)
        refusals.push({ code: 'issue.notKept', at: 'role' })
      else if (!covers(role, unit)) refusals.push({ code: 'may.beyondOwn', params: { role, unit }, at: 'role' })
      const given = data.tasks ?? tasksOf(role)
      refusals.push(...taskFaults(role, given))
      return refusals.length > 0
        ? refuse(...refusals)
        : ok([{ type: 'MemberAdded', data: { member, name, role, unit, tasks: inOrder(given) } }])
    },
  ),
  /** the tasks that a member has from now on; none is possible */
  AssignTasks: command(
    z.strictObject({ member: key, tasks, reason }),
    ({ setting, members }, data, { may, covers }): Decision => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      // what a machine may do is said when it is added
      const known = isMachine(data.member) ? undefined : members.get(data.member)
      if (known === undefined) return refuse({ code: 'member.unknown', at: 'member' })
      const { role, unit } = known
      if (!may(unit)) return refuse({ code: 'may.outsideUnit', params: { unit } })
      if (!covers(role, unit)) return refuse({ code: 'may.beyondOwn', params: { role, unit } })
      if (known.ended) return refuse({ code: 'member.ended', at: 'member' })
      const faults = taskFaults(role, data.tasks)
      if (faults.length > 0) return refuse(...faults)
      const assigned = inOrder(data.tasks)
      const isSame = assigned.length === known.tasks.length && assigned.every((task) => known.tasks.includes(task))
      return ok(isSame ? [] : [{ type: 'TasksAssigned', data: { ...data, tasks: assigned } }])
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

/** What the office does about silence: one reminder to many, calls, postponed reminders; and that a reminder was seen (E10–E13). */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import { day, key, reason, z } from '../schema.ts'
import { type EscalationEvents, reminderOf } from './escalation.ts'
import { aboutCell } from './folding.ts'
import { cell, ITEMS } from './input.ts'
import { isMachine } from './machineId.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { isOwed, officialsIn, officialsOf } from './owed.ts'
import { cellKey, silenceOf } from './silence.ts'
import type { CellName } from './values.ts'
import type { World } from './world.ts'

export interface ChasingEvents {
  CallNoted: { member: string; text: string } & CellName
  ReminderPostponed: { until: Day; reason: string } & CellName
  /** by the member it was sent to; `reminder` is its seq */
  ReminderSeen: { member: string; reminder: number }
}

export const chasingEvents: EventTable<ChasingEvents> = {
  CallNoted: {
    ...aboutCell,
    evolve({ silence }, { data, actor, at }) {
      silenceOf(silence, data, {
        call: { by: actor, at: Date.parse(at), member: data.member, text: data.text },
      })
    },
  },
  ReminderPostponed: {
    ...aboutCell,
    evolve({ silence }, { data, actor, at }) {
      const { until, reason: why } = data
      silenceOf(silence, data, { postponed: { until, reason: why, by: actor, at: Date.parse(at) } })
    },
  },
  ReminderSeen: {
    ...{ version: 1, upcast: [], cell: () => null, figures: () => [], movesClock: false },
    subject: ({ member }) => `member/${member}`,
    evolve({ silence }, { data, at }) {
      const reminder = silence.reminded.get(data.member)
      if (reminder?.seq !== data.reminder) return
      const seen = Date.parse(at)
      silence.reminded.set(data.member, { ...reminder, seen })
      if (reminder.stage === 'district') return
      for (const one of reminder.cells) {
        const reminded = silence.cells.get(cellKey(one))?.reminded
        if (reminded?.at === reminder.at && reminded.seen === null)
          silenceOf(silence, one, { reminded: { ...reminded, seen } })
      }
    },
  },
}

type Decision<E> = Result<EventsOf<E>[]>
const NOT_OPEN = refuse({ code: 'programme.notOpen' })
const cells = z.array(z.strictObject(cell)).min(1).max(ITEMS)

/** Why nothing can be done about these reports; each has to be within the rights, owed, and named once. */
function refusalsOf(world: World, named: readonly CellName[], may: (unit: string) => boolean, at: string): Refusal[] {
  const { units } = world.setting!
  const seen = new Set<string>()
  return named.flatMap((one, i): Refusal[] => {
    const place = at === '' ? {} : { at: `${at}.${i}` }
    const params = { unit: one.unit, day: one.day }
    if (units.get(one.unit) === undefined) return [{ code: 'unit.unknown', params: { unit: one.unit }, ...place }]
    if (!may(one.unit)) return [{ code: 'may.outsideUnit', params: { unit: one.unit }, ...place }]
    if (seen.has(cellKey(one))) return [{ code: 'input.duplicate', params: { name: cellKey(one) }, ...place }]
    seen.add(cellKey(one))
    return units.isLeaf(one.unit) && isOwed(world, one) ? [] : [{ code: 'reminder.notOwed', params, ...place }]
  })
}

export const chasingCommands = {
  /** reminds the officials of these reports: one reminder each, of those that are theirs */
  RemindOfficials: command(
    z.strictObject({ cells, text: reason }),
    (world, data, { may }): Decision<EscalationEvents> => {
      if (world.setting === null) return NOT_OPEN
      const refusals = refusalsOf(world, data.cells, may, 'cells')
      const officials = officialsIn(world)
      const byMember = new Map<string, CellName[]>()
      data.cells.forEach((one, i) => {
        const who = officialsOf(world, officials, one.unit, 'official')
        if (who.length === 0 && world.setting!.units.get(one.unit) !== undefined)
          refusals.push({ code: 'reminder.nobody', params: { unit: one.unit }, at: `cells.${i}` })
        for (const member of who) byMember.set(member, [...(byMember.get(member) ?? []), one])
      })
      if (refusals.length > 0) return refuse(...refusals)
      return ok([...byMember].map(([member, theirs]) => reminderOf(member, 'office', theirs, data.text)))
    },
  ),
  /** somebody was called about a report */
  NoteCall: command(
    z.strictObject({ ...cell, member: key, text: reason }),
    (world, data, { may }): Decision<ChasingEvents> => {
      if (world.setting === null) return NOT_OPEN
      const refusals = refusalsOf(world, [data], may, '')
      // nobody answers there
      const member = isMachine(data.member) ? undefined : world.members.get(data.member)
      if (member === undefined) refusals.push({ code: 'member.unknown', at: 'member' })
      else if (member.ended) refusals.push({ code: 'member.ended', at: 'member' })
      return refusals.length > 0 ? refuse(...refusals) : ok([{ type: 'CallNoted', data }])
    },
  ),
  /** nobody is reminded of these reports up to and with a day */
  PostponeReminder: command(
    z.strictObject({ cells, until: day, reason }),
    (world, { cells: named, until, reason: why }, { may }): Decision<ChasingEvents> => {
      if (world.setting === null) return NOT_OPEN
      const refusals = refusalsOf(world, named, may, 'cells')
      if (world.today === null || until < world.today)
        refusals.push({ code: 'reminder.past', params: { day: until, today: world.today ?? '' }, at: 'until' })
      if (refusals.length > 0) return refuse(...refusals)
      return ok(named.map((one) => ({ type: 'ReminderPostponed', data: { ...one, until, reason: why } })))
    },
  ),
  /** the sender has opened the reminder that they were sent last; any other changes nothing */
  SeeReminder: command(
    z.strictObject({ reminder: z.int().min(1) }),
    (world, data, { actor }): Decision<ChasingEvents> => {
      if (world.setting === null) return NOT_OPEN
      const last = world.silence.reminded.get(actor.id)
      if (last === undefined || last.seq !== data.reminder || last.seen !== null) return ok([])
      return ok([{ type: 'ReminderSeen', data: { member: actor.id, reminder: data.reminder } }])
    },
  ),
}

/** Locking days against change, and reopening them with a reason (P1–P3). */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import { addDays, type Day } from '../progress/day.ts'
import { day, reason, z } from '../schema.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { withLock, withUnlock } from './steps.ts'

export interface PeriodEvents {
  PeriodLocked: { through: Day }
  PeriodReopened: { through: Day | null; reason: string }
}

const shape = {
  version: 1,
  upcast: [],
  subject: () => 'period',
  cell: () => null,
  figures: () => [],
  movesClock: false,
}

export const periodEvents: EventTable<PeriodEvents> = {
  PeriodLocked: {
    ...shape,
    evolve(world, { data }) {
      world.lockedThrough = data.through
      world.steps = withLock(world.steps, data.through)
    },
  },
  PeriodReopened: {
    ...shape,
    evolve(world, { data }) {
      world.lockedThrough = data.through
      world.steps = withUnlock(world.steps, data.through)
    },
  },
}

type Decision = Result<EventsOf<PeriodEvents>[]>

export const periodCommands = {
  /** locks all days up to and including `through` */
  LockPeriod: command(z.strictObject({ through: day }), (world, { through }): Decision => {
    if (world.setting === null) return refuse({ code: 'programme.notOpen' })
    const { today, lockedThrough: locked } = world
    const refusals: Refusal[] = []
    if (today === null || through >= today)
      refusals.push({ code: 'report.future', params: { day: through, today: today ?? '' }, at: 'through' })
    if (locked !== null && through <= locked)
      refusals.push({ code: 'report.locked', params: { through: locked }, at: 'through' })
    return refusals.length > 0 ? refuse(...refusals) : ok([{ type: 'PeriodLocked', data: { through } }])
  }),
  /** reopens all days from `from` on */
  ReopenPeriod: command(z.strictObject({ from: day, reason }), (world, { from, reason }): Decision => {
    if (world.setting === null) return refuse({ code: 'programme.notOpen' })
    const { lockedThrough: locked } = world
    if (locked === null || from > locked) return refuse({ code: 'period.notLocked', at: 'from' })
    const through = from <= world.setting.programme.startsOn ? null : addDays(from, -1)
    return ok([{ type: 'PeriodReopened', data: { through, reason } }])
  }),
}

/** Locking days against change, what is carried over, and reopening them with a reason (P1–P6). */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import { addDays, type Day, dayNumber, dayOf } from '../progress/day.ts'
import { day, key, reason, z } from '../schema.ts'
import { carry, isOpenState, type OpenState, uncarry } from './carrying.ts'
import { cell, COUNTERS, ITEMS } from './input.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { withLock, withUnlock } from './steps.ts'
import type { CellName } from './values.ts'
import type { World } from './world.ts'

/** Open figures of one report, named when its day is locked. */
export interface Carried extends CellName {
  counters: string[]
}

export interface PeriodEvents {
  /** `carried`: open figures that can still be brought to an end (P5) */
  PeriodLocked: { through: Day; carried?: Carried[] }
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
      carry(world, data.carried ?? [])
      world.steps = withLock(world.steps, data.through)
    },
  },
  PeriodReopened: {
    ...shape,
    evolve(world, { data }) {
      world.lockedThrough = data.through
      uncarry(world, data.through)
      world.steps = withUnlock(world.steps, data.through)
    },
  },
}

type Decision = Result<EventsOf<PeriodEvents>[]>

const carriedItems = z
  .array(z.strictObject({ ...cell, counters: z.array(key).min(1).max(COUNTERS) }))
  .max(ITEMS)
  .optional()

/** Only what is open, and in the period, is carried over (P4). */
function carriedFaults(world: World, through: Day, carried: readonly Carried[]): Refusal[] {
  const { units, counters } = world.setting!
  return carried.flatMap(({ unit, day, counters: named }, i) => {
    const at = `carried.${i}`
    if (!units.isLeaf(unit)) return [{ code: 'unit.unknown', params: { unit }, at: `${at}.unit` }]
    if (day > through) return [{ code: 'period.notOpen', params: { unit, day }, at }]
    return named.flatMap((key): Refusal[] => {
      const counter = counters.get(key)
      if (counter === undefined) return [{ code: 'counter.unknown', params: { key }, at: `${at}.counters.${key}` }]
      return isOpenState(world.cells.state(unit, dayNumber(day), counter))
        ? []
        : [{ code: 'period.notOpen', params: { unit, day, counter: key }, at: `${at}.counters.${key}` }]
    })
  })
}

/** Everything that still waits, is disputed or was returned in the days that would be locked, and is not named (P4). */
function openFaults(world: World, through: Day, carried: readonly Carried[]): Refusal[] {
  const named = new Set(carried.flatMap(({ unit, day, counters }) => counters.map((key) => `${unit}/${day}/${key}`)))
  return openFigures(world, through)
    .filter(({ unit, day, counter }) => !named.has(`${unit}/${day}/${counter}`))
    .map(({ unit, day, counter, state }) => ({
      code: 'period.open',
      params: { unit, day, counter, state },
      at: 'carried',
    }))
}

/** Open figures of the days up to `through` that are not locked yet, in the order of units and days. */
function openFigures({ setting, cells, lockedThrough }: World, through: Day) {
  const { units, counters } = setting!
  const locked = lockedThrough === null ? -Infinity : dayNumber(lockedThrough)
  const found: (CellName & { counter: string; state: OpenState })[] = []
  for (const unit of units.leaves(units.root)) {
    const span = cells.span(unit)
    if (span === null) continue
    for (let n = Math.max(locked + 1, span.first); n <= Math.min(dayNumber(through), span.last); n++)
      for (const [counter, index] of counters) {
        const state = cells.state(unit, n, index)
        if (isOpenState(state)) found.push({ unit, day: dayOf(n), counter, state })
      }
  }
  return found
}

export const periodCommands = {
  /** locks all days up to and including `through`; what is still open there is carried over by name */
  LockPeriod: command(
    z.strictObject({ through: day, carried: carriedItems }),
    (world, { through, carried = [] }): Decision => {
      if (world.setting === null) return refuse({ code: 'programme.notOpen' })
      const { today, lockedThrough: locked } = world
      const refusals: Refusal[] = []
      if (today === null || through >= today)
        refusals.push({ code: 'report.future', params: { day: through, today: today ?? '' }, at: 'through' })
      if (locked !== null && through <= locked)
        refusals.push({ code: 'report.locked', params: { through: locked }, at: 'through' })
      if (refusals.length > 0) return refuse(...refusals)
      refusals.push(...carriedFaults(world, through, carried), ...openFaults(world, through, carried))
      return refusals.length > 0
        ? refuse(...refusals)
        : ok([{ type: 'PeriodLocked', data: { through, ...(carried.length > 0 && { carried }) } }])
    },
  ),
  /** reopens all days from `from` on */
  ReopenPeriod: command(z.strictObject({ from: day, reason }), (world, { from, reason }): Decision => {
    if (world.setting === null) return refuse({ code: 'programme.notOpen' })
    const { lockedThrough: locked } = world
    if (locked === null || from > locked) return refuse({ code: 'period.notLocked', at: 'from' })
    const through = from <= world.setting.programme.startsOn ? null : addDays(from, -1)
    return ok([{ type: 'PeriodReopened', data: { through, reason } }])
  }),
}

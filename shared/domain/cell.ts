/** Whether a report may be written to at all, whatever the values (R3, R4, R40, C20). Free of schemas, so that the browser can import it cheaply. */
import type { Refusal, RefusalCode } from '../errors.ts'
import type { Units } from './units.ts'
import type { CellName } from './values.ts'
import type { Setting, World } from './world.ts'

/** The part of the world that this depends on besides the setting; a page knows it too. */
export type CellClock = Pick<World, 'today' | 'lockedThrough'> &
  Partial<Pick<World, 'over'>> & {
    /** may a counter (key) of the report be written to although its day is locked (P5)? */
    isCarried?: (counter: string) => boolean
  }

/** `a` and `b` as the dotted path of a refusal; either may be empty. */
export const placeIn = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`)

type May = (unit: string) => boolean
/** Every reason why this report may not be written to; `at` is its place in the input. */
export function cellRefusals(
  clock: CellClock,
  { units, programme }: Pick<Setting, 'units' | 'programme'>,
  cell: CellName,
  may: May,
  at: string,
): Refusal[] {
  const refusal = unitRefusal(clock, units, cell.unit, may, at)
  return refusal === null ? dayRefusals(clock, { units, programme }, cell, at) : [refusal]
}

/** The same for the counters (keys) to be written as well; `field` is the input field that names them. */
export function reportRefusals(
  clock: CellClock,
  { units, programme, counters }: Pick<Setting, 'units' | 'programme' | 'counters'>,
  cell: CellName,
  named: readonly string[],
  may: May,
  at: string,
  field: string,
): Refusal[] {
  const refusal = unitRefusal(clock, units, cell.unit, may, at)
  if (refusal !== null) return [refusal]
  const isCarried = named.length > 0 && named.every((counter) => clock.isCarried?.(counter) === true)
  const days = isCarried ? { ...clock, lockedThrough: null } : clock
  const refusals = dayRefusals(days, { units, programme }, cell, at)
  if (named.length === 0) refusals.push({ code: 'report.empty', at: placeIn(at, field) })
  refusals.push(...counterRefusals({ counters }, named, placeIn(at, field)))
  return refusals
}

/** A `counter.unknown` for each key that is none of the programme's; `at` is the place of the field that names them. */
export const counterRefusals = (
  { counters }: Pick<Setting, 'counters'>,
  named: readonly string[],
  at: string,
): Refusal[] =>
  named
    .filter((key) => !counters.has(key))
    .map((key) => ({ code: 'counter.unknown', params: { key }, at: placeIn(at, key) }))

/** Whoever may write to the successor of a unit that has ended may write to that unit too (R41). */
function unitRefusal({ today }: CellClock, units: Units, unit: string, may: May, at: string): Refusal | null {
  const say = (code: RefusalCode): Refusal => ({ code, params: { unit }, at: placeIn(at, 'unit') })
  if (units.get(unit) === undefined) return say('unit.unknown')
  if (!units.heirs(unit, today).some(may)) return say('may.outsideUnit')
  return units.isLeaf(unit) ? null : say('unit.notReporting')
}

function dayRefusals(
  { today, lockedThrough, over }: CellClock,
  { units, programme }: Pick<Setting, 'units' | 'programme'>,
  { unit, day }: CellName,
  at: string,
): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: RefusalCode, params: Refusal['params']) =>
    refusals.push({ code, ...(params && { params }), at: placeIn(at, 'day') })
  // whatever else there is: nothing is taken any more
  if (over != null) return [{ code: 'programme.over', params: { ends: programme.endsOn }, at: placeIn(at, 'day') }]
  const starts = units.startsOn(unit)
  if (today === null || day > today) say('report.future', { day, today: today ?? '' })
  if (day < starts) say('unit.notStarted', { unit, starts })
  if (units.ended(unit, day)) {
    // the successor may have ended by then too, or not have begun
    const into = units.heirs(unit, day).find((heir) => !units.ended(heir, day) && day >= units.startsOn(heir))
    say('unit.ended', { unit, ends: units.endsOn(unit)!, ...(into !== undefined && { into }) })
  }
  if (lockedThrough !== null && day <= lockedThrough) say('report.locked', { through: lockedThrough })
  return refusals
}

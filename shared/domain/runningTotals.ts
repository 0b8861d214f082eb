/** Running totals (累计) as they were reported, beside the figures that they came to (F21, F26–F28). */
import { openingOf } from './balance.ts'
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import type { TotalBase } from './deriving.ts'
import type { Table } from './table.ts'
import type { Setting, StoredTotal, StoredTotals, World } from './world.ts'

/** The key under which `World.totals` holds those of a unit's counter (key). */
export const totalsKey = (unit: string, counter: string): string => `${unit}/${counter}`

type Totals = Table<string, StoredTotals>

/** Totals of the unit's counter (key), by day. */
export const totalsOf = ({ totals }: Pick<World, 'totals'>, unit: string, counter: string): StoredTotals =>
  totals.get(totalsKey(unit, counter)) ?? []

/** Puts a total in its place by day; it takes the place of one for the same day. */
export const withTotal = (totals: StoredTotals, total: StoredTotal): StoredTotals => [
  ...totals.filter(({ day }) => day < total.day),
  total,
  ...totals.filter(({ day }) => day > total.day),
]

/** What was withdrawn is no basis any more: the total goes with the figure. The log and the history keep both. */
export function withdrawTotals(totals: Totals, unit: string, day: Day, counters: Iterable<string>): void {
  const n = dayNumber(day)
  for (const counter of counters) {
    const all = totals.get(totalsKey(unit, counter))
    if (all?.some((stored) => stored.day === n) === true)
      totals.set(
        totalsKey(unit, counter),
        all.filter((stored) => stored.day !== n),
      )
  }
}

/** Takes totals of days after `today` (null: of all days) out, when days are taken back (C18, C19); those, by unit and counter (key). */
export function forgetTotals(
  totals: Totals,
  today: Day | null,
): { unit: string; counter: string; stored: StoredTotal }[] {
  const last = today === null ? -Infinity : dayNumber(today)
  return [...totals.entries()].flatMap(([key, all]) => {
    const gone = all.filter(({ day }) => day > last)
    if (gone.length > 0)
      totals.set(
        key,
        all.filter(({ day }) => day <= last),
      )
    const [unit, counter] = key.split('/') as [string, string]
    return gone.map((stored) => ({ unit, counter, stored }))
  })
}

/** A figure has got another value: the totals from its day on stay as reported, and know by how much it has changed. */
export function noteCorrection(
  world: Pick<World, 'totals'>,
  unit: string,
  day: number,
  counter: string,
  before: number | null,
  after: number | null,
): void {
  // a blank is no correction: what was given late was in the total, or is asked about as a gap
  if (before === null || after === null || before === after) return
  const all = totalsOf(world, unit, counter)
  if (!all.some((stored) => stored.day >= day)) return
  const more = (stored: StoredTotal) =>
    stored.day < day ? stored : { ...stored, changed: stored.changed + after - before }
  world.totals.set(totalsKey(unit, counter), all.map(more))
}

/** Figures and totals as a derivation sees them: those of the world, and what earlier items of a command bring. */
export interface TotalScene {
  setting: Setting
  totals(unit: string, counter: string): StoredTotals
  /** value of a figure; days by number, the counter by index; null = blank */
  value(unit: string, day: number, counter: number): number | null
  /** what is counted up to the end of the day, with what was counted before the programme's first */
  counted(unit: string, day: number, counter: number): number
}

/** The scene of the world as it stands. */
export const totalScene = (world: Pick<World, 'cells' | 'totals'>, setting: Setting): TotalScene => ({
  setting,
  totals: (unit, counter) => totalsOf(world, unit, counter),
  value: (unit, day, counter) => world.cells.value(unit, day, counter),
  counted: (unit, day, counter) => world.cells.totalThrough(unit, day, counter) + openingOf(setting, unit, counter),
})

/** What a total of the counter (key) for the day would be held against. */
export function totalBaseOf(scene: TotalScene, unit: string, day: Day, counter: string): TotalBase {
  const n = dayNumber(day)
  const all = scene.totals(unit, counter)
  const own = all.find((stored) => stored.day === n)?.total ?? null
  const last = all.findLast((stored) => stored.day < n)
  if (last === undefined) return { own, last: null, between: 0, blank: 0, changed: 0 }
  const { sum, blank } = daysBetween(scene, unit, counter, last.day, n - 1)
  return {
    own,
    last: { day: dayOf(last.day), total: last.total },
    between: sum,
    blank,
    changed: last.changed,
  }
}

/** Of the days after `from` up to `to` (day numbers): the sum of what was given, and of how many a figure is expected and not given. */
export function daysBetween(
  { setting, value }: Pick<TotalScene, 'setting' | 'value'>,
  unit: string,
  counter: string,
  from: number,
  to: number,
): { sum: number; blank: number } {
  const index = setting.counters.get(counter)!
  let [sum, blank] = [0, 0]
  for (let n = from + 1; n <= to; n++) {
    const given = value(unit, n, index)
    if (given !== null) sum += given
    else if (setting.rhythm.expects(unit, index, n)) blank++
  }
  return { sum, blank }
}

/** Somebody has said why the days up to this one differ from its total: so much is known from now on (F28). */
export function explainTotal(
  world: Pick<World, 'totals' | 'cells' | 'setting'>,
  unit: string,
  day: Day,
  counter: string,
): void {
  const n = dayNumber(day)
  const all = totalsOf(world, unit, counter)
  const at = all.findIndex((stored) => stored.day === n)
  const last = all[at - 1]
  if (last === undefined) return
  const { sum } = daysBetween(totalScene(world, world.setting!), unit, counter, last.day, n)
  const off = sum - (all[at]!.total - last.total)
  world.totals.set(totalsKey(unit, counter), all.with(at, { ...all[at]!, off }))
}

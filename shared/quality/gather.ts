/** What the tests look at, gathered from the figures: the unit's latest days, its neighbours' day, its running totals. */
import type { Cells } from '../domain/cells.ts'
import { daysBetween } from '../domain/runningTotals.ts'
import { type Day, dayOf } from '../progress/day.ts'
import { isPeriodic } from '../progress/rhythm.ts'
import { median } from '../progress/usual.ts'
import { COPIED_REPORTS } from './copied.ts'
import { HEAPING_FIGURES, LEAST_HEAPED } from './heaping.ts'
import { JUMP_CORRECTIONS } from './jump.ts'
import { LANDING_TOTALS, type Mark } from './landing.ts'
import { dayFactor, OUTLIER_DAYS } from './outlier.ts'
import type { CopiedEvidence, DayValue } from './question.ts'
import type { Scene } from './scene.ts'
import type { TotalSpan } from './total.ts'

/** How many days back any test looks, of daily figures; of periods as many as usual values do (R36). */
const LOOK_BACK = 90

const values = (cells: Cells, unit: string, n: number, counters: number): (number | null)[] =>
  Array.from({ length: counters }, (_, c) => cells.value(unit, n, c))

/** Up to `most` values of days from `last` back that are `wanted`, oldest first. */
function latest(
  { setting, cells }: Scene,
  unit: string,
  counter: number,
  last: number,
  most: number,
  wanted: (n: number, value: number) => boolean,
): DayValue[] {
  const found: DayValue[] = []
  const first = Math.max(cells.span(unit)?.first ?? Infinity, last - setting.rhythm.lookBack(unit, counter))
  for (let n = last; n >= first && found.length < most; n--) {
    const value = cells.value(unit, n, counter)
    if (value !== null && wanted(n, value)) found.push({ day: dayOf(n), value })
  }
  return found.reverse()
}

/** Values of the latest days before `n` of the same kind, without disputed ones, as R36 has them. */
export function comparable(scene: Scene, unit: string, counter: number, n: number): DayValue[] {
  const { rhythm, calendar } = scene.setting
  const periodic = isPeriodic(rhythm.of(unit, counter))
  const kindOf = (day: number) => (periodic ? rhythm.kind(unit, counter, day) : Number(calendar.isWorkNumber(day)))
  const kind = kindOf(n)
  const isLike = (day: number) => kindOf(day) === kind && scene.cells.state(unit, day, counter) !== 'disputed'
  return latest(scene, unit, counter, n - 1, OUTLIER_DAYS, isLike)
}

/** Of more units beside each other some stand for all. */
const BESIDE = 60

/** How much of their usual work the unit and those beside it did on a day; see `dayFactor`. */
export function factorOf(scene: Scene, unit: string, counter: number, n: number): number {
  scene.leaned?.()
  const { units } = scene.setting
  const { parent } = units.get(unit)!
  if (parent === null) return 1
  return scene.factor(`${parent}/${counter}/${n}`, () => {
    const beside = units.children(parent).filter((code) => units.isLeaf(code))
    const step = Math.ceil(beside.length / BESIDE)
    return dayFactor(
      beside.flatMap((code, i) => {
        const value = i % step === 0 ? scene.cells.value(code, n, counter) : null
        const past = value === null ? [] : comparable(scene, code, counter, n)
        return value === null || past.length === 0 ? [] : [{ value, usual: median(past.map((p) => p.value)) }]
      }),
    )
  })
}

/** The unit's latest reports up to and with the day, oldest first. */
export function reportsOf({ setting, cells }: Scene, unit: string, n: number): CopiedEvidence['reports'] {
  const found: { day: Day; values: (number | null)[] }[] = []
  const first = Math.max(cells.span(unit)?.first ?? Infinity, n - LOOK_BACK)
  for (let day = n; day >= first && found.length < COPIED_REPORTS; day--) {
    const report = values(cells, unit, day, setting.counters.size)
    if (report.some((value) => value !== null)) found.push({ day: dayOf(day), values: report })
  }
  return found.reverse()
}

/** The latest figures that have a last digit to look at, oldest first; none from `after` or before (a day number) when it is given. */
export const heapable = (scene: Scene, unit: string, counter: number, n: number, after: number | null): DayValue[] =>
  latest(
    scene,
    unit,
    counter,
    n,
    HEAPING_FIGURES,
    (day, value) => value >= LEAST_HEAPED && (after === null || day > after),
  )

/** Is there a later figure of the counter with a last digit to look at? What heaps is asked about at the newest alone. */
export function isHeapedLater({ cells }: Scene, unit: string, counter: number, n: number): boolean {
  const last = cells.span(unit)?.last ?? n
  for (let day = n + 1; day <= last; day++) if ((cells.value(unit, day, counter) ?? 0) >= LEAST_HEAPED) return true
  return false
}

/** By how much corrections changed the counter's figures of the latest other days, of each day the most, oldest first. */
export function corrections({ setting, cells }: Scene, unit: string, counter: number, n: number): DayValue[] {
  const span = cells.span(unit)
  const found: DayValue[] = []
  const first = Math.max(span?.first ?? Infinity, (span?.last ?? 0) - setting.rhythm.lookBack(unit, counter))
  for (let day = span?.last ?? 0; day >= first && found.length < JUMP_CORRECTIONS; day--) {
    const { swing } = cells.figure(unit, day, counter)
    if (day !== n && swing !== undefined) found.push({ day: dayOf(day), value: swing })
  }
  return found.reverse()
}

/** Running totals of the latest days up to and with this one, oldest first. */
export function totalsOf({ cells }: Scene, unit: string, counter: number, n: number): DayValue[] {
  const found: DayValue[] = []
  let total = cells.totalThrough(unit, n, counter)
  for (let day = n; day > n - LANDING_TOTALS; day--) {
    found.push({ day: dayOf(day), value: total })
    total -= cells.counted(unit, day, counter)
  }
  return found.reverse()
}

/** What the targets in force say of the unit's running total of a counter: their ends, and their lines at the end of the day. */
export function marksOf({ setting, plans }: Scene, unit: string, counter: number, day: Day): Mark[] {
  const { programme } = setting
  const { key } = programme.counters[counter]!
  const baseline = programme.baselines.findLast((b) => b.inForceFrom <= day) ?? programme.baselines[0]
  return (baseline?.targets ?? []).flatMap((target): Mark[] => {
    if (target.counter !== key || target.measure === 'rate') return []
    const plan = plans.get(baseline!.key, target.key)
    const end = plan?.allocation.threshold(unit)
    if (end === undefined) return []
    const at = plan!.path(unit)!.at(day)
    const line =
      day > target.path.from && day < target.due ? [{ target: target.key, line: true, mark: Math.ceil(at) }] : []
    return [{ target: target.key, line: false, mark: end }, ...line]
  })
}

/** The running total of the day and the one before it, with the days between them; null where there are not both. */
export function spanOf({ setting, cells, totals }: Scene, unit: string, counter: number, n: number): TotalSpan | null {
  const { key } = setting.programme.counters[counter]!
  const all = totals(unit, key)
  const at = all.findIndex(({ day }) => day === n)
  const [own, last] = [all[at], all[at - 1]]
  if (own === undefined || last === undefined) return null
  const value = (code: string, day: number, c: number) => cells.value(code, day, c)
  const { sum, blank } = daysBetween({ setting, value }, unit, key, last.day, n)
  return { total: own.total, last: last.total, since: dayOf(last.day), sum, blank, off: own.off }
}

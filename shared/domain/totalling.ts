/** What the running totals of a submission come to: figures of days, each by the totals before it (F21–F25). */
import { ok, type Refusal, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import type { Figure } from './cells.ts'
import { belowCounted, deriveTotal, type TotalBase } from './deriving.ts'
import type { ReportItem } from './input.ts'
import { noteCorrection, totalBaseOf, type TotalScene, totalScene, totalsKey, withTotal } from './runningTotals.ts'
import type { Values } from './values.ts'
import type { Setting, World } from './world.ts'

/** Counters that an item names, by a value or by a total. */
export const countersOf = ({ values, totals = {} }: Pick<ReportItem, 'values' | 'totals'>): string[] => [
  ...Object.keys(values),
  ...Object.keys(totals),
]

/** An item with the figures that its totals come to. */
export interface Totalled {
  item: ReportItem
  /** counters (keys) whose figure follows from a total */
  derived: ReadonlySet<string>
  /** what has to be confirmed about them; `at` is the counter's key */
  asks: readonly Refusal[]
  /** totals that are not stored yet, and how far they are known to differ from the days */
  totals: Values
  off: Record<string, number>
}

/** The totals and figures that items are judged by: those of the world, and what the items before have brought. */
export interface PendingTotals {
  scene: TotalScene
  bring(totalled: Totalled, values: Values, seq: number): void
}

/** Items in the order in which they are judged: totals follow from those of earlier days (F21). */
export function inOrder(items: readonly ReportItem[]): [number, ReportItem][] {
  const order = [...items.entries()]
  const isPlain = items.every(({ totals }) => totals === undefined)
  return isPlain ? order : order.sort(([i, a], [j, b]) => (a.day < b.day ? -1 : a.day > b.day ? 1 : i - j))
}

export function pendingTotals(world: World, setting: Setting): PendingTotals {
  const totals = world.totals.fork()
  const values = new Map<string, number>()
  const here = totalScene({ cells: world.cells, totals }, setting)
  const name = (unit: string, day: number, counter: number) => `${unit}/${day}/${counter}`
  const value = (unit: string, day: number, counter: number) =>
    values.get(name(unit, day, counter)) ?? here.value(unit, day, counter)
  /** by how much the items before have moved what is counted, by day */
  const moved = new Map<string, Map<number, number>>()
  const counted = (unit: string, day: number, counter: number) => {
    let sum = here.counted(unit, day, counter)
    for (const [n, by] of moved.get(`${unit}/${counter}`) ?? []) if (n <= day) sum += by
    return sum
  }
  return {
    scene: { ...here, value, counted },
    bring({ item, totals: more, off }, changed, version) {
      const { unit } = item
      const day = dayNumber(item.day)
      for (const key in changed) {
        const counter = setting.counters.get(key)!
        noteCorrection({ totals }, unit, day, key, value(unit, day, counter), changed[key]!)
        const about = `${unit}/${counter}`
        const by = changed[key]! - world.cells.counted(unit, day, counter)
        moved.set(about, (moved.get(about) ?? new Map<number, number>()).set(day, by))
        values.set(name(unit, day, counter), changed[key]!)
      }
      for (const key in more) {
        const stored = { day, total: more[key]!, version, by: '', at: 0, changed: 0, off: off[key] ?? 0 }
        totals.set(totalsKey(unit, key), withTotal(here.totals(unit, key), stored))
      }
    },
  }
}

/** Refusals: `total.fall`, `total.corrected`, and a reason where a total of a due day takes the place of another. */
export function totalled(
  scene: TotalScene,
  world: Pick<World, 'cells'>,
  item: ReportItem,
  isDue: boolean,
  at: string,
): Result<Totalled> {
  const { unit, day, totals } = item
  const found = { item, derived: new Set<string>(), asks: [] as Refusal[], totals: {} as Values }
  const off: Record<string, number> = {}
  if (totals === undefined) return ok({ ...found, off })
  const refusals: Refusal[] = []
  const values: Values = { ...item.values }
  for (const key in totals) {
    const total = totals[key]!
    const figure = world.cells.figure(unit, dayNumber(day), scene.setting.counters.get(key)!)
    const base = totalBaseOf(scene, unit, day, key)
    const given = item.values[key]
    if (base.last === null && base.own !== total) {
      const own = given === undefined ? 0 : given - (figure.value ?? 0)
      const counted = scene.counted(unit, dayNumber(day), scene.setting.counters.get(key)!) + own
      found.asks.push(...belowCounted(total, counted).map((ask) => ({ ...ask, at: key })))
    }
    if (base.own !== null && base.own !== total && isDue && item.reason === undefined)
      refusals.push({ code: 'report.reasonRequired', at: `${at}.reason` })
    if (given !== undefined) {
      if (base.own === total) continue
      found.totals[key] = total
      const apart = apartOf(base, total, given)
      if (apart !== 0 && apart === -base.changed) off[key] = apart
      continue
    }
    if (isSettled(base, total, figure)) continue
    const derived = deriveTotal(base, total, item.holds?.[key])
    if (derived.kind === 'choose' || derived.kind === 'fall') {
      refusals.push({ ...derived.refusal, at: `${at}.totals.${key}` })
      continue
    }
    if (base.own !== total) found.totals[key] = total
    if (derived.kind === 'opening') continue
    values[key] = derived.value
    found.derived.add(key)
    found.asks.push(...derived.asks.map((ask) => ({ ...ask, at: key })))
    if (derived.off === 0) continue
    found.totals[key] = total
    off[key] = derived.off
  }
  return refusals.length > 0 ? { ok: false, refusals } : ok({ ...found, item: { ...item, values }, off })
}

/** The same total again says nothing new while its figure stands; whatever has become of other days since. */
export const isSettled = (base: TotalBase, total: number, { value, state }: Pick<Figure, 'value' | 'state'>): boolean =>
  base.own === total && value !== null && state !== 'returned'

/** By how much the days would differ from the totals, if the day's figure was this one. */
const apartOf = ({ last, between }: TotalBase, total: number, value: number): number =>
  last === null ? 0 : between + value - (total - last.total)

/** Sharing a target out to the units below it: typed parts first, the rest in proportion to a base (B1–B6). */
import type { Programme, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import type { Day } from './day.ts'
import { ceiling, decimal, minus, numberOf, product } from './exact.ts'

export interface Allocation {
  /** the unit's part of the threshold (permits, or permits per day); undefined when it has none */
  threshold(unit: string): number | undefined
  /** true when it has none because it, or a unit above it, has no base where others beside it have one (B4) */
  lacksBase(unit: string): boolean
  /** the unit's base of a coverage, else the one by which the threshold is shared out; undefined when it has none */
  base(unit: string): number | undefined
  /** the unit's value on the eve of the path; 0 when it has none */
  start(unit: string): number
}

/** A unit's base, in its latest version; undefined when there is none (B1). */
export function baseValue(programme: Programme, key: string, unit: string): number | undefined {
  let found: number | undefined
  for (const b of programme.bases) if (b.key === key && b.unit === unit) found = b.value
  return found
}

/**
 * The parts of a target for its unit and all units below it; `inForceFrom` is that of its baseline. A coverage becomes a
 * count: threshold × base of the target's unit. Parts are whole numbers by largest remainder, so that children sum to
 * their parent; those of a rate have the decimals of its threshold (B3). A unit without a base beside others that have
 * one has no part (B4), one that had ended before the baseline was in force only a typed part (B6).
 */
export function allocate(programme: Programme, units: Units, target: Target, inForceFrom: Day): Allocation {
  const thresholds = new Map<string, number>()
  const starts = new Map<string, number>()
  const share = target.measure === 'coverage' ? target.base : target.shareBy
  // the latest version of each unit's base is listed last
  const bases = new Map(programme.bases.filter((b) => b.key === share).map((b) => [b.unit, b.value]))
  const baseOf = (unit: string) => bases.get(unit) ?? 0
  const isOut = (unit: string) => isGone(units, unit, inForceFrom)
  const weight = (unit: string) => (isOut(unit) ? 0 : baseOf(unit))
  const isRate = target.measure === 'rate'
  /** parts are multiples of its inverse */
  const fine = isRate ? decimal(target.threshold).d : 1n
  const whole = target.measure === 'coverage' ? baseOf(target.unit) : 1
  const lacking = new Set<string>()
  thresholds.set(target.unit, isRate ? target.threshold : ceilOf(target.threshold, whole))
  starts.set(target.unit, subtreeSum(target.path.start, target.unit))
  down(target.unit)
  return {
    threshold: (unit) => thresholds.get(unit),
    base: (unit) => bases.get(unit),
    lacksBase: (unit) => units.chain(unit).some((up) => lacking.has(up)),
    start: (unit) => starts.get(unit) ?? 0,
  }

  function down(unit: string): void {
    const children = units.children(unit)
    if (children.length === 0) return
    const part = thresholds.get(unit)!
    const typed = children.map((c) => target.allocation[c])
    const given = typed.reduce<number>((s, t) => s + (t ?? 0), 0)
    const rest = numberOf(minus(decimal(part), decimal(given)))
    const open = children.filter((c, i) => typed[i] === undefined && !isOut(c))
    const parts = shareOut(Math.max(0, rest), open.map(weight), fine)
    open.forEach((c, i) => (weight(c) > 0 ? thresholds.set(c, parts![i]!) : lacking.add(c)))
    children.forEach((c, i) => {
      if (typed[i] !== undefined) thresholds.set(c, typed[i])
    })
    // where nobody has a part it is not shared out, and nothing is lacking beside others
    if (!children.some((c) => thresholds.has(c))) open.forEach((c) => lacking.delete(c))
    const begun = starts.get(unit)!
    const starting = children.map((c) => subtreeSum(target.path.start, c))
    const left = begun - starting.reduce((s, g) => s + g, 0)
    const more = left > 0 ? shareOut(left, children.map(weight)) : null
    children.forEach((c, i) => starts.set(c, starting[i]! + (more?.[i] ?? 0)))
    for (const c of children) if (thresholds.has(c)) down(c)
  }

  function subtreeSum(given: Record<string, number>, unit: string): number {
    let sum = 0
    for (const [code, n] of Object.entries(given)) if (units.within(code, unit)) sum += n
    return sum
  }
}

/** True when everything that reports at the unit or below it has ended before the baseline is in force (B6). */
export function isGone(units: Units, unit: string, inForceFrom: Day): boolean {
  const last = units.lastDay(unit)
  return last !== null && last < inForceFrom
}

/** ⌈share × n⌉, exactly: both are the decimals that were written (0.07 and not the binary number next to it) (B2). */
export const ceilOf = (share: number, n: number): number => Number(ceiling(product(decimal(share), decimal(n))))

/**
 * Splits `total` into parts in proportion to the weights, whole multiples of 1 ÷ `fine`, by largest remainder, ties to the
 * earlier; null when all weights are 0. Exact: products may be beyond what a number holds, and remainders that are equal
 * are compared as equal.
 */
export function shareOut(total: number, weights: readonly number[], fine = 1n): number[] | null {
  const exact = weights.map(decimal)
  // decimals have powers of ten below them: the largest holds all
  const scale = exact.reduce((most, { d }) => (d > most ? d : most), 1n)
  const scaled = exact.map(({ n, d }) => n * (scale / d))
  const weight = scaled.reduce((sum, w) => sum + w, 0n)
  if (weight <= 0n) return null
  const { n, d } = decimal(total)
  const whole = (n * fine) / d
  const parts = scaled.map((w) => (whole * w) / weight)
  const remainders = scaled.map((w, i) => ({ i, left: (whole * w) % weight }))
  remainders.sort((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1))
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n))
  for (const { i } of remainders.slice(0, left)) parts[i]!++
  return parts.map((part) => numberOf({ n: part, d: fine }))
}

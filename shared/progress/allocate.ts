/** Sharing a target out to the units below it: typed parts first, the rest in proportion to a base (B1–B6). */
import type { Programme, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import type { Day } from './day.ts'

export interface Allocation {
  /** the unit's part of the threshold (permits, or permits per day); undefined when it has none */
  threshold(unit: string): number | undefined
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
 * their parent (B3). A unit that had ended before the baseline was in force has only a typed part (B6).
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
  const whole = target.measure === 'coverage' ? baseOf(target.unit) : 1
  thresholds.set(target.unit, ceilOf(target.threshold, whole))
  starts.set(target.unit, subtreeSum(target.path.start, target.unit))
  down(target.unit)
  return { threshold: (unit) => thresholds.get(unit), start: (unit) => starts.get(unit) ?? 0 }

  function down(unit: string): void {
    const children = units.children(unit)
    if (children.length === 0) return
    const part = thresholds.get(unit)!
    const typed = children.map((c) => target.allocation[c])
    const rest = part - typed.reduce<number>((s, t) => s + (t ?? 0), 0)
    const open = children.filter((c, i) => typed[i] === undefined && !isOut(c))
    const parts = shareOut(Math.max(0, rest), open.map(weight))
    if (parts !== null || open.length === 0) {
      open.forEach((c, i) => thresholds.set(c, parts![i]!))
      children.forEach((c, i) => {
        if (typed[i] !== undefined) thresholds.set(c, typed[i])
      })
    }
    const begun = starts.get(unit)!
    const given = children.map((c) => subtreeSum(target.path.start, c))
    const left = begun - given.reduce((s, g) => s + g, 0)
    const more = left > 0 ? shareOut(left, children.map(weight)) : null
    children.forEach((c, i) => starts.set(c, given[i]! + (more?.[i] ?? 0)))
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

/**
 * ⌈decimal × n⌉, exactly: the decimal is what was written (0.07 and not the binary number next to it), `n` a whole number
 * (B2).
 */
export function ceilOf(decimal: number, n: number): number {
  const [digits, power] = decimal.toExponential().split('e') as [string, string]
  const [first, fraction = ''] = digits.split('.') as [string, string?]
  const product = BigInt(first + fraction) * BigInt(n)
  const exponent = Number(power) - fraction.length
  if (exponent >= 0) return Number(product * 10n ** BigInt(exponent))
  const unit = 10n ** BigInt(-exponent)
  return Number((product + unit - 1n) / unit)
}

/**
 * Splits `total` into whole parts in proportion to the weights (whole numbers all), by largest remainder, ties to the
 * earlier; null when all weights are 0. Exact: products may be beyond what a number holds, and remainders that are equal
 * are compared as equal.
 */
export function shareOut(total: number, weights: readonly number[]): number[] | null {
  const weight = weights.reduce((sum, w) => sum + BigInt(w), 0n)
  if (weight <= 0n) return null
  const products = weights.map((w) => BigInt(total) * BigInt(w))
  const parts = products.map((product) => Number(product / weight))
  const remainders = products.map((product, i) => ({ i, left: product % weight }))
  remainders.sort((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1))
  const left = total - parts.reduce((sum, part) => sum + part, 0)
  for (const { i } of remainders.slice(0, left)) parts[i]!++
  return parts
}

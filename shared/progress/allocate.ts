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
  const baseOf = (unit: string) => (share === null ? 0 : (baseValue(programme, share, unit) ?? 0))
  const isGone = (unit: string) => units.leaves(unit).every((leaf) => units.ended(leaf, inForceFrom))
  const weight = (unit: string) => (isGone(unit) ? 0 : baseOf(unit))
  const top = target.measure === 'coverage' ? target.threshold * baseOf(target.unit) : target.threshold
  thresholds.set(target.unit, Math.ceil(top - 1e-9))
  starts.set(target.unit, subtreeSum(target.path.start, target.unit))
  down(target.unit)
  return { threshold: (unit) => thresholds.get(unit), start: (unit) => starts.get(unit) ?? 0 }

  function down(unit: string): void {
    const children = units.children(unit)
    if (children.length === 0) return
    const part = thresholds.get(unit)!
    const typed = children.map((c) => target.allocation[c])
    const rest = part - typed.reduce<number>((s, t) => s + (t ?? 0), 0)
    const open = children.filter((c, i) => typed[i] === undefined && !isGone(c))
    const parts = shareOut(Math.max(0, rest), open.map(weight))
    if (parts !== null || open.length === 0)
      children.forEach((c, i) => {
        const own = typed[i] ?? parts?.[open.indexOf(c)]
        if (own !== undefined) thresholds.set(c, own)
      })
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

/** Splits `total` into whole parts in proportion to the weights, by largest remainder (ties to the earlier); null when all weights are 0. */
export function shareOut(total: number, weights: readonly number[]): number[] | null {
  const weight = weights.reduce((s, w) => s + w, 0)
  if (weight <= 0) return null
  const exact = weights.map((w) => (total * w) / weight)
  const parts = exact.map(Math.floor)
  const order = exact.map((e, i) => [e - Math.floor(e), i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  let left = Math.round(total - parts.reduce((s, p) => s + p, 0))
  for (const [, i] of order) {
    if (left-- <= 0) break
    parts[i]!++
  }
  return parts
}

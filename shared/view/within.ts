/** Which units a unit's scope holds rows of, so that both ends agree without asking. */
import type { Units } from '../domain/units.ts'

/** Grandchildren that a scope holds rows of at most; with more of them none has a row. */
export const GRANDCHILDREN = 200

/** The unit, its children, and its grandchildren while these are at most 200, in that order. */
export function unitsInScope(units: Units, unit: string): readonly string[] {
  const children = units.children(unit)
  const grandchildren = grandchildrenOf(units, unit)
  return [unit, ...children, ...(grandchildren.length <= GRANDCHILDREN ? grandchildren : [])]
}

/** Reporting units below that have no row of their own in the unit's scope; sums stand for them. */
export function unitsBelowScope(units: Units, unit: string): readonly string[] {
  const own = new Set(unitsInScope(units, unit))
  return units.leaves(unit).filter((leaf) => !own.has(leaf))
}

const grandchildrenOf = (units: Units, unit: string): readonly string[] =>
  units.children(unit).flatMap((child) => units.children(child))

/** Which `unit:` scopes a unit's rows belong to. */
import type { State } from '../view.ts'

/** The unit's own page and its parent's. */
export function scopesWithParent({ ledger }: State, unit: string): string[] {
  const parent = ledger!.frame.units.get(unit)!.parent
  return parent === null ? [`unit:${unit}`] : [`unit:${unit}`, `unit:${parent}`]
}

/** The unit's own page and those of the two levels above. */
export const scopesTwoUp = ({ ledger }: State, unit: string): string[] =>
  ledger!.frame.units
    .chain(unit)
    .slice(0, 3)
    .map((up) => `unit:${up}`)

/** The unit's own page and all above. */
export const scopesUpwards = ({ ledger }: State, unit: string): string[] =>
  ledger!.frame.units.chain(unit).map((up) => `unit:${up}`)

/** Which of the figures that targets lean on are planning values. Pure. */
import type { Base, Baseline } from '../../../shared/domain/programme.ts'
import type { Setting } from '../../../shared/domain/world.ts'

/**
 * Of the targets that concern a unit: parts below a target's own unit, by a baseline that is not official, and bases that are
 * not official in the version that holds. Null where neither is a planning value, or there is none.
 */
export function planningOf(
  { programme, units }: Pick<Setting, 'programme' | 'units'>,
  baseline: Baseline,
  unit: string,
): 'shares' | 'bases' | 'both' | null {
  const latest = new Map<string, Base>()
  for (const base of programme.bases) latest.set(`${base.key} ${base.unit}`, base)
  const targets = baseline.targets.filter((t) => units.within(unit, t.unit) || units.within(t.unit, unit))
  const leans = targets.map((target) => {
    const key = target.base ?? target.shareBy
    const bases = [...latest.values()].filter((b) => b.key === key && units.within(b.unit, target.unit))
    const below = [...bases.map((b) => b.unit), ...Object.keys(target.allocation)]
    return { bases, isShared: below.some((code) => code !== target.unit) }
  })
  const shares = !baseline.official && leans.some(({ isShared }) => isShared)
  const bases = leans.some((l) => l.bases.some(({ official }) => !official))
  if (shares && bases) return 'both'
  return shares ? 'shares' : bases ? 'bases' : null
}

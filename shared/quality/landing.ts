/** Does a running total land exactly on a target? (R48) */
import type { DayValue, LandingEvidence } from './question.ts'

/** Running totals that the evidence shows. */
export const LANDING_TOTALS = 8

/** What a target says of a unit: its end, or its line at the end of the day. */
export type Mark = Pick<LandingEvidence, 'target' | 'line' | 'mark'>

/** `totals`: running totals at the end of the latest days, oldest first; the last is that of the figure. It must have come from below. */
export function landing(totals: readonly DayValue[], marks: readonly Mark[]): LandingEvidence | null {
  const [before, after] = [totals.at(-2)?.value ?? 0, totals.at(-1)?.value ?? 0]
  if (after <= before) return null
  const found = marks.find(({ mark }) => mark === after)
  return found === undefined ? null : { ...found, totals }
}

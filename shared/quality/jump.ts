/** Is a correction far larger than the unit's own former ones? (R50) */
import type { DayValue, JumpEvidence } from './question.ts'

/** How many former corrections are compared with. */
export const JUMP_CORRECTIONS = 30
/** How much larger than the largest of them in its own direction a correction may be. */
const TIMES = 3.2
/** No correction of less is asked about: in permits, and as a share of the larger of the two values. */
const LEAST = 20
const SHARE = 0.6

/** `former`: by how much corrections changed the counter's figures of other days, of each day the most, oldest first. */
export function jump(was: number, value: number, former: readonly DayValue[]): JumpEvidence | null {
  const direction = Math.sign(value - was)
  const largest = Math.max(0, ...former.map((f) => f.value * direction))
  const limit = Math.floor(Math.max(LEAST, TIMES * largest, SHARE * Math.max(was, value)))
  return Math.abs(value - was) <= limit ? null : { was, value, former, limit }
}

/** The steps of the clock: the days that began and the end, each with what was before it, so that it can be taken back (C18). */
import type { Day } from '../progress/day.ts'
import type { Reached } from './silence.ts'

export interface Step {
  kind: 'began' | 'ended'
  /** the day that began, or the day on which the programme was over */
  day: Day
  /** of its event */
  seq: number
  /** as it was before */
  today: Day | null
  closed: Day | null
  /** days up to this one would be locked without the step: only those that could be locked on the day before it */
  lockedThrough: Day | null
  /** how far silence had escalated before it */
  reached: Reached
}

/** Did the day itself begin? A day that others have skipped did not: nobody could report on it that day (C15). */
export function hasBegun(steps: readonly Step[], day: Day): boolean {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle]!.day < day) low = middle + 1
    else high = middle
  }
  return steps[low]?.day === day && steps[low]!.kind === 'began'
}

/** Days up to `through` were locked: without a step only if they could have been. */
export const withLock = (steps: readonly Step[], through: Day): readonly Step[] =>
  steps.map((step) =>
    step.today !== null && through < step.today && (step.lockedThrough === null || through > step.lockedThrough)
      ? { ...step, lockedThrough: through }
      : step,
  )

/** Days were opened again, so that those up to `through` stay locked; null = none. */
export const withUnlock = (steps: readonly Step[], through: Day | null): readonly Step[] =>
  steps.map((step) =>
    step.lockedThrough !== null && (through === null || through < step.lockedThrough)
      ? { ...step, lockedThrough: through }
      : step,
  )

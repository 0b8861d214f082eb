/** A clock that runs through the working hours of simulated days at a pace of its own, and stands still between them. */
import type { Day } from '../../../shared/progress/day.ts'
import { momentOf } from '../simulate/clock.ts'
import { OPENING } from '../simulate/steps.ts'

/** When the last office closes, local time. */
const CLOSING = '19:00'

export interface PacedClock {
  now(): Date
  /** real ms until the clock shows that moment (ms since 1970, UTC) of the running day; ≤ 0 when it is past */
  until(at: number): number
  /** the running day is over after this many real ms */
  untilClosing(): number
  /** runs from the opening of that day, or from a later moment of it */
  begin(day: Day, from?: number): void
}

/** `dayMs`: real ms from opening to closing. `start`: what it shows before the first day. */
export function pacedClock(timeZone: string, dayMs: number, start: number): PacedClock {
  let from = start
  let to = start
  let began = 0
  let rate = 0

  const shown = () => Math.min(to, from + (performance.now() - began) * rate)
  return {
    now: () => new Date(shown()),
    until: (at) => (at - from) / rate - (performance.now() - began),
    untilClosing: () => (to - from) / rate - (performance.now() - began),
    begin(day, at) {
      const opening = momentOf(day, OPENING, timeZone)
      to = momentOf(day, CLOSING, timeZone)
      from = Math.max(at ?? opening, shown())
      rate = (to - opening) / dayMs
      began = performance.now()
    },
  }
}

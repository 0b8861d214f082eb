/** A clock that runs through the working hours of simulated days faster than real time, and stops between them. */
import type { Day } from '../../../shared/progress/day.ts'
import { momentOf } from '../simulate/clock.ts'
import { OPENING } from '../simulate/steps.ts'

/** When the last office closes, local time. */
const CLOSING = '19:00'

export interface ScaledClock {
  now(): Date
  /** real ms until the clock shows that moment (ms since epoch) of the current day; ≤ 0 when it is past */
  until(at: number): number
  /** real ms until the current day closes */
  untilClosing(): number
  /** starts the day at its opening, or at a later moment `from` */
  begin(day: Day, from?: number): void
}

/** `dayMs`: real ms from opening to closing. `start`: what it shows before the first day. */
export function scaledClock(timeZone: string, dayMs: number, start: number): ScaledClock {
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

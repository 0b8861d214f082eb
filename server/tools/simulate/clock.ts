/** A clock that is set, not read: simulated and replayed moments, and local times of a programme. */
import type { Day } from '../../../shared/progress/day.ts'

export interface SetClock {
  now(): Date
  /** milliseconds since 1970, UTC; the clock never goes back */
  set(at: number): void
}

export function setClock(): SetClock {
  let at = 0
  return {
    now: () => new Date(at),
    set: (to) => {
      at = Math.max(at, to)
    },
  }
}

const midnights = new Map<string, number>()

/** The moment (ms, UTC) at which clocks in that zone show `HH:MM` or `HH:MM:SS` on that day. */
export function momentOf(day: Day, time: string, timeZone: string): number {
  const key = `${day} ${time} ${timeZone}`
  let at = midnights.get(key)
  if (at === undefined) {
    at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds
    if (midnights.size < 10_000) midnights.set(key, at)
  }
  return at
}

/** A clock that is set by hand, for simulated and replayed moments, and a programme's local times. */
import type { Day } from '../../../shared/progress/day.ts'

export interface SetClock {
  now(): Date
  /** ms since epoch; the clock never goes back */
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

const moments = new Map<string, number>()

/** The moment (ms since epoch) of a local time, `HH:MM` or `HH:MM:SS`, on a day in a time zone. */
export function momentOf(day: Day, time: string, timeZone: string): number {
  const key = `${day} ${time} ${timeZone}`
  let at = moments.get(key)
  if (at === undefined) {
    at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds
    if (moments.size < 10_000) moments.set(key, at)
  }
  return at
}

/** The day of a moment (ms since epoch) in a time zone. */
export const localDay = (at: number, timeZone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()

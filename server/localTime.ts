/** The wall clock of a time zone. */
import type { Day } from '../shared/progress/day.ts'

export interface LocalTime {
  day: Day
  /** `HH:MM` */
  time: string
}

/** Local day and time in a time zone. Throws a RangeError for an unknown zone. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  return { day: there.toPlainDate().toString(), time: there.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

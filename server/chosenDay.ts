/** The clock of a store with which a programme is tried: it shows a chosen day, and goes on from there as time passes (C23). */
import type { Programme } from '../shared/domain/programme.ts'
import type { DataOrigin } from '../shared/domain/values.ts'
import type { Day } from '../shared/progress/day.ts'
import type { Fault } from './config.ts'

/** A clock that may be set, once, before anything is decided by it. */
export interface Shift {
  now(): Date
  /** shows this moment from now on; null = goes as it did */
  to(moment: Date | null): void
}

export function createShift(clock: () => Date): Shift {
  let by = 0
  return {
    now: () => new Date(clock().getTime() + by),
    to(moment) {
      if (moment !== null) by += moment.getTime() - clock().getTime() - by
    },
  }
}

export interface Tried {
  programme: Pick<Programme, 'key' | 'startsOn' | 'endsOn' | 'timeZone'>
  origin: DataOrigin
  /** of the store's clock */
  today: Day | null
  /** last sign of life in the store, by its own clock; ISO 8601, null before the first */
  life: string | null
}

/** The setting that was wrong, as a fault of the start. */
export class ChosenDayFault extends Error implements Fault {
  override readonly name = '--day'
  readonly fault: string
  constructor(fault: string) {
    super(fault)
    this.fault = fault
  }
}

/** Throws a `ChosenDayFault` for a day that is not one of the programme's. */
export function checkDay({ key, startsOn, endsOn }: Tried['programme'], wanted: Day | null): void {
  if (wanted !== null && (wanted < startsOn || wanted > endsOn))
    throw new ChosenDayFault(`${wanted} is no day of "${key}", which goes from ${startsOn} to ${endsOn}.`)
}

/**
 * The moment that the clock has to show: the chosen day, or the day that the store had got to where that is later, at the time of
 * day that it is now, and not before the last sign of life. Null where the calendar holds: of a store that was not opened to try
 * something. Throws a `ChosenDayFault` for a day that cannot be.
 */
export function chosenMoment({ programme, origin, today, life }: Tried, wanted: Day | null, now: Date): Date | null {
  const { key, timeZone } = programme
  if (wanted !== null && origin !== 'simulated')
    throw new ChosenDayFault(
      `the store holds figures of "${key}" that are not there for trying, and goes by the calendar. Give DATA a new file.`,
    )
  checkDay(programme, wanted)
  const from = [wanted, today]
    .filter((day) => day !== null)
    .toSorted()
    .at(-1)
  if (origin !== 'simulated' || from === undefined) return null
  const there = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  let shown = Temporal.PlainDate.from(from).toZonedDateTime({ timeZone, plainTime: there.toPlainTime() })
  if (life !== null && shown.epochMilliseconds < Date.parse(life)) shown = shown.add({ days: 1 })
  return new Date(shown.epochMilliseconds)
}

/** The days of a reporting unit as a calendar shows them: one state and a few signs for each. */
import type { Day } from '../progress/day.ts'
import { DUE_STATES, type DueState } from './due.ts'

/** A report of a day as a whole. Signs are absent where they do not hold. */
export interface CalendarDay {
  state: DueState
  /** all that is expected is given by now, and was not when the day became due, though the day itself had begun */
  late?: true
  /** everything that is given is 0 */
  zero?: true
  /** expected counters (indices) that are blank, where others are given */
  blank?: readonly number[]
  locked?: true
  /** an item of supervision is open about it */
  supervised?: true
  /** the day never began itself, so that nobody could report on it that day */
  notAsked?: true
  /** the value of a figure that counts was confirmed against a warning */
  confirmed?: true
}

/** Scopes `calendar:U`: a month of one reporting unit at or below U; this month and the one before. */
export interface CalendarRow {
  kind: 'calendar'
  key: string
  unit: string
  /** `YYYY-MM` */
  month: string
  /** by day of the month, the first at 0 */
  days: readonly CalendarDay[]
}

/** A unit's day by the rows that there are; undefined where there is none. */
export function monthsOf(rows: readonly CalendarRow[]): (unit: string, day: Day) => CalendarDay | undefined {
  const months = new Map(rows.map((row) => [`${row.unit} ${row.month}`, row.days]))
  return (unit, day) => months.get(`${unit} ${day.slice(0, 7)}`)?.[Number(day.slice(8)) - 1]
}

/** The day of the month (from 0) as a day. */
export const dayIn = (month: string, index: number): Day => `${month}-${String(index + 1).padStart(2, '0')}`

/** On the wire a day is its state and signs in one number; with blank counters a list of it and these. */
export type WireCalendarDay = number | [signs: number, ...blank: number[]]

const STATES = 16
const SIGNS = ['late', 'zero', 'locked', 'supervised', 'notAsked', 'confirmed'] as const

/** The day as it is sent. */
export function wireCalendarDay(day: CalendarDay): WireCalendarDay {
  const signs = SIGNS.reduce((sum, sign, bit) => sum + (day[sign] === true ? STATES << bit : 0), 0)
  const wire = DUE_STATES.indexOf(day.state) + signs
  return day.blank === undefined ? wire : [wire, ...day.blank]
}

/** The day that was sent. */
export function calendarDayOf(wire: WireCalendarDay): CalendarDay {
  const [number, ...blank] = typeof wire === 'number' ? [wire] : wire
  const day: CalendarDay = { state: DUE_STATES[number % STATES]! }
  SIGNS.forEach((sign, bit) => {
    if ((number & (STATES << bit)) !== 0) day[sign] = true
  })
  if (blank.length > 0) day.blank = blank
  return day
}

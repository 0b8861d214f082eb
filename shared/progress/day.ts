/** Calendar days as ISO strings outside and whole numbers (days since 1970-01-01) inside; no clock, no time zone. */

/** `YYYY-MM-DD`; strings compare in time order. */
export type Day = string

const SHAPE = /^\d{4}-\d{2}-\d{2}$/
const MS = 86_400_000

// few days are in use, so each is converted once
const numbers = new Map<Day, number>()
const days = new Map<number, Day>()

/** True for a day that exists (2007-02-29 does not). */
export function isDay(value: string): boolean {
  if (!SHAPE.test(value)) return false
  if (numbers.has(value)) return true
  const ms = Date.UTC(+value.slice(0, 4), +value.slice(5, 7) - 1, +value.slice(8, 10))
  return new Date(ms).toISOString().slice(0, 10) === value
}

/** Days since 1970-01-01. Throws a RangeError for a day that does not exist. */
export function dayNumber(day: Day): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const n = Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / MS
  if (dayOf(n) !== day) throw new RangeError(`no such day: ${day}`)
  return n
}

/** The inverse of `dayNumber`. */
export function dayOf(n: number): Day {
  let day = days.get(n)
  if (day === undefined) {
    day = new Date(n * MS).toISOString().slice(0, 10)
    days.set(n, day)
    numbers.set(day, n)
  }
  return day
}

/** The day `n` calendar days later, or earlier when negative. */
export const addDays = (day: Day, n: number): Day => dayOf(dayNumber(day) + n)

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: Day): number => (dayNumber(day) + 4) % 7

/** Days from `from` to `to`, both included; empty when reversed. */
export function* daysBetween(from: Day, to: Day): Generator<Day> {
  for (let n = dayNumber(from), end = dayNumber(to); n <= end; n++) yield dayOf(n)
}

/** Numbers by day in one typed array that grows: the columns of a ledger. Plain data. */

type Numbers = Float64Array | Int32Array

/** `width` numbers for each day from `first` on. */
export interface Days<A extends Numbers> {
  width: number
  /** number of the first day that there is room for */
  first: number
  values: A
}

/** Days without anything yet. */
export const noDays = <A extends Numbers>(width: number, values: A): Days<A> => ({ width, first: 0, values })

/** Where the day's numbers begin; −1 when there is no room for it. */
export function offsetOf(days: Days<Numbers>, day: number): number {
  const at = (day - days.first) * days.width
  return at >= 0 && at < days.values.length ? at : -1
}

/** Number of the last day that there is room for; before `first` when there are none. */
export const lastDay = (days: Days<Numbers>): number => days.first + days.values.length / days.width - 1

/** Room that is made at once, and by what share it grows. */
const LEAST = 16
const GROWTH = 0.5

/** Makes room for the day where there is none; `make` gives an empty array of a length. Where its numbers begin. */
export function makeRoom<A extends Numbers>(days: Days<A>, day: number, make: (length: number) => A): number {
  const at = offsetOf(days, day)
  if (at >= 0) return at
  const { width, values } = days
  const count = values.length / width
  const first = count === 0 ? day : Math.min(days.first, day < days.first ? day - spare(count) : day)
  const last = count === 0 ? day + LEAST - 1 : Math.max(lastDay(days), day > lastDay(days) ? day + spare(count) : day)
  const grown = make((last - first + 1) * width)
  if (count > 0) grown.set(values, (days.first - first) * width)
  days.values = grown
  days.first = first
  return (day - first) * width
}

const spare = (count: number): number => Math.max(LEAST, Math.ceil(count * GROWTH))

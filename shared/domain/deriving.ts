/** The day's figure from a running total (累计) as reported; the same on the server and on a sheet (F21–F25). Pure. */
import type { Refusal } from '../errors.ts'
import type { Day } from '../progress/day.ts'

/** What a running total of a counter, on a day of a reporting unit, is held against. Permits throughout. */
export interface TotalBase {
  /** the running total that is stored for the day itself; null = none */
  own: number | null
  /** the latest stored before the day; null = the day's is the opening balance */
  last: { day: Day; total: number } | null
  /** sum of the figures given for the days in between */
  between: number
  /** days in between of which a figure is expected and none is given */
  blank: number
  /** by how much corrections have changed days up to that of `last` since it was reported */
  changed: number
}

/** A first running total that is less than what is counted up to its day holds other days than these (F34). */
export const belowCounted = (total: number, counted: number): Refusal[] =>
  total < counted ? [{ code: 'total.below', params: { total, counted }, level: 'warning' }] : []

/**
 * `opening`: the total is the opening balance and no day's count. `day`: the day's figure, with what has to be confirmed
 * about it (`total.gap`), and by how much the days up to it differ from the totals by what was said of corrections. `choose`: it
 * is not known whether the total holds corrections (`total.corrected`). `fall`: the figure would be below zero (`total.fall`).
 */
export type Derived =
  | { kind: 'opening' }
  | { kind: 'day'; value: number; asks: Refusal[]; off: number }
  | { kind: 'choose'; refusal: Refusal }
  | { kind: 'fall'; refusal: Refusal }

/** Whether a total holds the corrections that were made since the last one was reported. */
export const HOLDS = ['in', 'out'] as const
export type Holds = (typeof HOLDS)[number]

/** The day's figure that a running total comes to. `holds` is what was said of corrections, where there are any. */
export function deriveTotal({ last, between, blank, changed }: TotalBase, total: number, holds?: Holds): Derived {
  if (last === null) return { kind: 'opening' }
  const apart = total - last.total - between
  const within = apart - changed
  const since = last.day
  if (changed !== 0 && holds === undefined && Math.max(apart, within) >= 0)
    return {
      kind: 'choose',
      refusal: { code: 'total.corrected', params: { since, n: changed, in: within, out: apart } },
    }
  const value = holds === 'in' ? within : apart
  if (value < 0)
    return { kind: 'fall', refusal: { code: 'total.fall', params: { total, last: last.total, since, n: -value } } }
  const asks: Refusal[] =
    blank > 0 && value > 0 ? [{ code: 'total.gap', params: { n: value, days: blank, since }, level: 'warning' }] : []
  return { kind: 'day', value, asks, off: value - apart }
}

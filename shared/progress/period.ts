/** The periods of the calendar that a report covers: a day, a week, ten days (旬) or a month. */
import type { Rhythm } from '../domain/values.ts'
import { dayOf } from './day.ts'

/** Number of the first day of the period that holds this day (by its number). Weeks begin on Monday. */
export function periodStart(rhythm: Rhythm, day: number): number {
  if (rhythm === 'weekly') return day - ((((day + 3) % 7) + 7) % 7)
  if (rhythm === 'monthly') return day - dateOf(day) + 1
  if (rhythm === 'tenDays') return day - (dateOf(day) - 1 - tens(day) * 10)
  return day
}

/** Number of the last day of the period that holds this day. */
export function periodEnd(rhythm: Rhythm, day: number): number {
  const start = periodStart(rhythm, day)
  if (rhythm === 'weekly') return start + 6
  if (rhythm === 'monthly') return monthEnd(day)
  if (rhythm === 'tenDays') return tens(day) < 2 ? start + 9 : monthEnd(day)
  return day
}

/** 上旬 0, 中旬 1, 下旬 2; the last has the 31st as well */
const tens = (day: number): number => Math.min(2, Math.floor((dateOf(day) - 1) / 10))

/** day of the month, from 1 */
const dateOf = (day: number): number => Number(dayOf(day).slice(8))

/** 31 days on from the first of a month lie in the next month, whatever the month */
const monthEnd = (day: number): number => periodStart('monthly', periodStart('monthly', day) + 31) - 1

/** Calendar periods that a report can cover: a day, a week, ten days (旬) or a month (C9). */
import type { Rhythm } from '../domain/values.ts'
import { dayOf } from './day.ts'

/** First day of the period that contains this day (day numbers). Weeks begin on Monday. */
export function periodStart(rhythm: Rhythm, day: number): number {
  if (rhythm === 'weekly') return day - ((((day + 3) % 7) + 7) % 7)
  if (rhythm === 'monthly') return day - dateOf(day) + 1
  if (rhythm === 'tenDays') return day - (dateOf(day) - 1 - tens(day) * 10)
  return day
}

/** Last day of the period that contains this day (day numbers). */
export function periodEnd(rhythm: Rhythm, day: number): number {
  const start = periodStart(rhythm, day)
  if (rhythm === 'weekly') return start + 6
  if (rhythm === 'monthly') return monthEnd(day)
  if (rhythm === 'tenDays') return tens(day) < 2 ? start + 9 : monthEnd(day)
  return day
}

/** 上旬 0, 中旬 1, 下旬 2; the last includes the 31st */
const tens = (day: number): number => Math.min(2, Math.floor((dateOf(day) - 1) / 10))

/** day of the month, from 1 */
const dateOf = (day: number): number => Number(dayOf(day).slice(8))

/** 31 days after the first of a month is always in the next month */
const monthEnd = (day: number): number => periodStart('monthly', periodStart('monthly', day) + 31) - 1

/** How complete and how timely the reports of a calendar are. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import { dayNumber } from '../../../shared/progress/day.ts'
import type { Rhythms } from '../../../shared/progress/rhythm.ts'
import { type CalendarDay, type CalendarRow, dayIn } from '../../../shared/view/calendar.ts'

/** Reports of due days of which anything is expected: `expected = in + partial + missing`. */
export interface Counted {
  expected: number
  in: number
  partial: number
  missing: number
  /** complete only after the deadline */
  late: number
  /** of days that were asked: all, and those that were complete at the deadline and are */
  asked: number
  onTime: number
}

export const none = (): Counted => ({ expected: 0, in: 0, partial: 0, missing: 0, late: 0, asked: 0, onTime: 0 })

/** Adds a report of a due day. */
export function add(to: Counted, day: CalendarDay): void {
  const standing = day.state === 'missing' ? 'missing' : day.blank === undefined ? 'in' : 'partial'
  to.expected++
  to[standing]++
  if (day.late === true) to.late++
  if (day.notAsked === true) return
  to.asked++
  if (standing === 'in' && day.late !== true) to.onTime++
}

/** Of the rows of some units; `due` null: nothing is due yet. */
export function countOf(rows: readonly CalendarRow[], rhythm: Rhythms, due: Day | null): Counted {
  const counted = none()
  for (const { unit, month, days } of rows)
    days.forEach((day, i) => {
      const date = dayIn(month, i)
      if (due !== null && date <= due && rhythm.expected(unit, dayNumber(date)).length > 0) add(counted, day)
    })
  return counted
}

/** A share of reports, 0 to 1; null of none. */
export const shareOf = (part: number, all: number): number | null => (all === 0 ? null : part / all)

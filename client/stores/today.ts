/** Today as a day among others. */
import { isNothing } from '../../shared/progress/breakdown.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { DueState } from '../../shared/view/due.ts'
import type { DayRow, SumsRow } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/wire.ts'

const NOTHING_GIVEN: readonly (DueState | null)[] = [null, 'notStarted', 'ended', 'off', 'open', 'missing']

/** By the rules of `DayRow`, from the row of the scope's own unit; null where there is nothing. */
export function dayRowOfToday(day: Day, { today, state, blank, spans, confirmed }: SumsRow): DayRow | null {
  const given = !NOTHING_GIVEN.includes(state) || blank !== undefined
  if (isNothing(today) && !given) return null
  const row: DayRow = {
    kind: 'day',
    key: rowKey.day(day),
    day,
    breakdown: today,
    ...(spans && { spans }),
    ...(confirmed !== undefined && { confirmed }),
  }
  const nobody = state === null || given ? [] : today.approved.map((_, counter) => counter)
  const blanks = blank ?? nobody
  return blanks.length === 0 ? row : { ...row, blank: blanks }
}

/** Rows and typing for the tests of the daily sheet, on the tiny programme. */
import type { Frame } from '../../../shared/domain/world.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import type { Actor } from '../../../shared/policy.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import { type ReportRow, rowKey } from '../../../shared/view/rows.ts'
import { cellKey, emptyGrid, type Grid, put, type Stored } from '../../../client/features/sheet/cells.ts'
import type { Grounds } from '../../../client/features/sheet/check.ts'
import { bookOf } from '../../../client/features/sheet/rows.ts'
import { tinyProgramme } from '../../support/programme.ts'

const programme = tinyProgramme()
export const frame: Frame = {
  programme,
  units: indexUnits(programme),
  calendar: workdays(programme.calendar),
  nature: 'simulated',
}
export const me: Actor = { id: 'me', name: 'Me', role: 'district', unit: 'A' }

export function reportRow(
  unit: string,
  day: Day,
  values: (number | null)[],
  with_: Partial<ReportRow> = {},
): ReportRow {
  return {
    kind: 'report',
    key: rowKey.report(unit, day),
    unit,
    day,
    values,
    state: 'approved',
    version: 1,
    by: { id: 'other', name: 'Other' },
    at: '2008-01-02T09:00:00.000Z',
    ...with_,
  }
}

/** `n` working days up to the day before `day`, all with the same values. */
export function steady(unit: string, day: Day, n: number, values: number[]): ReportRow[] {
  const rows: ReportRow[] = []
  for (let at = addDays(day, -1); rows.length < n; at = addDays(at, -1))
    if (frame.calendar.isWork(at)) rows.push(reportRow(unit, at, values))
  return rows
}

export function grounds(rows: ReportRow[], day: Day, with_: Partial<Grounds> & { closed?: Day | null } = {}): Grounds {
  const { closed = addDays(day, -1), ...rest } = with_
  return {
    frame,
    clock: { today: day, lockedThrough: null },
    ground: { book: bookOf(rows, programme.counters), closed },
    me,
    day,
    ...rest,
  }
}

/** What stands for a street on a day, by counter. */
export function storedOf(rows: ReportRow[], unit: string, day: Day): Stored[] {
  const row = rows.find((r) => r.unit === unit && r.day === day)
  return programme.counters.map((_, i) => ({
    value: row?.values[i] ?? null,
    version: row?.version ?? 0,
    by: row?.by.id ?? null,
  }))
}

/** A grid with texts typed over what stands: `typed(rows, day, { 'A1/issued': '5' })`. */
export function typed(rows: ReportRow[], day: Day, texts: Record<string, string>, grid: Grid = emptyGrid): Grid {
  return put(
    grid,
    Object.entries(texts).map(([key, text]) => ({ key, text })),
    lookUp(rows, day),
  )
}

export const lookUp = (rows: ReportRow[], day: Day) => (key: string) => {
  const [unit, counter] = key.split('/') as [string, string]
  return storedOf(rows, unit, day)[programme.counters.findIndex((c) => c.key === counter)]!
}

export { cellKey }

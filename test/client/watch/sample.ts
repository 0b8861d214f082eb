/** Rows of a unit's scope for the small programme; amounts are of its second counter. */
import { indexUnits } from '../../../shared/domain/units.ts'
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'
import type { BelowRow, ClockRow, ClosedRow, DayRow, SpanRow, SumsRow, UrgentRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { second } from '../charts/sample.ts'

export const programme = tinyProgramme({
  units: tinyProgramme().units.map((u) => (u.code === 'A2' ? { ...u, endsOn: '2008-02-15', into: 'A1' } : u)),
})
const units = indexUnits(programme)

export const clock = (more: Partial<ClockRow> = {}): ClockRow => ({
  kind: 'clock',
  key: rowKey.clock(),
  today: '2008-02-20',
  closed: '2008-02-19',
  due: '2008-02-19',
  lockedThrough: null,
  ...more,
})

/** `today` is part of `total`. */
export const sums = (
  unit: string,
  total: Partial<CounterBreakdown>,
  today: Partial<CounterBreakdown> = {},
  state: SumsRow['state'] = null,
): SumsRow => ({
  kind: 'sums',
  key: rowKey.sums(units.index(unit)),
  unit,
  total: second(total),
  today: second(today),
  state,
})

export const closed = (unit: string, counted: number, more: Partial<ClosedRow> = {}): ClosedRow => ({
  kind: 'closed',
  key: rowKey.closed(units.index(unit)),
  unit,
  counted: [9, counted],
  week: null,
  reports: { expected: 10, in: 10, partial: 0, missing: 0 },
  owed: [],
  owedCount: 0,
  recent: [1, 2, 3],
  reached: [],
  confirmed: 0,
  ...more,
})

export const dayRow = (day: string, figures: Partial<CounterBreakdown>): DayRow => ({
  kind: 'day',
  key: rowKey.day(day),
  day,
  breakdown: second(figures),
})

export const span = (month: string, seq: number): SpanRow => ({
  kind: 'span',
  key: rowKey.span(month),
  month,
  address: `1-${seq}-0123abcd`,
})

export const below = (unit: string, more: Partial<BelowRow> = {}): BelowRow => ({
  kind: 'below',
  key: rowKey.below(units.index(unit)),
  ...{ unit, in: 300, partial: 5, missing: 40, behind: 9 },
  ...more,
})

export const urgent = (...list: UrgentRow['units']): UrgentRow => ({
  kind: 'urgent',
  key: rowKey.urgent(),
  units: list,
})

/** A small programme and issue rows for the tests of the legal log's pages. */
import type { Programme } from '../../../shared/domain/programme.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import type { DayRow, IssueLineRow, IssueRow, StepRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'

const named = (en: string) => ({ zh: en, en })
const unit = (code: string, parent: string | null, level: string) => ({
  code,
  name: named(code),
  short: named(code),
  level,
  parent,
  startsOn: null,
  endsOn: null,
  into: null,
  expected: null,
})

/** city → north (n1, n2), south (s1). */
export const programme: Programme = {
  key: 'sample',
  name: named('Sample'),
  item: named('permits'),
  timeZone: 'UTC',
  startsOn: '2008-02-01',
  endsOn: '2008-12-31',
  levels: [
    { key: 'city', name: named('city') },
    { key: 'district', name: named('district') },
    { key: 'street', name: named('street') },
  ],
  units: [
    unit('city', null, 'city'),
    unit('north', 'city', 'district'),
    unit('n1', 'north', 'street'),
    unit('n2', 'north', 'street'),
    unit('south', 'city', 'district'),
    unit('s1', 'south', 'street'),
  ],
  counters: [
    { key: 'accepted', name: named('Accepted'), within: null, expected: null },
    { key: 'issued', name: named('Issued'), within: 'accepted', expected: null },
  ],
  calendar: { source: named('test'), weekend: [0, 6], off: [{ day: '2008-03-05', name: named('Rest') }], work: [] },
  bases: [],
  baselines: [{ key: 'T1', name: named('T1'), inForceFrom: '2008-02-01', official: false, targets: [] }],
  reporting: { deadline: '17:30', expected: 'workdays', graceDays: 0, reviewLevels: 0 },
  roles: { office: named('o'), district: named('d'), legal: named('l'), viewer: named('v') },
  pace: { severe: -5 },
  issues: { series: 'L[{year}]{n}', categories: [{ key: 'fee', name: named('Fee') }] },
  regulation: {
    name: named('Measures'),
    articles: [
      { key: 'territory', number: '2', subject: named('Territory') },
      { key: 'fee', number: null, subject: named('Fee') },
    ],
  },
  notes: [],
}

export const units = indexUnits(programme)

const AT = Date.UTC(2008, 2, 3, 1)

/** A line of the list; number `n` on the north district from 3 to 7 March 2008 unless told. */
export function lineRow(n: number, with_: Partial<IssueLineRow> = {}): IssueLineRow {
  return {
    kind: 'issueLine',
    key: rowKey.issueLine(n),
    issue: n,
    number: `L[2008]${n}`,
    title: `Question ${n}`,
    category: 'fee',
    unit: 'north',
    from: '2008-03-03',
    to: '2008-03-07',
    article: null,
    counters: ['accepted'],
    state: 'open',
    closedOn: null,
    by: { id: 'wu', name: 'Wu' },
    at: AT,
    day: '2008-03-03',
    seq: 100 * n,
    replies: 0,
    latest: null,
    ...with_,
  }
}

/** The question itself. */
export function issueRow(n: number, with_: Partial<IssueRow> = {}): IssueRow {
  return { ...lineRow(n), kind: 'issue', key: rowKey.issue(), text: 'Text', ...with_ }
}

/** The `n`th step of the question with number 1. */
export function stepRow(n: number, with_: Partial<StepRow> = {}): StepRow {
  return {
    kind: 'step',
    key: rowKey.step(n),
    n,
    step: 'replied',
    text: `Reply ${n}`,
    by: { id: 'he', name: 'He' },
    at: AT + n * 60_000,
    day: '2008-03-04',
    seq: 100 + n,
    ...with_,
  }
}

/** A day of a unit: counts in the programme's order of counters. */
export function dayRow(day: string, approved: number[], more: Partial<DayRow['breakdown']> = {}): DayRow {
  const still = { up: [0, 0], down: [0, 0] }
  const nothing = { waiting: still, disputed: still, returned: still, missing: [0, 0] }
  return { kind: 'day', key: rowKey.day(day), day, breakdown: { approved, ...nothing, ...more } }
}

/** A small programme and issue rows for the tests of the legal log's pages. */
import type { Programme } from '../../../shared/domain/programme.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import { rowKey, type DayRow, type IssueRow, type IssueStepRow } from '../../../shared/view/rows.ts'

const named = (en: string) => ({ zh: en, en })
const unit = (code: string, parent: string | null, level: string) => ({
  code,
  name: named(code),
  short: named(code),
  level,
  parent,
  startsOn: null,
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
    { key: 'accepted', name: named('Accepted'), within: null },
    { key: 'issued', name: named('Issued'), within: 'accepted' },
  ],
  calendar: { source: 'test', weekend: [0, 6], off: [{ day: '2008-03-05', name: 'Rest' }], work: [] },
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

/** An issue row; number `n` on the north district from 3 to 7 March 2008 unless told. */
export function issueRow(n: number, with_: Partial<IssueRow> = {}): IssueRow {
  return {
    kind: 'issue',
    key: rowKey.issue(n),
    issue: n,
    number: `L[2008]${n}`,
    title: `Question ${n}`,
    text: 'Text',
    category: 'fee',
    unit: 'north',
    from: '2008-03-03',
    to: '2008-03-07',
    article: null,
    counters: ['accepted'],
    state: 'open',
    closedOn: null,
    by: { id: 'wu', name: 'Wu' },
    at: '2008-03-03T01:00:00.000Z',
    day: '2008-03-03',
    replies: 0,
    ...with_,
  }
}

/** The `n`th step of an issue. */
export function stepRow(issue: number, n: number, with_: Partial<IssueStepRow> = {}): IssueStepRow {
  return {
    kind: 'step',
    key: rowKey.step(issue, n),
    issue,
    step: 'replied',
    text: `Reply ${n}`,
    by: { id: 'he', name: 'He' },
    at: '2008-03-04T01:00:00.000Z',
    day: '2008-03-04',
    seq: issue * 100 + n,
    ...with_,
  }
}

/** A unit's day: approved counts in the programme's order of counters. */
export function dayRow(unit: string, day: string, a: number[], more: Partial<DayRow['makeup']> = {}): DayRow {
  return { kind: 'day', key: rowKey.day(unit, day), unit, day, makeup: { a, ...more } }
}

/** What wants an official, of whatever day: the rows of `work:U`, case by case. */
import { beforeEach, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import { addDays } from '../../shared/progress/day.ts'
import { WORK_ROWS } from '../../shared/view/workRows.ts'
import { began, joined, passed } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

let log: WrittenLog
function start(overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began('2008-01-02'))
}
beforeEach(() => start({ reporting: { ...tinyProgramme().reporting, reviewLevels: 1 } }))

const report = (unit: string, day: string, values: Values) =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const work = (unit: string) =>
  log.rows('work', `work:${unit}`).map(({ what, unit: at, day, counters }) => `${what} ${at} ${day} ${counters.join()}`)
const counts = (unit: string) => log.rows('workCounts', `work:${unit}`)[0]

test('Q12 what is missing or partial is work once it is due, whatever its day, and gone once it is given', () => {
  report('A1', '2008-01-02', { accepted: 5 })
  expect(work('A'), 'nothing is due yet').toEqual([])
  log.write(began('2008-01-03'), began('2008-01-04'))
  report('A2', '2008-01-02', { accepted: 5, issued: 5 })
  expect(work('A')).toEqual([
    'missing A3 2008-01-02 0,1',
    'missing A1 2008-01-03 0,1',
    'missing A2 2008-01-03 0,1',
    'missing A3 2008-01-03 0,1',
    'partial A1 2008-01-02 1',
  ])
  expect(counts('A')).toMatchObject({ counts: [0, 0, 0, 4, 1], offers: 0 })
  report('A1', '2008-01-02', { issued: 0 })
  report('A3', '2008-01-02', { accepted: 0, issued: 0 })
  expect(work('A')).toHaveLength(3)
  expect(work('A1')).toEqual(['missing A1 2008-01-03 0,1'])
  log.write(passed('2008-01-04'))
  expect(work('A1'), 'a deadline makes work by itself').toEqual([
    'missing A1 2008-01-03 0,1',
    'missing A1 2008-01-04 0,1',
  ])
})

test('Q12 what was returned comes first, with who said what; then what is disputed', () => {
  const seq = report('A1', '2008-01-02', { accepted: 5, issued: 5 })
  report('A2', '2008-01-02', { accepted: 5, issued: 5 })
  log.add('ReportDisputed', { unit: 'A2', day: '2008-01-02', values: { issued: 7 }, basis: { issued: 0 } }, 'otherA')
  const versions = { issued: seq }
  log.add('ReportReturned', { unit: 'A1', day: '2008-01-02', versions, reason: 'more than accepted?' }, 'office')
  log.write(began('2008-01-03'))
  expect(work('A')).toEqual(['returned A1 2008-01-02 1', 'disputed A2 2008-01-02 1', 'missing A3 2008-01-02 0,1'])
  expect(log.rows('work', 'work:A')[0]!.said).toMatchObject({
    text: 'more than accepted?',
    by: { id: 'office', name: 'Office' },
  })
  report('A1', '2008-01-02', { issued: 4 })
  expect(work('A')).toEqual(['disputed A2 2008-01-02 1', 'missing A3 2008-01-02 0,1'])
})

test('Q12 P5 of a locked day only what the lock has carried over is work, until it is ended or the day is open again', () => {
  const day = '2008-01-02'
  const seq = report('A1', day, { accepted: 5, issued: 5 })
  const returned = (unit: string, counter: string, version: number) =>
    log.add('ReportReturned', { unit, day, versions: { [counter]: version }, reason: 'why?' }, 'office')
  returned('A1', 'accepted', seq)
  returned('A1', 'issued', seq)
  returned('A2', 'issued', report('A2', day, { accepted: 5, issued: 5 }))
  log.write(began('2008-01-03'))
  log.add('PeriodLocked', { through: day, carried: [{ unit: 'A1', day, counters: ['issued'] }] }, 'office')
  expect(work('A')).toEqual(['returned A1 2008-01-02 1'])
  const figures = () =>
    log
      .rows('report', `sheet:A/${day}`)
      .map(({ unit, figures: list }) => [unit, ...list.map((f) => f.carried === true)])
  expect(figures()).toEqual([
    ['A1', false, true],
    ['A2', false, false],
  ])
  log.add('PeriodReopened', { through: null, reason: 'a box was found' }, 'office')
  expect(figures().flat()).not.toContain(true)
  expect(work('A').filter((line) => line.startsWith('returned'))).toHaveLength(2)
})

test("Q12 K7 a reviewer's question is work until it is answered, or the figure has another value", () => {
  const seq = report('A1', '2008-01-02', { accepted: 5, issued: 5 })
  const ask = (version: number) =>
    log.add(
      'FiguresAskedAbout',
      { unit: 'A1', day: '2008-01-02', versions: { issued: version }, text: 'all?' },
      'office',
    )
  ask(seq)
  expect(work('A')).toEqual(['inquiry A1 2008-01-02 1'])
  const by = { id: 'office', name: 'Office' }
  expect(log.rows('work', 'work:A')[0]!.said, 'the question is read where it is listed').toMatchObject({
    text: 'all?',
    by,
  })
  log.add('InquiryAnswered', { unit: 'A1', day: '2008-01-02', counters: ['issued'], text: 'all' }, 'districtA')
  expect(work('A')).toEqual([])
  ask(seq)
  expect(work('A')).toHaveLength(1)
  report('A1', '2008-01-02', { issued: 4 })
  expect(work('A')).toEqual([])
})

test('Q12 nothing is work that can no longer be written: of locked days, or when the programme is over', () => {
  log.write(began('2008-01-03'), began('2008-01-04'))
  expect(work('B1')).toEqual(['missing B1 2008-01-02 0,1', 'missing B1 2008-01-03 0,1'])
  log.add('PeriodLocked', { through: '2008-01-02' }, 'office')
  expect(work('B1')).toEqual(['missing B1 2008-01-03 0,1'])
  log.add('PeriodReopened', { through: null, reason: 'found a box' }, 'office')
  expect(work('B1')).toHaveLength(2)
  log.add('ProgrammeEnded', { day: '2009-01-01' })
  expect(work('B1')).toEqual([])
  expect(counts('B1')).toMatchObject({ counts: [0, 0, 0, 0, 0], offers: 0 })
})

test('Q12 an offer is the work of the side that it asks alone, until it is answered', () => {
  const seq = report('A1', '2008-01-02', { issued: 5 })
  log.add(
    'ReattributionOffered',
    {
      offer: 1,
      unit: 'A1',
      day: '2008-01-02',
      to: { unit: 'B1', day: '2008-01-02' },
      asks: 'to',
      values: { issued: 5 },
      there: { issued: null },
      versions: { from: { issued: seq }, to: { issued: 0 } },
      reason: 'people of B1',
    },
    'districtA',
  )
  const offers = (unit: string) => log.rows('offer', `work:${unit}`).map(({ offer, changed }) => ({ offer, changed }))
  expect([offers('A'), offers('B'), offers('C')]).toEqual([
    [],
    [{ offer: 1, changed: false }],
    [{ offer: 1, changed: false }],
  ])
  expect(counts('B')).toMatchObject({ offers: 1 })
  log.projector.scopes.open('work:B')
  report('A1', '2008-01-02', { issued: 6 })
  expect(offers('B'), 'the other side is on another list').toEqual([{ offer: 1, changed: true }])
  const declined = { offer: 1, unit: 'A1', day: '2008-01-02', to: { unit: 'B1', day: '2008-01-02' }, reason: 'no' }
  log.add('ReattributionDeclined', declined, 'districtB')
  expect(offers('B')).toEqual([])
  expect(counts('B')).toMatchObject({ offers: 0 })
})

test('Q12 a list has at most 500 rows, the gravest, and tells how many there are', () => {
  let day = '2008-01-03'
  for (; day < '2008-12-31'; day = addDays(day, 1)) log.write(began(day))
  const rows = log.rows('work', 'work:C')
  expect(rows).toHaveLength(WORK_ROWS)
  const { counts: of } = counts('C')!
  expect(of[3]).toBeGreaterThan(WORK_ROWS)
  expect(
    rows.map((row) => row.day).every((on, i, all) => i === 0 || all[i - 1]! <= on),
    'the earliest first',
  ).toBe(true)
  report('B2', '2008-12-29', { accepted: 1 })
  expect(work('C'), 'what is less grave has no row').not.toContain('partial B2 2008-12-29 1')
  expect(counts('C')!.counts[4]).toBe(1)
})

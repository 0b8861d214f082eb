/** The rows of a calendar: what each day of each reporting unit came to. */
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { CalendarDay } from '../../shared/view/calendar.ts'
import { calendarDayOf, wireCalendarDay } from '../../shared/view/calendar.ts'
import { DUE_STATES } from '../../shared/view/due.ts'
import { began, joined, passed } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

const SECOND = '2008-01-02'
const THIRD = '2008-01-03'

let log: WrittenLog
function start(overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began(SECOND))
}
beforeEach(() => start())

const report = (unit: string, day: string, values: Values) =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const restate = (unit: string, day: string, values: Values) =>
  log.add('ReportRestated', { unit, day, values, type: 'late', reason: 'power cut' }, 'districtA')
const monthOf = (unit: string, day: string, scope = 'calendar:C') =>
  log.rows('calendar', scope).find((row) => row.unit === unit && day.startsWith(row.month))
function dayOf(unit: string, day: string): CalendarDay {
  return monthOf(unit, day)!.days[Number(day.slice(8)) - 1]!
}

describe('E1 a day of a calendar', () => {
  test('E1 is open, missing once it is due, and as its figures are once there are any', () => {
    expect(dayOf('A1', SECOND)).toEqual({ state: 'open' })
    report('A2', SECOND, { accepted: 3, issued: 2 })
    report('A3', SECOND, { accepted: 3 })
    log.write(passed(SECOND))
    expect(dayOf('A1', SECOND)).toEqual({ state: 'missing' })
    expect(dayOf('A2', SECOND)).toEqual({ state: 'approved' })
    expect(dayOf('A3', SECOND)).toEqual({ state: 'partial', blank: [1] })
    expect(dayOf('A1', '2008-01-01')).toEqual({ state: 'off' })
    expect(dayOf('B2', SECOND)).toEqual({ state: 'notStarted' })
  })

  test('E1 zeros alone are a report of zeros, and it says so; a zero beside a number does not', () => {
    report('A1', SECOND, { accepted: 0, issued: 0 })
    report('A2', SECOND, { accepted: 4, issued: 0 })
    expect(dayOf('A1', SECOND)).toEqual({ state: 'approved', zero: true })
    expect(dayOf('A2', SECOND)).toEqual({ state: 'approved' })
  })

  test('E1 a lock and a confirmed figure show, and go again', () => {
    log.write(began('2008-01-04'))
    const marked = { unit: 'A1', day: THIRD, values: { accepted: 900 }, confirmed: { accepted: ['report.unusual'] } }
    log.add('ReportSubmitted', marked as never, 'districtA')
    log.add('PeriodLocked', { through: SECOND }, 'office')
    expect(dayOf('A1', SECOND)).toMatchObject({ locked: true })
    expect(dayOf('A1', THIRD)).toMatchObject({ confirmed: true, notAsked: true })
    expect(dayOf('A1', THIRD)).not.toHaveProperty('locked')
    log.add('PeriodReopened', { through: null, reason: 'a box was found' }, 'office')
    expect(dayOf('A1', SECOND)).not.toHaveProperty('locked')
  })
})

describe('E2 late', () => {
  test('E2 is what was complete only after it was due, however it was completed', () => {
    report('A1', SECOND, { accepted: 3, issued: 2 })
    report('A2', SECOND, { accepted: 3 })
    log.write(passed(SECOND))
    for (const unit of ['A1', 'A2', 'A3']) expect(dayOf(unit, SECOND)).not.toHaveProperty('late')
    restate('A2', SECOND, { issued: 1 })
    restate('A3', SECOND, { accepted: 1 })
    expect(dayOf('A1', SECOND)).toEqual({ state: 'approved' })
    expect(dayOf('A2', SECOND)).toEqual({ state: 'approved', late: true })
    expect(dayOf('A3', SECOND)).toEqual({ state: 'partial', blank: [1] })
    restate('A3', SECOND, { issued: 0 })
    expect(dayOf('A3', SECOND)).toEqual({ state: 'approved', late: true })
  })

  test('E2 a report that was in time stays so when it is corrected or withdrawn and given again', () => {
    report('A1', SECOND, { accepted: 3, issued: 2 })
    log.write(passed(SECOND))
    log.add('ReportWithdrawn', { unit: 'A1', day: SECOND, counters: ['issued'], reason: 'wrong' }, 'districtA')
    expect(dayOf('A1', SECOND)).toEqual({ state: 'partial', blank: [1] })
    restate('A1', SECOND, { issued: 3 })
    expect(dayOf('A1', SECOND)).toEqual({ state: 'approved' })
  })

  test('E2 days of grace are time', () => {
    start({ reporting: { ...tinyProgramme().reporting, graceDays: 2 } })
    log.write(passed(SECOND), began(THIRD), passed(THIRD))
    report('A1', SECOND, { accepted: 3, issued: 2 })
    log.write(began('2008-01-07'), passed('2008-01-07'))
    restate('A2', SECOND, { accepted: 3, issued: 2 })
    expect(dayOf('A1', SECOND)).toEqual({ state: 'approved' })
    expect(dayOf('A2', SECOND)).toEqual({ state: 'approved', late: true })
  })

  test('E2 nobody is late on a day that was not asked', () => {
    log.write(began('2008-01-04'))
    restate('A1', THIRD, { accepted: 3, issued: 2 })
    expect(dayOf('A1', THIRD)).toEqual({ state: 'approved', notAsked: true })
    expect(dayOf('A2', THIRD)).toEqual({ state: 'missing', notAsked: true })
  })

  test('E2 C18 with a day that is taken back goes what was late by it, and nothing else', () => {
    log.write(passed(SECOND))
    restate('A1', SECOND, { accepted: 3, issued: 2 })
    log.write(began(THIRD))
    log.write(began('2008-01-04'))
    restate('A1', THIRD, { accepted: 3, issued: 2 })
    expect(dayOf('A1', THIRD)).toMatchObject({ late: true })
    log.add('DayTakenBack', { day: '2008-01-04', to: THIRD, reason: 'the clock was wrong' }, 'office')
    expect(dayOf('A1', THIRD)).toEqual({ state: 'approved' })
    expect(dayOf('A1', SECOND)).toEqual({ state: 'approved', late: true })
  })
})

describe('E3 what a calendar holds', () => {
  test('E3 this month and the one before, of the reporting units at or below', () => {
    log.write(began('2008-03-31'))
    const of = (scope: string) => log.rows('calendar', scope).map(({ unit, month }) => `${unit} ${month}`)
    expect(of('calendar:B')).toEqual(['B1 2008-02', 'B2 2008-02', 'B1 2008-03', 'B2 2008-03'])
    expect(of('calendar:A1')).toEqual(['A1 2008-02', 'A1 2008-03'])
    expect(monthOf('B1', '2008-02-01')!.days).toHaveLength(29)
    expect(monthOf('B1', '2008-03-01')!.days).toHaveLength(31)
    expect(dayOf('B2', '2008-02-01')).toEqual({ state: 'missing', notAsked: true })
    log.write(began('2008-04-01'))
    expect(of('calendar:A1')).toEqual(['A1 2008-03', 'A1 2008-04'])
  })

  test('E3 above 1,000 reporting units it has the clock alone; a unit below them has its days', () => {
    const { units } = tinyProgramme()
    const streets = Array.from({ length: 1_001 }, (_, i) => ({ ...units[3]!, code: `S${i}`, parent: 'A' }))
    const bases = tinyProgramme().bases.filter(({ unit }) => ['C', 'A', 'B'].includes(unit))
    start({ units: [...units.slice(0, 3), ...streets], bases })
    expect(log.projector.scopes.changes('calendar:A', 0).rows.map(([key]) => key)).toEqual(['k'])
    expect(log.rows('calendar', 'calendar:S7')).toHaveLength(2)
    report('S7', SECOND, { accepted: 1 })
    expect(log.rows('calendar', 'calendar:S7')[1]!.days[1]).toEqual({ state: 'partial', blank: [1] })
  })

  test('E3 a report makes one row anew', () => {
    log.projector.scopes.open('calendar:C')
    report('A1', SECOND, { accepted: 3 })
    const [flushed] = log.projector.scopes.flush()
    const { rows } = JSON.parse(flushed!.patch!.text) as { rows: [string][] }
    expect(rows.map(([key]) => key)).toEqual(['y3.200801'])
  })
})

test('E1 a day comes back from the wire as it went', () => {
  const sign = fc.constantFrom(undefined, true as const)
  const day = fc.record({
    ...{
      state: fc.constantFrom(...DUE_STATES),
      late: sign,
      zero: sign,
      locked: sign,
      supervised: sign,
      notAsked: sign,
    },
    ...{ confirmed: sign, blank: fc.option(fc.array(fc.nat(19), { minLength: 1 }), { nil: undefined }) },
  })
  fc.assert(
    fc.property(day, (made) => {
      const without = Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined))
      expect(calendarDayOf(JSON.parse(JSON.stringify(wireCalendarDay(made as CalendarDay))) as never)).toEqual(without)
    }),
  )
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import { type Rhythm, RHYTHMS } from '../../shared/domain/values.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { workdays } from '../../shared/progress/calendar.ts'
import { type Day, dayNumber, dayOf, daysBetween } from '../../shared/progress/day.ts'
import { periodEnd, periodStart } from '../../shared/progress/period.ts'
import { isPeriodic, LOOK_BACK_DAYS, rhythmOf } from '../../shared/progress/rhythm.ts'
import { USUAL_DAYS } from '../../shared/progress/usual.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { tinyProgramme } from '../support/programme.ts'
import { aCalendar, aDay } from './samples.ts'

const loaded = loadProgramme(programmeFolder('shenzhen-2008'))
if (!loaded.ok) throw new Error('the programme does not load; see test/programs')
const YANTIAN = '440308001'

/** The real programme, reporting in another rhythm. */
const rhythms = (expected: Rhythm, change: (p: Programme) => Programme = (p) => p) => {
  const p = change({ ...loaded.programme, reporting: { ...loaded.programme.reporting, expected } })
  return rhythmOf(p, indexUnits(p))
}
type Result = ReturnType<typeof rhythms>

/** Days of the range on which the counter is expected, each with the first day that its report covers. */
const spans = (result: Result, from: Day, to: Day, unit = YANTIAN, counter = 0) =>
  [...daysBetween(from, to)].flatMap((day) => {
    const n = dayNumber(day)
    return result.expects(unit, counter, n) ? [`${dayOf(result.spanFrom(unit, counter, n))} ${day}`] : []
  })

describe('what is expected, by the real calendar', () => {
  test('C9 a week is dated by its last working day: make-up Saturdays and Sundays count, New Year does not cut it', () => {
    expect(spans(rhythms('weekly'), '2007-12-24', '2008-01-13')).toEqual([
      '2007-12-24 2007-12-29',
      '2007-12-31 2008-01-04',
      '2008-01-07 2008-01-11',
    ])
    expect(spans(rhythms('weekly'), '2008-01-28', '2008-02-17')).toEqual([
      '2008-01-28 2008-02-03',
      '2008-02-04 2008-02-05',
      '2008-02-11 2008-02-15',
    ])
  })

  test('C9 a week that is all holiday expects nothing', () => {
    expect(spans(rhythms('weekly'), '2007-09-24', '2007-10-14')).toEqual([
      '2007-09-24 2007-09-30',
      '2007-10-08 2007-10-12',
    ])
  })

  test('C9 ten days over the Spring Festival, and in a leap year’s February', () => {
    expect(spans(rhythms('tenDays'), '2008-01-21', '2008-03-10')).toEqual([
      '2008-01-21 2008-01-31',
      '2008-02-01 2008-02-05',
      '2008-02-11 2008-02-20',
      '2008-02-21 2008-02-29',
      '2008-03-01 2008-03-10',
    ])
  })

  test('C9 months end on their last working day; the first is cut to the programme', () => {
    expect(spans(rhythms('monthly'), '2007-09-01', '2008-02-29')).toEqual([
      '2007-09-12 2007-09-30',
      '2007-10-01 2007-10-31',
      '2007-11-01 2007-11-30',
      '2007-12-01 2007-12-29',
      '2008-01-01 2008-01-31',
      '2008-02-01 2008-02-29',
    ])
  })

  test('C9 working days and every day cover themselves', () => {
    expect(spans(rhythms('workdays'), '2008-02-01', '2008-02-13').map((s) => s.slice(-2))).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '13',
    ])
    expect(spans(rhythms('everyDay'), '2008-02-01', '2008-02-13')).toHaveLength(13)
    expect(spans(rhythms('everyDay'), '2008-02-06', '2008-02-06')).toEqual(['2008-02-06 2008-02-06'])
  })

  test('C9 a period is cut to the unit’s life: who ends on a Wednesday reports the week on Wednesday', () => {
    const result = rhythms('weekly', (p) => ({
      ...p,
      units: p.units.map((u) => (u.code === YANTIAN ? { ...u, startsOn: '2008-01-10', endsOn: '2008-01-23' } : u)),
    }))
    expect(spans(result, '2008-01-01', '2008-12-31')).toEqual([
      '2008-01-10 2008-01-11',
      '2008-01-14 2008-01-18',
      '2008-01-21 2008-01-23',
    ])
  })

  test('R36 like is compared with like: worked days, days off, and each kind of period', () => {
    const result = rhythms('weekly', (p) => ({
      ...p,
      units: p.units.map((u) => (u.code === '440308002' ? { ...u, expected: 'monthly' as const } : u)),
    }))
    const kind = (unit: string, day: Day) => result.kind(unit, 0, dayNumber(day))
    expect(new Set([kind(YANTIAN, '2008-01-04'), kind(YANTIAN, '2008-02-03')]).size).toBe(1)
    // a figure given in mid-week is that of a day
    expect(kind(YANTIAN, '2008-01-03')).toBe(rhythms('workdays').kind(YANTIAN, 0, dayNumber('2008-01-04')))
    expect(kind(YANTIAN, '2008-02-09')).toBe(rhythms('everyDay').kind(YANTIAN, 0, dayNumber('2008-02-10')))
    const kinds = [
      kind(YANTIAN, '2008-01-04'),
      kind('440308002', '2008-01-31'),
      kind(YANTIAN, '2008-01-03'),
      kind(YANTIAN, '2008-02-09'),
    ]
    expect(new Set(kinds).size).toBe(4)
  })

  test('R43 a period that is cut is like those of the same rhythm and length alone', () => {
    const result = rhythms('weekly', (p) => ({
      ...p,
      // a Thursday, and a Tuesday
      startsOn: '2008-01-03',
      units: p.units.map((u) => (u.code === '440308001' ? { ...u, endsOn: '2008-02-26' } : u)),
    }))
    const kind = (unit: string, day: Day) => result.kind(unit, 0, dayNumber(day))
    const [first, whole, last] = ['2008-01-04', '2008-01-11', '2008-02-26'].map((day) => kind('440308001', day))
    expect(new Set([first, whole, last]).size).toBe(3)
    expect(kind('440308002', '2008-01-04')).toBe(first)
    expect(kind('440308002', '2008-02-29')).toBe(whole)
    expect(kind('440308001', '2008-02-22')).toBe(whole)
    const monthly = rhythms('monthly', (p) => ({ ...p, startsOn: '2008-01-01' }))
    expect(monthly.kind(YANTIAN, 0, dayNumber('2008-01-31'))).toBe(monthly.kind(YANTIAN, 0, dayNumber('2008-02-29')))
  })

  test('C9 a day is covered by the report of its period, where that has a working day', () => {
    const result = rhythms('weekly', (p) => ({ ...p, endsOn: '2008-01-13' }))
    const dated = (day: Day) => result.reportDay(YANTIAN, 0, dayNumber(day))
    expect(['2008-01-07', '2008-01-10', '2008-01-11'].map(dated)).toEqual(
      ['2008-01-11', '2008-01-11', '2008-01-11'].map(dayNumber),
    )
    expect(dated('2008-01-12')).toBeNull()
    expect(dated('2008-01-15')).toBeNull()
    expect(rhythms('workdays').reportDay(YANTIAN, 0, dayNumber('2008-01-09'))).toBe(dayNumber('2008-01-09'))
    expect(rhythms('workdays').reportDay(YANTIAN, 0, dayNumber('2008-01-12'))).toBeNull()
  })

  test('R36 looking back holds 15 reports of any rhythm, whatever the holidays', () => {
    for (const rhythm of RHYTHMS) {
      const result = rhythms(rhythm, (p) => ({ ...p, startsOn: '2007-01-01' }))
      expect(result.lookBack('440303001', 0)).toBe(LOOK_BACK_DAYS[rhythm])
      const city = rhythmOf(
        { ...loaded.programme, startsOn: '2007-01-01', reporting: { ...loaded.programme.reporting, expected: rhythm } },
        indexUnits({ ...loaded.programme, startsOn: '2007-01-01' }),
      )
      const last = dayNumber('2009-12-31')
      for (let day = dayNumber('2009-01-01'); day <= last; day += 7) {
        let found = 0
        for (let n = day - LOOK_BACK_DAYS[rhythm]; n < day; n++) if (city.expects('440300', 0, n)) found++
        expect(found).toBeGreaterThanOrEqual(USUAL_DAYS)
      }
    }
  })
})

describe('whose rhythm holds', () => {
  const both = (unit: Rhythm | null, above: Rhythm | null, counter: Rhythm | null, programme: Rhythm) => {
    const p = tinyProgramme()
    const adjusted = {
      ...p,
      reporting: { ...p.reporting, expected: programme },
      counters: p.counters.map((c, i) => (i === 1 ? { ...c, expected: counter } : c)),
      units: p.units.map((u) =>
        u.code === 'A1' ? { ...u, expected: unit } : u.code === 'A' ? { ...u, expected: above } : u,
      ),
    }
    return rhythmOf(adjusted, indexUnits(adjusted))
  }

  test.each<[Rhythm | null, Rhythm | null, Rhythm | null, Rhythm, Rhythm]>([
    [null, null, null, 'weekly', 'weekly'],
    ['everyDay', null, null, 'weekly', 'everyDay'],
    [null, 'monthly', null, 'weekly', 'monthly'],
    ['tenDays', 'monthly', null, 'weekly', 'tenDays'],
    [null, null, 'tenDays', 'workdays', 'tenDays'],
    ['weekly', null, 'everyDay', 'monthly', 'weekly'],
    ['everyDay', null, 'workdays', 'monthly', 'workdays'],
  ])('C9 unit %s, above it %s, counter %s, programme %s: %s', (unit, above, counter, programme, holds) => {
    expect(both(unit, above, counter, programme).of('A1', 1)).toBe(holds)
  })

  test('C9 a unit may owe one counter and not the other', () => {
    const result = both(null, null, 'weekly', 'workdays')
    const on = (day: Day) => result.expected('A1', dayNumber(day))
    expect([on('2008-03-06'), on('2008-03-07'), on('2008-03-08')]).toEqual([[0], [0, 1], []])
    expect(on('2008-03-07')).toBe(on('2008-03-14'))
    expect(on('2009-03-06')).toEqual([])
    expect(result.expected('Z9', dayNumber('2008-03-07'))).toEqual([])
  })
})

describe('any calendar, life and rhythm', () => {
  const aCase = fc.record({
    calendar: aCalendar,
    rhythm: fc.constantFrom(...RHYTHMS),
    startsOn: fc.option(aDay),
    endsOn: fc.option(aDay),
    day: aDay,
  })

  test('C9 C10 at most one report a period, on the last day worked of it that the unit lives', () => {
    fc.assert(
      fc.property(aCase, ({ calendar: given, rhythm, startsOn, endsOn, day }) => {
        const p = tinyProgramme({ calendar: given, startsOn: '2007-03-05', endsOn: '2009-10-14' })
        const programme: Programme = {
          ...p,
          reporting: { ...p.reporting, expected: rhythm },
          units: p.units.map((u) => (u.code === 'A1' ? { ...u, startsOn, endsOn } : u)),
        }
        const result = rhythmOf(programme, indexUnits(programme))
        const { isWorkNumber } = workdays(given)
        const n = dayNumber(day)
        const [first, last] = [
          Math.max(dayNumber('2007-03-05'), startsOn === null ? 0 : dayNumber(startsOn)),
          Math.min(dayNumber('2009-10-14'), endsOn === null ? Infinity : dayNumber(endsOn)),
        ]
        const lived = []
        for (let at = periodStart(rhythm, n); at <= periodEnd(rhythm, n); at++)
          if (first <= at && at <= last) lived.push(at)
        const dated = rhythm === 'everyDay' ? lived.at(-1) : lived.findLast(isWorkNumber)
        for (const at of lived) {
          expect(result.expects('A1', 0, at)).toBe(at === dated)
          expect(result.expected('A1', at)).toEqual(at === dated ? [0, 1] : [])
          expect(result.spanFrom('A1', 0, at)).toBe(at === dated ? lived[0] : at)
        }
        for (const at of [first - 1, last + 1]) expect(result.expects('A1', 0, at)).toBe(false)
        expect(isPeriodic(rhythm)).toBe(!['everyDay', 'workdays'].includes(rhythm))
      }),
    )
  })
})

test('20,000 units cost no more looks at the calendar than the few kinds of life that they have', () => {
  const p = tinyProgramme()
  const street = p.units[3]!
  const more = Array.from({ length: 20_000 }, (_, i) => ({
    ...street,
    code: `S${i}`,
    endsOn: i % 2 === 0 ? null : '2008-06-30',
  }))
  const looksFor = (units: Programme['units']) => {
    const calendar = workdays(p.calendar)
    let looks = 0
    const counting = { ...calendar, isWorkNumber: (day: number) => (looks++, calendar.isWorkNumber(day)) }
    rhythmOf({ ...p, units }, indexUnits({ ...p, units }), counting)
    return looks
  }
  expect(looksFor([...p.units, ...more])).toBe(looksFor([...p.units, ...more.slice(0, 2)]))
})

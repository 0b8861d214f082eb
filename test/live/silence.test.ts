/** The rows of `silence:U`: what is owed, who was reminded, and items of supervision. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import { began, joined, passed } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

const SECOND = '2008-01-02'
const whole = { accepted: 3, issued: 2 }

let log: WrittenLog
function start(overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began(SECOND))
}
beforeEach(() => start())
const chased = (scope: string) => log.rows('chase', scope).map(({ unit, day, owed }) => `${unit} ${day} ${owed.join()}`)

describe('E9 the scope of silence', () => {
  test('E9 names what is due and owed at the unit and below it, until it is given', () => {
    expect(chased('silence:C')).toEqual([])
    log.add('ReportSubmitted', { unit: 'A1', day: SECOND, values: { accepted: 3 } }, 'districtA')
    log.write(passed(SECOND))
    expect(chased('silence:A')).toEqual([`A1 ${SECOND} 1`, `A2 ${SECOND} 0,1`, `A3 ${SECOND} 0,1`])
    expect(chased('silence:B')).toEqual([`B1 ${SECOND} 0,1`])
    expect(log.rows('chase', 'silence:B')[0]!.officials).toEqual([{ id: 'districtB', name: 'District B' }])
    log.add('ReportSubmitted', { unit: 'B1', day: SECOND, values: whole }, 'districtB')
    expect(chased('silence:B')).toEqual([])
    expect(log.rows('silence', 'silence:C')[0]).toMatchObject({ owed: 3, open: 0, closed: 0 })
  })

  test('E7 E9 an item is shown while it is open and in the month that closed it; the calendar shows it while it is open', () => {
    log.write(passed(SECOND))
    log.add('SupervisionOpened', { item: 1, unit: 'B1', day: SECOND })
    const supervised = () => log.rows('calendar', 'calendar:B1').at(-1)!.days[1]!.supervised
    expect(supervised()).toBe(true)
    expect(log.rows('item', 'silence:B')).toMatchObject([{ item: 1, reported: null, closed: null }])
    expect(log.rows('item', 'silence:A')).toEqual([])
    const seq = log.add('ReportSubmitted', { unit: 'B1', day: SECOND, values: whole }, 'districtB')
    expect(supervised()).toBeUndefined()
    expect(log.rows('item', 'silence:B')[0]!.closed).toMatchObject({ seq })
    log.write(began('2008-02-01'))
    expect(log.rows('item', 'silence:B')).toEqual([])
    log.add('ReportWithdrawn', { unit: 'B1', day: SECOND, counters: ['issued'], reason: 'wrong' }, 'districtB')
    expect(log.rows('item', 'silence:B')).toMatchObject([{ item: 1, reported: null, closed: null }])
  })

  test('E9 E19 an item has the state of its report, and says that its day is locked or what was carried over', () => {
    start({ reporting: { ...tinyProgramme().reporting, reviewLevels: 1 } })
    log.add('ReportSubmitted', { unit: 'A1', day: SECOND, values: { accepted: 3 } }, 'districtA')
    log.write(passed(SECOND))
    for (const [i, unit] of ['A1', 'A2', 'B1'].entries())
      log.add('SupervisionOpened', { item: i + 1, unit, day: SECOND })
    const items = () =>
      log
        .rows('item', 'silence:C')
        .map(({ unit, state, lock }) => `${unit} ${state} ${lock ?? ''}`.trim())
        .sort()
    expect(items()).toEqual(['A1 partial', 'A2 missing', 'B1 missing'])
    const given = log.add('ReportSubmitted', { unit: 'A1', day: SECOND, values: whole }, 'districtA')
    const returned = { unit: 'A1', day: SECOND, versions: { accepted: given }, reason: 'look again' }
    log.add('ReportReturned', returned, 'office')
    expect(items()[0]).toBe('A1 returned')
    expect(log.rows('silence', 'silence:C')[0]).toMatchObject({ owed: 3, locked: 0 })
    log.write(began('2008-01-03'))
    log.add(
      'PeriodLocked',
      { through: SECOND, carried: [{ unit: 'A1', day: SECOND, counters: ['accepted'] }] },
      'office',
    )
    expect(items()).toEqual(['A1 returned carried', 'A2 missing locked', 'B1 missing locked'])
    expect(log.rows('silence', 'silence:C')[0]).toMatchObject({ owed: 3, locked: 3 })
    expect(chased('silence:C')).toEqual([])
  })

  test('E21 a report keeps its last reminder, whatever its officials are reminded of since, and that it was seen', () => {
    log.write(passed(SECOND))
    const cells = [{ unit: 'B1', day: SECOND }]
    log.add('OfficialReminded', { member: 'districtB', stage: 'office', cells, text: 'by six' }, 'office')
    const reminded = () => log.rows('chase', 'silence:B')[0]!.reminded
    const seq = log.rows('reminder', 'silence:B')[0]!.seq
    expect(reminded()).toMatchObject({ seen: null })
    log.add('ReminderSeen', { member: 'districtB', reminder: seq }, 'districtB')
    const before = reminded()!
    expect(before.seen).not.toBeNull()
    log.add('OfficialReminded', { member: 'districtB', stage: 'official', cells: [] })
    expect(reminded()).toEqual(before)
  })

  test('E9 above 2,000 reporting units it names none, and counts', () => {
    const { units } = tinyProgramme()
    const streets = Array.from({ length: 2_001 }, (_, i) => ({ ...units[3]!, code: `S${i}`, parent: 'A' }))
    const bases = tinyProgramme().bases.filter(({ unit }) => ['C', 'A', 'B'].includes(unit))
    start({ units: [...units.slice(0, 3), ...streets], bases })
    log.write(passed(SECOND))
    expect(chased('silence:A')).toEqual([])
    expect(log.rows('silence', 'silence:A')[0]!.owed).toBe(2_001)
    expect(chased('silence:S7')).toEqual([`S7 ${SECOND} 0,1`])
  })
})

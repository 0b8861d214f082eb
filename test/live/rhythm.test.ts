/** What the rows of a unit say of counters that are reported weekly. */
import { describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { ClosedRow } from '../../shared/view/rows.ts'
import { began, joined } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

let log: WrittenLog
function start(day: string, overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began(day))
}
const begin = (day: string) => log.write(began(day))
const report = (unit: string, day: string, values: Values) =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const closed = (unit: string, of = 'C'): ClosedRow => log.rows('closed', `unit:${of}`).find((r) => r.unit === unit)!

describe('A13 A10 what is counted, and what was given since', () => {
  const weekly = { counters: tinyProgramme().counters.map((c) => ({ ...c, expected: 'weekly' as const })) }

  test('A1 of a counter reported weekly ends with the last Friday due, whatever is given beside the rhythm', () => {
    // Wednesday; the 21st is a Monday, the 18th a Friday
    start('2008-01-23', weekly)
    report('A1', '2008-01-11', { accepted: 900, issued: 700 })
    report('A1', '2008-01-18', { accepted: 900, issued: 100 })
    report('A1', '2008-01-21', { accepted: 900, issued: 900 })
    for (const unit of ['A1', 'A', 'C']) {
      const row = closed(unit, unit)
      expect(row.counted).toEqual([1_800, 800])
      expect(row.sinceReference?.approved).toEqual([900, 900])
    }
    begin('2008-01-26')
    expect(closed('A').counted).toEqual([2_700, 1_700])
    expect(closed('A')).not.toHaveProperty('sinceReference')
  })

  test('A13 before the first report was expected nothing is counted', () => {
    start('2008-01-04', weekly)
    report('A1', '2008-01-03', { accepted: 9, issued: 7 })
    expect(closed('A').counted).toEqual([0, 0])
    expect(closed('A').sinceReference?.approved).toEqual([9, 7])
  })

  test('A13 of a sum of several rhythms the due day holds', () => {
    const units = tinyProgramme().units.map((u) => (u.code === 'A1' ? { ...u, expected: 'weekly' as const } : u))
    start('2008-01-23', { units })
    report('A1', '2008-01-21', { accepted: 900, issued: 900 })
    expect([closed('A1', 'A').counted, closed('A', 'A').counted]).toEqual([
      [0, 0],
      [900, 900],
    ])
  })
})

describe('recent figures', () => {
  test('S16 of a sum they are those of the rhythm that its living streets share, though the programme has another', () => {
    const week = { expected: 'weekly' as const }
    start('2008-02-01', {
      units: tinyProgramme().units.map((u) => (u.level === 'street' ? { ...u, ...week } : u)),
    })
    for (const day of ['2008-01-11', '2008-01-18', '2008-01-25']) report('A1', day, { accepted: 500, issued: 400 })
    expect(closed('C').recent).toEqual([0, 400, 400, 400])
    expect(closed('A').recent).toEqual([0, 400, 400, 400])
    // one that has ended, and one that has not begun, do not count
    const ended = tinyProgramme().units.map((u) => {
      if (u.level !== 'street') return u
      return u.code === 'A3' ? { ...u, endsOn: '2008-01-10' } : { ...u, ...week }
    })
    start('2008-02-01', { units: ended })
    expect(closed('A').recent).toHaveLength(4)
    start('2008-02-01', { units: tinyProgramme().units.map((u) => (u.code === 'A1' ? { ...u, ...week } : u)) })
    expect(closed('A').recent).toHaveLength(14)
  })
})

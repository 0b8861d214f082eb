/** What the latest changes and the days of a unit say beside their figures. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Values } from '../../shared/domain/values.ts'
import { began, joined } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

let log: WrittenLog
beforeEach(() => {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(), origin: 'real' })
  log.write(...joined(PEOPLE), began('2008-01-02'))
})
const DAY = '2008-01-02'
const report = (values: Values, confirmed?: Record<string, string[]>) =>
  log.add('ReportSubmitted', { unit: 'A1', day: DAY, values, ...(confirmed && { confirmed }) } as never, 'districtA')
const restated = (values: Values, type: 'corrected' | 'reduced') =>
  log.add('ReportRestated', { unit: 'A1', day: DAY, values, type, reason: 'counted again' }, 'districtA')
const latest = (unit = 'C') => log.rows('change', `unit:${unit}`).toSorted((a, b) => b.seq - a.seq)[0]!
const day = (unit: string) => log.rows('day', `unit:${unit}`).find((row) => row.day === DAY)

describe('R42 a figure that was confirmed against a warning', () => {
  test('is marked in the change, in its day and, while that is today, in the sums', () => {
    report({ accepted: 900, issued: 80 }, { accepted: ['report.unusual'] })
    expect(latest()).toMatchObject({ confirmed: [0] })
    const today = (unit: string) => log.rows('sums', `unit:${unit}`).find((row) => row.unit === unit)?.confirmed
    expect([today('C'), today('A1'), today('B')]).toEqual([1, 1, undefined])
    log.write(began('2008-01-03'))
    expect([day('C')?.confirmed, day('A1')?.confirmed, day('B')]).toEqual([1, 1, undefined])
    expect([today('C'), today('A1')]).toEqual([undefined, undefined])
    restated({ accepted: 90 }, 'reduced')
    expect(latest().confirmed).toBeUndefined()
    expect([day('C')?.confirmed, day('A1')?.confirmed]).toEqual([undefined, undefined])
  })

  test('and one that was not is not', () => {
    report({ accepted: 90, issued: 80 })
    expect(latest().confirmed).toBeUndefined()
  })
})

describe('U14 counters that take over what others of the report give away', () => {
  const typed = (values: Values, type: 'corrected' | 'reduced') => {
    restated(values, type)
    return latest().restated
  }

  test('are re-attributed, whatever the change was sent as', () => {
    report({ accepted: 90, issued: 80 })
    log.write(began('2008-01-03'))
    expect(typed({ accepted: 86, issued: 84 }, 'corrected')).toBe('reattributed')
    expect(typed({ accepted: 90, issued: 80 }, 'reduced')).toBe('reattributed')
  })

  test('so in the history of the report as well', async () => {
    report({ accepted: 90, issued: 80 })
    log.write(began('2008-01-03'))
    restated({ accepted: 86, issued: 84 }, 'reduced')
    restated({ accepted: 80, issued: 85 }, 'reduced')
    const scope = `history:report/A1/${DAY}`
    const stored = log.events.filter(({ data }) => 'unit' in data && data.unit === 'A1')
    await log.projector.scopes.readHistory(scope, () => Promise.resolve(stored))
    expect(log.rows('version', scope).map((row) => row.restated)).toEqual([undefined, 'reattributed', 'reduced'])
  })

  test('which no change is that leaves more or less than before, is about one counter, or fills a blank', () => {
    report({ accepted: 90, issued: 80 })
    log.write(began('2008-01-03'))
    expect(typed({ accepted: 86, issued: 83 }, 'reduced')).toBe('reduced')
    expect(typed({ accepted: 87, issued: 84 }, 'corrected')).toBe('corrected')
    expect(typed({ accepted: 80 }, 'reduced')).toBe('reduced')
  })
})

/** What is kept for ever under an address. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addressAt, DAYS_VERSION, seqIn } from '../../server/live/addresses.ts'
import { spanOf } from '../../server/live/views/unit.ts'
import { began, event, opened, passed } from '../domain/given.ts'
import { writtenLog } from '../support/log.ts'
import { tinyProgramme } from '../support/programme.ts'

/** January as JSON, by unit: days partial, waiting, approved, returned, disputed, withdrawn, owed, and of whole weeks. */
function january(): string[] {
  const { reporting, counters } = tinyProgramme()
  const log = writtenLog()
  const weekly = counters.map((counter, i) => (i === 0 ? { ...counter, expected: 'weekly' as const } : counter))
  log.write(...opened({ reporting: { ...reporting, reviewLevels: 1 }, counters: weekly }), began('2008-01-09'))
  const submit = (unit: string, day: string, values: Record<string, number>) =>
    log.write(event('ReportSubmitted', { unit, day, values }))
  const first = submit('A1', '2008-01-09', { issued: 5 })
  log.write(event('ReportApproved', { unit: 'A1', day: '2008-01-09', versions: { issued: first }, level: 1 }))
  const second = submit('A2', '2008-01-09', { issued: 7 })
  log.write(event('ReportReturned', { unit: 'A2', day: '2008-01-09', versions: { issued: second }, reason: 'why?' }))
  const third = submit('A3', '2008-01-09', { issued: 3 })
  log.write(event('ReportDisputed', { unit: 'A3', day: '2008-01-09', values: { issued: 4 }, basis: { issued: third } }))
  submit('B1', '2008-01-09', { issued: 9 })
  log.write(event('ReportWithdrawn', { unit: 'B1', day: '2008-01-09', counters: ['issued'], reason: 'wrong street' }))
  log.write(passed('2008-01-09'), began('2008-01-11'))
  for (const unit of ['A1', 'A2', 'A3', 'B1']) submit(unit, '2008-01-11', { accepted: 40, issued: 0 })
  log.write(passed('2008-01-11'), began('2008-03-03'))
  return ['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1'].map((unit) =>
    JSON.stringify([unit, spanOf(log.projector.state(), unit, '2008-01')!.days]),
  )
}

describe('V10 addresses of months', () => {
  test('name the version of the rules, the seq and the hash of the last change', () => {
    const address = addressAt({ seq: 5120, hash: '9f3a01bc'.repeat(8) })
    expect(address).toBe(`${DAYS_VERSION}-5120-9f3a01bc`)
    expect(seqIn(address)).toBe(5120)
  })

  test('the version is raised when the same events make other days: these are those of this version', () => {
    const digest = createHash('sha256').update(january().join('\n')).digest('hex')
    expect([DAYS_VERSION, digest.slice(0, 16)]).toEqual([3, '8c79d164d91da389'])
  })
})

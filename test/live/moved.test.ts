/** Sheets of both ends of a move that waits for review. */
import { beforeEach, expect, test } from 'vitest'
import type { Values } from '../../shared/domain/values.ts'
import { began, joined } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

const DAY = '2008-01-03'
const A1 = { unit: 'A1', day: DAY }
const B1 = { unit: 'B1', day: '2008-01-02' }
let log: WrittenLog

const report = (cell: typeof A1, values: Values) => log.add('ReportSubmitted', { ...cell, values }, 'districtA')
/** issued of a line, as questions count it */
const counted = (sheet: string, unit: string) => log.rows('line', sheet).find((line) => line.unit === unit)!.total[1]

/** 70 issued in A1 are approved and wait to be moved to B1, which has another sheet, and of another day. */
beforeEach(() => {
  log = writtenLog()
  const reporting = { ...tinyProgramme().reporting, reviewLevels: 1 }
  log.add('ProgrammeOpened', { programme: tinyProgramme({ reporting }), origin: 'real' })
  log.write(...joined(PEOPLE), began(DAY))
  const version = report(A1, { issued: 70 })
  log.add('ReportApproved', { ...A1, versions: { issued: version }, level: 1 }, 'office')
  const moved = { moved: { issued: 70 }, moves: { issued: [1] }, reason: 'theirs' }
  log.add('ReportReattributed', { ...A1, side: 'from', values: { issued: null }, other: B1, ...moved }, 'office')
  log.add('ReportReattributed', { ...B1, side: 'to', values: { issued: 70 }, other: A1, ...moved }, 'office')
})

test('R38 S1 what becomes of the one end is seen in the sheet of the other: where the value counts', () => {
  const scope = `sheet:A/${DAY}`
  const { scopes } = log.projector
  const held = () => {
    const rows = new Map<string, unknown>()
    for (const row of scopes.changes(scope, 0).rows) rows.set(row[0], row)
    return rows
  }
  scopes.open(scope)
  expect(counted(scope, 'A1')).toBe(0)
  expect(counted('sheet:B/2008-01-02', 'B1')).toBe(70)
  const before = held()
  const seq = log.events.length
  log.add('ReportSubmitted', { ...B1, values: { issued: 30 } }, 'districtB')
  const patch = scopes.changes(scope, seq)
  expect(patch.reset).toBeUndefined()
  for (const row of patch.rows) before.set(row[0], row)
  expect(Object.fromEntries(before)).toEqual(Object.fromEntries(held()))
  expect(counted(scope, 'A1')).toBe(40)
  expect(log.rows('report', scope)[0]!.figures[1]).toMatchObject({ value: null, approved: 70, away: 30 })
  log.add('ReportWithdrawn', { ...B1, counters: ['issued'], reason: 'not theirs' }, 'districtB')
  expect(counted(scope, 'A1')).toBe(70)
  expect(log.rows('sums', 'unit:A1')[0]!.total.approved).toEqual([0, 70])
})

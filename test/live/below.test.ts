/** What stands in sums because it lies too deep or is too much. */
import { describe, expect, test } from 'vitest'
import { began, joined, passed } from '../domain/given.ts'
import type { Target } from '../../shared/domain/programme.ts'
import { deepProgramme } from '../support/deep.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { countTarget } from '../support/programme.ts'

function start(size: Parameters<typeof deepProgramme>[0]): WrittenLog {
  const log = writtenLog()
  log.add('ProgrammeOpened', { programme: deepProgramme(size), origin: 'real' })
  log.write(...joined(PEOPLE), began('2008-01-02'))
  return log
}
const below = (log: WrittenLog) =>
  log
    .rows('below', 'unit:C')
    .map((r) => [r.unit, r.in, r.partial, r.missing, r.behind])
    .sort()

describe('S16 reporting units without a row of their own', () => {
  test('none where all have rows', () => {
    const log = start({ districts: 2, streets: 3, blocks: 0 })
    expect([...log.rows('below', 'unit:C'), ...log.rows('urgent', 'unit:C')]).toEqual([])
  })

  test('today’s reports by child: in, partial, missing; and how many units are behind', () => {
    const log = start({ districts: 2, streets: 2, blocks: 2 })
    expect(log.rows('sums', 'unit:C').map((r) => r.unit)).not.toContain('D0S0B0')
    expect(below(log)).toEqual([
      ['D0', 0, 0, 4, 0],
      ['D1', 0, 0, 4, 0],
    ])
    const day = '2008-01-02'
    log.add('ReportSubmitted', { unit: 'D0S0B0', day, values: { accepted: 900, issued: 900 } }, 'office')
    log.add('ReportSubmitted', { unit: 'D0S0B1', day, values: { accepted: 1 } }, 'office')
    expect(below(log)).toEqual([
      ['D0', 1, 1, 2, 0],
      ['D1', 0, 0, 4, 0],
    ])
    log.write(passed(day))
    // the path has begun: who has given nothing is behind it
    expect(below(log)).toEqual([
      ['D0', 1, 1, 2, 3],
      ['D1', 0, 0, 4, 4],
    ])
    log.write(began('2008-01-05'))
    expect(below(log)).toEqual([
      ['D0', 0, 0, 0, 3],
      ['D1', 0, 0, 0, 4],
    ])
  })

  test('how many are behind is said of the target that is due next, not of the first in the list', () => {
    const programme = deepProgramme({ districts: 2, streets: 2, blocks: 2 })
    const [baseline] = programme.baselines
    const easy: Target = { ...countTarget, key: 'easy', threshold: 8, due: '2008-01-04' }
    const reached = (targets: Target[]) => {
      const log = writtenLog()
      log.add('ProgrammeOpened', {
        programme: { ...programme, baselines: [{ ...baseline!, targets }] },
        origin: 'real',
      })
      log.write(...joined(PEOPLE), began('2008-01-02'))
      for (const unit of ['D0S0B0', 'D0S0B1'])
        log.add('ReportSubmitted', { unit, day: '2008-01-02', values: { accepted: 1, issued: 1 } }, 'office')
      log.write(passed('2008-01-02'))
      const first = below(log).map((r) => r[4])
      log.write(began('2008-01-07'))
      return [first, below(log).map((r) => r[4])]
    }
    const inTurn = [
      [2, 4],
      [4, 4],
    ]
    expect(reached([easy, countTarget])).toEqual(inTurn)
    expect(reached([countTarget, easy])).toEqual(inTurn)
  })

  test('a target that only one of the districts has a part of is not that of the city', () => {
    const programme = deepProgramme({ districts: 2, streets: 2, blocks: 2 })
    const pilot: Target = { ...countTarget, key: 'pilot', unit: 'D0', threshold: 4, due: '2008-01-04' }
    const log = writtenLog()
    const baselines = [{ ...programme.baselines[0]!, targets: [pilot, countTarget] }]
    log.add('ProgrammeOpened', { programme: { ...programme, baselines }, origin: 'real' })
    log.write(...joined(PEOPLE), began('2008-01-02'), passed('2008-01-02'))
    expect(below(log).map((r) => r[4])).toEqual([4, 4])
  })

  test('the thirty that owe most, most first', () => {
    const log = start({ districts: 2, streets: 4, blocks: 5 })
    log.write(began('2008-01-04'))
    const [row] = log.rows('urgent', 'unit:C')
    expect(row!.units).toHaveLength(30)
    expect(row!.units[0]).toEqual({ unit: 'D0S0B0', owedCount: 2 })
    log.add('ReportRestated', {
      unit: 'D0S0B0',
      day: '2008-01-02',
      values: { accepted: 1, issued: 1 },
      type: 'late',
      reason: 'x',
    })
    expect(log.rows('urgent', 'unit:C')[0]!.units.map((u) => u.unit)).not.toContain('D0S0B0')
    expect(log.rows('urgent', 'unit:D0')).toEqual([])
  })

  test('with more than two hundred grandchildren a page of the whole stays small', () => {
    const log = start({ districts: 3, streets: 300, blocks: 0 })
    log.write(began('2008-02-20'))
    const patch = log.projector.scopes.changesText('unit:C', 0)
    expect(Buffer.byteLength(patch)).toBeLessThan(8_000)
    expect(log.rows('sums', 'unit:C')).toHaveLength(4)
    expect(log.rows('sums', 'unit:D0')).toHaveLength(301)
  })
})

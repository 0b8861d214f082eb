import { describe, expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import type { PaceStatus } from '../../shared/progress/pace.ts'
import { mainTarget, nextDue, targetsOf } from '../../shared/progress/targets.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const programme = tinyProgramme()
const units = indexUnits(programme)
const baseline = programme.baselines[0]!

describe('the targets of a unit', () => {
  test('lie above, at and below it, by due day', () => {
    expect(targetsOf(baseline, units, 'C').map((s) => [s.target.key, s.unit])).toEqual([
      ['cover', 'A'],
      ['count', 'C'],
    ])
    expect(targetsOf(baseline, units, 'A1').map((s) => [s.target.key, s.unit])).toEqual([
      ['cover', 'A1'],
      ['count', 'A1'],
    ])
  })

  test('are not those of other places', () => {
    expect(targetsOf(baseline, units, 'B').map((s) => s.target.key)).toEqual(['count'])
  })
})

test('the next due of a unit is one that it has a part of, whatever has been reached; else the last', () => {
  const next = (unit: string, today: string | null) => nextDue(baseline, units, unit, today)?.key
  expect(['2008-02-29', '2008-03-01', '2009-01-01', null].map((day) => next('A1', day))).toEqual([
    'cover',
    'count',
    'count',
    'cover',
  ])
  expect(next('C', '2008-01-02'), 'that of a district is not of the whole city').toBe('count')
  expect(nextDue({ ...baseline, targets: baseline.targets.slice(1) }, units, 'B', null)).toBeUndefined()
})

const stake = (key: string, due: string, status: PaceStatus | null) => ({
  target: { ...countTarget, key, due },
  standing: { status },
})

describe('the main target', () => {
  const pilot = stake('pilot', '2008-01-31', 'missed')
  const june = stake('june', '2008-06-30', 'behind')
  const december = stake('december', '2008-12-31', 'ahead')

  test('is the next due that is not reached', () => {
    expect(mainTarget([pilot, june, december], '2008-04-16')).toBe(june)
    expect(mainTarget([pilot, stake('june', '2008-06-30', 'reached'), december], '2008-04-16')).toBe(december)
  })

  test('is the one due last when none is to come', () => {
    expect(mainTarget([pilot, june], '2009-01-01')).toBe(june)
    expect(mainTarget([stake('june', '2008-06-30', 'reached')], '2008-04-16')?.target.key).toBe('june')
    expect(mainTarget([], '2008-04-16')).toBeUndefined()
  })

  test('is the first before the first day, and there is one for a unit that has ended', () => {
    expect(mainTarget([stake('a', '2008-01-31', 'notStarted'), december], null)?.target.key).toBe('a')
    expect(mainTarget([stake('a', '2008-06-30', null)], '2008-04-16')?.target.key).toBe('a')
  })

  test('is the one that the reader wants, if there is one of that name', () => {
    expect(mainTarget([pilot, june, december], '2008-04-16', 'december')).toBe(december)
    expect(mainTarget([pilot, june, december], '2008-04-16', 'nothing')).toBe(june)
  })
})

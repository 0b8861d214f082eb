import { describe, expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import type { PaceStatus } from '../../shared/progress/pace.ts'
import { mainTarget, nextDue, rankedBy, type Stake, targetsOf } from '../../shared/progress/targets.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const programme = tinyProgramme()
const units = indexUnits(programme)
const baseline = programme.baselines[0]!

describe('the targets of a unit', () => {
  test('A18 are its own first, then those above, then those below', () => {
    expect(targetsOf(baseline, units, 'C').map((s) => [s.target.key, s.unit])).toEqual([
      ['count', 'C'],
      ['cover', 'A'],
    ])
    const late = {
      ...baseline,
      targets: baseline.targets.map((t) => (t.key === 'cover' ? { ...t, due: '2008-06-30' } : t)),
    }
    expect(targetsOf(late, units, 'A').map((s) => [s.target.key, s.of])).toEqual([
      ['cover', 'own'],
      ['count', 'above'],
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
  of: 'own' as Stake['of'],
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
    expect(mainTarget([pilot, june, december], '2008-04-16', { wanted: 'december' })).toBe(december)
    expect(mainTarget([pilot, june, december], '2008-04-16', { wanted: 'nothing' })).toBe(june)
  })

  test('A18 is the one that the baseline names, reached or past or not, unless something of the unit’s own comes before it', () => {
    const main = stake('end', '2008-12-31', 'reached')
    expect(mainTarget([main, june], '2008-04-16', { main: 'end' })).toBe(main)
    expect(mainTarget([main, june], '2009-04-16', { main: 'end' })).toBe(main)
    const part = { ...main, of: 'above' as const }
    expect(mainTarget([june, part], '2008-04-16', { main: 'end' })).toBe(june)
    const named = {
      ...baseline,
      main: 'count',
      targets: [{ ...countTarget, key: 'first', due: '2008-02-01' }, countTarget],
    }
    expect(targetsOf(named, units, 'A1').map((s) => s.target.key)).toEqual(['count', 'first'])
    expect(nextDue(named, units, 'C', '2008-01-10')?.key).toBe('count')
  })

  test('A18 is not one of a unit below once something of its own has begun, and is its own when all are past', () => {
    const below = { ...stake('borough', '2008-12-31', 'behind'), of: 'below' as const }
    const reached = stake('city', '2008-12-31', 'reached')
    expect(mainTarget([reached, below], '2008-04-16')).toBe(reached)
    expect(mainTarget([reached, below], '2009-04-16')).toBe(reached)
    const later = { ...june, target: { ...june.target, path: { ...countTarget.path, from: '2008-05-01' } } }
    expect(mainTarget([later, below], '2008-04-16')).toBe(below)
    expect(mainTarget([later, { ...below, standing: { status: 'reached' as const } }], '2008-04-16')).toBe(later)
  })
})

test('A18 a unit is ranked by its own target of the same counter while that runs', () => {
  const own = {
    ...countTarget,
    key: 'own',
    unit: 'A',
    due: '2008-06-30',
    path: { ...countTarget.path, from: '2008-02-01' },
  }
  const by = (more: object, day: string | null, unit = 'A') =>
    rankedBy({ ...baseline, targets: [countTarget, { ...own, ...more }] }, countTarget, unit, day).key
  expect([by({}, '2008-02-01'), by({}, '2008-06-30')]).toEqual(['own', 'own'])
  expect([by({}, '2008-01-31'), by({}, '2008-07-01'), by({}, null)]).toEqual(['count', 'count', 'count'])
  expect([by({ counter: 'accepted' }, '2008-03-01'), by({ measure: 'rate' }, '2008-03-01')]).toEqual(['count', 'count'])
  expect(by({}, '2008-03-01', 'B')).toBe('count')
})

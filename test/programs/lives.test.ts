import { describe, expect, test } from 'vitest'
import { programmeFaults } from '../../shared/domain/faults.ts'
import type { Programme, Unit } from '../../shared/domain/programme.ts'
import type { Rhythm } from '../../shared/domain/values.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const tiny = tinyProgramme()
type Change = Partial<Pick<Unit, 'startsOn' | 'endsOn' | 'into' | 'expected'>>

/** The programme of the tests with other units: what changes, by code. */
const having = (changes: Record<string, Change>, more: Partial<Programme> = {}): Programme => ({
  ...tiny,
  ...more,
  units: tiny.units.map((u) => ({ ...u, ...changes[u.code] })),
})
const faultsOf = (changes: Record<string, Change>, more: Partial<Programme> = {}) =>
  programmeFaults(having(changes, more)).map((r) => `${r.at} ${r.code}${r.params?.name ? ` ${r.params.name}` : ''}`)

describe('lives of units', () => {
  test('C10 a unit ends with the nearest unit above it that has an end, and goes where that goes', () => {
    const units = indexUnits(
      having({ A: { endsOn: '2008-05-31', into: 'B1' }, A2: { endsOn: '2008-03-31', into: 'A3' } }),
    )
    expect(['C', 'A', 'A1', 'A2', 'A3', 'B1', 'Z9'].map((u) => units.endsOn(u))).toEqual([
      null,
      '2008-05-31',
      '2008-05-31',
      '2008-03-31',
      '2008-05-31',
      null,
      null,
    ])
    expect(['C', 'A1', 'A2', 'B1', 'Z9'].map((u) => units.into(u))).toEqual([null, 'B1', 'A3', null, null])
    expect(units.heirs('A2', '2008-12-31')).toEqual(['A2', 'A3', 'B1'])
    expect(units.heirs('B1', '2008-12-31')).toEqual(['B1'])
    expect(units.heirs('Z9', '2008-12-31')).toEqual([])
  })

  test('R41 Y8 a unit has an heir from the day after its end on, and the heir’s own heir from the day after that one’s', () => {
    const units = indexUnits(
      having({ A1: { endsOn: '2008-03-31', into: 'A2' }, A2: { endsOn: '2008-05-31', into: 'B1' } }),
    )
    const heirs = (today: string | null) => units.heirs('A1', today)
    expect([heirs(null), heirs('2008-03-31')]).toEqual([['A1'], ['A1']])
    expect([heirs('2008-04-01'), heirs('2008-05-31')]).toEqual([
      ['A1', 'A2'],
      ['A1', 'A2'],
    ])
    expect(heirs('2008-06-01')).toEqual(['A1', 'A2', 'B1'])
  })

  test('C10 the last day is the unit’s own; the day after is not', () => {
    const units = indexUnits(having({ A1: { endsOn: '2008-05-31' } }))
    expect([units.ended('A1', '2008-05-31'), units.ended('A1', '2008-06-01'), units.ended('A2', '2008-06-01')]).toEqual(
      [false, true, false],
    )
  })

  test('units have their place in the programme’s order', () => {
    const units = indexUnits(tiny)
    expect(units.all.map((code) => units.index(code))).toEqual(tiny.units.map((_, i) => i))
    expect(units.all.map((_, i) => units.at(i))).toEqual(units.all)
    expect(units.index('Z9')).toBe(-1)
    expect(() => units.at(99)).toThrow(RangeError)
  })
})

describe('faults of lives and rhythms', () => {
  test.each<[string, Record<string, Change>, string[]]>([
    ['an end on the first day', { A1: { startsOn: '2008-02-01', endsOn: '2008-02-01' } }, []],
    [
      'an end before the start',
      { A1: { startsOn: '2008-02-01', endsOn: '2008-01-31' } },
      ['units.3.endsOn input.invalid endsOn'],
    ],
    ['an end before the programme', { A1: { endsOn: '2007-12-31' } }, ['units.3.endsOn input.invalid endsOn']],
    [
      'a start after the end of the unit above',
      { B: { endsOn: '2008-01-31' } },
      ['units.7.endsOn input.invalid endsOn'],
    ],
    ['one that goes into another', { A1: { endsOn: '2008-05-31', into: 'A2' } }, []],
    ['into a street of another district', { A1: { endsOn: '2008-05-31', into: 'B1' } }, []],
    [
      'one by one into another',
      { A1: { endsOn: '2008-05-31', into: 'A2' }, A2: { endsOn: '2008-06-30', into: 'A3' } },
      [],
    ],
    ['into nobody known', { A1: { endsOn: '2008-05-31', into: 'Z9' } }, ['units.3.into unit.unknown']],
    ['into itself', { A1: { endsOn: '2008-05-31', into: 'A1' } }, ['units.3.into input.invalid itself']],
    [
      'a district into one of its streets',
      { A: { endsOn: '2008-05-31', into: 'A1' } },
      ['units.1.into input.invalid itself'],
    ],
    ['into one that does not report', { A1: { endsOn: '2008-05-31', into: 'B' } }, ['units.3.into unit.notReporting']],
    ['into another without an end', { A1: { into: 'A2' } }, ['units.3.endsOn input.required']],
    ['into another, ending with the district', { A: { endsOn: '2008-05-31' }, A1: { into: 'B1' } }, []],
    [
      'into each other',
      { A1: { endsOn: '2008-05-31', into: 'A2' }, A2: { endsOn: '2008-06-30', into: 'A1' } },
      ['units.3.into input.invalid circle', 'units.4.into input.invalid circle'],
    ],
    [
      'into one that is gone by then',
      { A1: { endsOn: '2008-05-31', into: 'A2' }, A2: { endsOn: '2008-05-31' } },
      ['units.3.into unit.ended'],
    ],
    ['a start before the programme', { A1: { startsOn: '2007-12-31' } }, ['units.3.startsOn input.invalid startsOn']],
    ['a start with the programme', { A1: { startsOn: '2008-01-01' } }, []],
    [
      'an end later than that of a unit above',
      { A: { endsOn: '2008-05-31' }, A1: { endsOn: '2008-06-01' }, A2: { endsOn: '2008-05-31' } },
      ['units.3.endsOn input.invalid endsOn'],
    ],
    [
      'an end later than that of the whole',
      { C: { endsOn: '2008-05-31' }, A: { endsOn: '2008-06-30' }, A1: { endsOn: '2008-06-15' } },
      ['units.1.endsOn input.invalid endsOn', 'units.3.endsOn input.invalid endsOn'],
    ],
  ])('O3 %s', (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected)
  })

  const rate = { ...countTarget, measure: 'rate' as const, unit: 'A', threshold: 10 }
  const baselines = [{ ...tiny.baselines[0]!, targets: [rate] }]
  const counters = (expected: Rhythm) =>
    tiny.counters.map((c) => ({ ...c, expected: c.key === 'issued' ? expected : null }))
  test.each<[string, Record<string, Change>, Partial<Programme>, boolean]>([
    ['every working day', {}, {}, false],
    ['every day', {}, { reporting: { ...tiny.reporting, expected: 'everyDay' } }, false],
    ['weekly', {}, { reporting: { ...tiny.reporting, expected: 'weekly' } }, true],
    [
      'weekly, another counter',
      {},
      { counters: tiny.counters.map((c) => ({ ...c, expected: c.key === 'issued' ? null : 'weekly' })) },
      false,
    ],
    ['monthly, that counter', {}, { counters: counters('monthly') }, true],
    ['weekly by one street below', { A2: { expected: 'weekly' } }, {}, true],
    ['weekly by a street elsewhere', { B1: { expected: 'weekly' } }, {}, false],
    [
      'daily by all streets of a weekly programme',
      { C: { expected: 'workdays' } },
      { reporting: { ...tiny.reporting, expected: 'weekly' } },
      false,
    ],
  ])('O3 a rate is measured on what is reported %s', (_, changes, more, refused) => {
    expect(faultsOf(changes, { baselines, ...more })).toEqual(
      refused ? ['baselines.0.targets.0.counter input.invalid rhythm'] : [],
    )
  })

  test('O3 a tree that goes round is named, and nothing hangs', () => {
    const round = having({ A1: { endsOn: '2008-05-31', into: 'A2' } })
    const units = round.units.map((u) =>
      u.code === 'A' ? { ...u, parent: 'B' } : u.code === 'B' ? { ...u, parent: 'A' } : u,
    )
    const faults = programmeFaults({ ...round, units }).map((r) => `${r.at} ${r.code}`)
    expect(faults).toContain('units.1.parent input.invalid')
    expect(faults).toContain('units.3.parent input.invalid')
  })
})

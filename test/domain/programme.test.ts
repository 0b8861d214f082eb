import { describe, expect, test } from 'vitest'
import { baselineOn } from '../../shared/domain/baseline.ts'
import { programmeFaults } from '../../shared/domain/faults.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { ask, events, given, opened, refusals, SYSTEM } from './given.ts'
import { isPlace } from './places.ts'

const tiny = tinyProgramme()
const [city, a, b, ...streets] = tiny.units as [Programme['units'][0], ...Programme['units']]
const faultsOf = (overrides: Partial<Programme>) =>
  programmeFaults(tinyProgramme(overrides)).map((r) => `${r.at} ${r.code}`)
const targets = (...list: object[]) => ({
  baselines: [{ ...tiny.baselines[0]!, targets: list.map((more) => ({ ...countTarget, ...more })) }],
})

describe('opening', () => {
  test('O1 once, by the system, with what it is made of', () => {
    expect(events([], SYSTEM, 'OpenProgramme', { programme: tiny, origin: 'replayed' })).toEqual([
      { type: 'ProgrammeOpened', data: { programme: tiny, origin: 'replayed' } },
    ])
    expect(refusals(opened(), SYSTEM, 'OpenProgramme', { programme: tiny, origin: 'real' })).toEqual([
      { code: 'programme.open', params: { key: 'tiny' } },
    ])
  })

  test('O3 every fault is named with its place', () => {
    const programme = tinyProgramme({ endsOn: '2007-01-01', ...targets({ unit: 'Z9', counter: 'handed' }) })
    expect(refusals([], SYSTEM, 'OpenProgramme', { programme, origin: 'real' })).toEqual([
      { code: 'input.invalid', at: 'programme.endsOn' },
      { code: 'unit.unknown', params: { unit: 'Z9' }, at: 'programme.baselines.0.targets.0.unit' },
      { code: 'counter.unknown', params: { key: 'handed' }, at: 'programme.baselines.0.targets.0.counter' },
    ])
  })

  test('O3 a fault of shape is named with its place too', () => {
    const programme = { ...tiny, reporting: { ...tiny.reporting, deadline: 'noon', graceDays: -1 }, colour: 'red' }
    expect(ask(given([]), SYSTEM, 'OpenProgramme', { programme, origin: 'real' })).toEqual({
      ok: false,
      refusals: [
        { code: 'input.invalid', at: 'programme.reporting.deadline' },
        { code: 'input.invalid', at: 'programme.reporting.graceDays' },
        { code: 'input.unknownField', params: { name: 'colour' }, at: 'programme' },
      ],
    })
  })
})

describe('faults that the shape cannot show', () => {
  test('B6 O3 what typed parts leave over has to have somebody to take it: not one that ended before', () => {
    const units = tiny.units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-03-31' } : u))
    const [t1] = tiny.baselines
    const target = { ...t1!.targets[0]!, unit: 'A', threshold: 100, allocation: { A1: 60, A2: 30 } }
    const typed = (inForceFrom: string) => ({ ...t1!, inForceFrom, targets: [target] })
    const of = (inForceFrom: string) => faultsOf({ units, baselines: [typed(inForceFrom)] })
    expect(of('2008-03-31')).toEqual([])
    expect(of('2008-04-01')).toEqual(['baselines.0.targets.0.allocation input.invalid'])
  })

  test('O3 none in the programme of the tests', () => {
    expect(programmeFaults(tiny)).toEqual([])
  })

  test.each<[string, Partial<Programme>, string[]]>([
    ['a counter twice', { counters: [...tiny.counters, tiny.counters[0]!] }, ['counters.2 input.duplicate']],
    ['a level twice', { levels: [...tiny.levels, tiny.levels[0]!] }, ['levels.3 input.duplicate']],
    ['a base twice', { bases: [...tiny.bases, tiny.bases[0]!] }, ['bases.8 input.duplicate']],
    ['a target twice', targets({}, {}), ['baselines.0.targets.1 input.duplicate']],
    [
      'a baseline that is not later than the one before',
      { baselines: [tiny.baselines[0]!, { ...tiny.baselines[0]!, key: 'T2' }] },
      ['baselines.1.inForceFrom input.invalid'],
    ],
    [
      'a counter within itself, or within none',
      {
        counters: [
          { ...tiny.counters[0]!, within: 'accepted' },
          { ...tiny.counters[1]!, within: 'handed' },
        ],
      },
      ['counters.0.within counter.unknown', 'counters.1.within counter.unknown'],
    ],
    ['two roots', { units: [city, { ...a!, parent: null }, b!, ...streets] }, ['units input.invalid']],
    ['an unknown parent', { units: [city, { ...a!, parent: 'Z9' }, b!, ...streets] }, ['units.1.parent unit.unknown']],
    ['an unknown level', { units: [city, { ...a!, level: 'ward' }, b!, ...streets] }, ['units.1.level input.invalid']],
    [
      'a base of an unknown unit',
      { bases: [...tiny.bases, { ...tiny.bases[0]!, unit: 'Z9' }] },
      ['bases.8.unit unit.unknown'],
    ],
    [
      'a coverage of a unit without base',
      targets({ measure: 'coverage', base: 'homes' }),
      ['baselines.0.targets.0.base input.required'],
    ],
    ['shares by an unknown base', targets({ shareBy: 'homes' }), ['baselines.0.targets.0.shareBy input.invalid']],
    [
      'a typed part of an unknown unit',
      targets({ allocation: { Z9: 1 } }),
      ['baselines.0.targets.0.allocation.Z9 unit.unknown'],
    ],
    [
      'typed parts above the whole',
      targets({ allocation: { A: 9_000, B: 9_000 } }),
      ['baselines.0.targets.0.allocation input.invalid'],
    ],
    [
      'typed parts of all children below the whole',
      targets({ allocation: { A: 4_000, B: 5_000 } }),
      ['baselines.0.targets.0.allocation input.invalid'],
    ],
    [
      'typed parts above a part that is shared out',
      targets({ allocation: { A1: 7_000 } }),
      ['baselines.0.targets.0.allocation input.invalid'],
    ],
    [
      'typed parts of all children below a part that is shared out',
      targets({ allocation: { A1: 100, A2: 100, A3: 100 } }),
      ['baselines.0.targets.0.allocation input.invalid'],
    ],
    ['typed parts that are all of a part that is shared out', targets({ allocation: { B1: 1_000, B2: 3_000 } }), []],
    [
      'typed parts above what its base makes of a coverage',
      targets({ unit: 'A', measure: 'coverage', threshold: 0.5, base: 'people', allocation: { A1: 6_001 } }),
      ['baselines.0.targets.0.allocation input.invalid'],
    ],
    [
      'a start of an unknown unit',
      targets({ path: { ...countTarget.path, start: { Z9: 1 } } }),
      ['baselines.0.targets.0.path.start.Z9 unit.unknown'],
    ],
    [
      'due on the first day of the path',
      targets({ due: '2008-01-01' }),
      ['baselines.0.targets.0.due programme.dueEarly'],
    ],
  ])('O3 %s', (_what, overrides, faults) => {
    expect(faultsOf(overrides)).toEqual(faults)
    const input = { programme: tinyProgramme(overrides), origin: 'real' }
    for (const { at } of programmeFaults(input.programme))
      expect([at, isPlace(`programme.${at}`, 'OpenProgramme', input)]).toEqual([at, true])
  })

  const street = (more: Partial<Programme['units'][0]>, code = 'A3') => ({
    units: tiny.units.map((u) => (u.code === code ? { ...u, ...more } : u)),
  })
  test.each<[string, Partial<Programme>, string[]]>([
    ['that goes into a street', street({ endsOn: '2008-03-31', into: 'B1' }), []],
    ['that ends before it starts', street({ endsOn: '2007-12-31' }), ['units.5.endsOn input.invalid']],
    ['that goes on without an end', street({ into: 'B1' }), ['units.5.endsOn input.required']],
    ['that goes into nothing known', street({ endsOn: '2008-03-31', into: 'Z9' }), ['units.5.into unit.unknown']],
    ['that goes into itself', street({ endsOn: '2008-03-31', into: 'A3' }), ['units.5.into input.invalid']],
    ['that goes into a sum', street({ endsOn: '2008-03-31', into: 'B' }), ['units.5.into unit.notReporting']],
    [
      'that goes round in a circle',
      {
        units: tiny.units.map((u) =>
          u.code === 'A3'
            ? { ...u, endsOn: '2008-03-31', into: 'B1' }
            : u.code === 'B1'
              ? { ...u, endsOn: '2008-04-30', into: 'A3' }
              : u,
        ),
      },
      ['units.5.into input.invalid', 'units.6.into input.invalid'],
    ],
  ])('C10 a unit %s', (_what, overrides, faults) => {
    expect(faultsOf(overrides)).toEqual(faults)
  })

  test('C9 a rate is not measured by a counter that comes rarer than daily', () => {
    const rate = targets({ measure: 'rate', threshold: 100, shareBy: null })
    const weekly = tiny.counters.map((counter) => ({ ...counter, expected: 'weekly' as const }))
    expect(faultsOf(rate)).toEqual([])
    expect(faultsOf({ ...rate, counters: weekly })).toEqual(['baselines.0.targets.0.counter input.invalid'])
    expect(faultsOf({ ...rate, ...street({ expected: 'monthly' }) })).toEqual([
      'baselines.0.targets.0.counter input.invalid',
    ])
  })

  test('O3 a circle of units is faultsOf of every unit that hangs in it, and ends', () => {
    const units = [city, { ...a!, parent: 'A1' }, b!, ...streets]
    expect(faultsOf({ units }).filter((f) => f.startsWith('units.'))).toEqual([
      'units.1.parent input.invalid',
      'units.3.parent input.invalid',
      'units.4.parent input.invalid',
      'units.5.parent input.invalid',
    ])
  })
})

describe('what is read from it', () => {
  test('O4 the baseline in force is the last that has begun, and before all of them the first', () => {
    const [t1] = tiny.baselines
    const programme = tinyProgramme({ baselines: [t1!, { ...t1!, key: 'T2', inForceFrom: '2008-08-01' }] })
    const on = (day: string | null) => baselineOn(programme, day).key
    expect([null, '2007-12-31', '2008-07-31', '2008-08-01', '2009-01-01'].map(on)).toEqual([
      'T1',
      'T1',
      'T1',
      'T2',
      'T2',
    ])
  })

  test('O5 the tree: chain, children, reporting units, and who is within whom', () => {
    const units = indexUnits(tiny)
    expect(units.root).toBe('C')
    expect(units.chain('A2')).toEqual(['A2', 'A', 'C'])
    expect(units.children('C')).toEqual(['A', 'B'])
    expect(units.leaves('C')).toEqual(['A1', 'A2', 'A3', 'B1', 'B2'])
    expect(units.leaves('B2')).toEqual(['B2'])
    expect([units.isLeaf('A'), units.isLeaf('A1'), units.isLeaf('Z9')]).toEqual([false, true, false])
    expect([units.within('A1', 'A'), units.within('A', 'A'), units.within('A', 'A1')]).toEqual([true, true, false])
    expect([units.chain('Z9'), units.children('Z9'), units.leaves('Z9')]).toEqual([[], [], []])
  })

  test('C6 a unit starts when it says, else as the nearest above it, else with the programme', () => {
    const units = indexUnits(tinyProgramme({ units: [city, a!, { ...b!, startsOn: '2008-01-15' }, ...streets] }))
    expect(['C', 'A1', 'B1', 'B2'].map((code) => units.startsOn(code))).toEqual([
      '2008-01-01',
      '2008-01-01',
      '2008-01-15',
      '2008-02-01',
    ])
  })
})

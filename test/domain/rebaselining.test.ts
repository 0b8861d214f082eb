import { describe, expect, test } from 'vitest'
import { baselineOn } from '../../shared/domain/baseline.ts'
import type { Baseline } from '../../shared/domain/programme.ts'
import { item, office, districtA } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { after, event, events, given, ready, refusals } from './given.ts'

const first = tinyProgramme().baselines[0]!
const later = (more: Partial<Baseline> = {}): Baseline => ({
  ...first,
  key: 'T2',
  inForceFrom: '2008-04-01',
  targets: [{ ...countTarget, due: '2008-06-30' }],
  ...more,
})
const faults = (baseline: Baseline) =>
  refusals(ready(), office, 'AddBaseline', { baseline, reason: 'put off' }).map((r) => `${r.at} ${r.code}`)

describe('a further baseline', () => {
  test('O6 is added with a reason, and the earlier ones stay as they are', () => {
    const past = after(ready(), office, 'AddBaseline', { baseline: later(), reason: 'put off by a quarter' })
    expect(past.at(-1)).toMatchObject({ type: 'BaselineAdded', data: { reason: 'put off by a quarter' } })
    const { programme } = given(past).setting!
    expect(programme.baselines).toEqual([first, later()])
    expect(baselineOn(programme, '2008-03-31').key).toBe('T1')
    expect(baselineOn(programme, '2008-04-01').key).toBe('T2')
    expect(given(ready()).setting!.programme.baselines).toHaveLength(1)
  })

  test('O3 O6 its faults are those that a programme with it would have', () => {
    expect(faults(later({ key: 'T1' }))).toEqual(['baseline input.duplicate'])
    expect(faults(later({ inForceFrom: first.inForceFrom }))).toEqual(['baseline.inForceFrom input.invalid'])
    expect(faults(later({ targets: [{ ...countTarget, unit: 'Z9', counter: 'handed' }] }))).toEqual([
      'baseline.targets.0.unit unit.unknown',
      'baseline.targets.0.counter counter.unknown',
    ])
  })

  test('O3 O6 typed parts are held against what is shared out above them, with what lives when it comes into force', () => {
    const typed = (allocation: Record<string, number>) => faults(later({ targets: [{ ...countTarget, allocation }] }))
    expect(typed({ A1: 6_001 })).toEqual(['baseline.targets.0.allocation input.invalid'])
    expect(typed({ A1: 6_000 })).toEqual([])
    const { units } = tinyProgramme()
    const ending = units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-03-31', into: 'A1' } : u))
    const data = {
      baseline: later({ targets: [{ ...countTarget, allocation: { A1: 1_000, A2: 1_000 } }] }),
      reason: 'x',
    }
    const opened = event('ProgrammeOpened', { programme: tinyProgramme({ units: ending }), origin: 'real' })
    expect(refusals(ready(), office, 'AddBaseline', data)).toEqual([])
    expect(refusals([opened, ...ready().slice(1)], office, 'AddBaseline', data)).toEqual([
      {
        code: 'input.invalid',
        params: { name: 'A', sum: 2_000, whole: 6_000 },
        at: 'baseline.targets.0.allocation',
      },
    ])
  })

  test('R35 its coverages are asked about from then on', () => {
    const cover = { ...countTarget, measure: 'coverage' as const, threshold: 0.9, base: 'people', counter: 'accepted' }
    const past = after(ready(), office, 'AddBaseline', { baseline: later({ targets: [cover] }), reason: 'x' })
    const many = { items: [item('A2', '2008-01-10', { accepted: 3_001 })] }
    expect(events(ready(), districtA, 'SubmitReports', many)).toHaveLength(1)
    expect(refusals(past, districtA, 'SubmitReports', many).map((r) => r.code)).toEqual(['report.coverageOver'])
  })
})

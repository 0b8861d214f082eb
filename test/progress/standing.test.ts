import { describe, expect, test } from 'vitest'
import type { Programme, Unit } from '../../shared/domain/programme.ts'
import { settingOf } from '../../shared/domain/world.ts'
import type { Breakdown, Counts } from '../../shared/progress/breakdown.ts'
import type { Day } from '../../shared/progress/day.ts'
import {
  plansOf,
  referenceOf,
  type StandingClosed,
  type Standing,
  standingAtDue,
  standingOf,
  type TakenBack,
} from '../../shared/progress/standing.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const ISSUED = 1

function breakdown(approved: number, parts: { up?: number; down?: number; missing?: number } = {}): Breakdown {
  const at = (n = 0): Counts => [0, n]
  const still = { up: at(), down: at() }
  return {
    approved: at(approved),
    waiting: { up: at(parts.up), down: at(parts.down) },
    disputed: still,
    returned: still,
    missing: at(parts.missing),
  }
}

const planIn = (programme: Programme, target = 'count') => plansOf(settingOf(programme, 'real')).get('T1', target)!
const plan = planIn(tinyProgramme())

/** City C: `total` of all days, `today` of it today, `counted` up to the due day. */
function sees(
  total: Breakdown,
  today: Breakdown,
  more: Partial<StandingClosed> & { counted: Counts },
  clock: { today: Day | null; due: Day | null } = { today: '2008-02-20', due: '2008-02-19' },
  unit = 'C',
  of = plan,
) {
  const closed = { week: null, reached: [], ...more }
  return {
    now: standingOf(of, unit, { total }, closed, clock),
    due: standingAtDue(of, unit, { total, today }, closed, clock),
  }
}

describe('a standing', () => {
  test('A1 holds everything that is approved now, and counts up to the reference day', () => {
    const { now } = sees(breakdown(5_300), breakdown(300), { counted: [0, 5_000] })
    expect(now).toMatchObject({ value: 5_300, counted: 5_000, percent: 53, countedPercent: 50, threshold: 10_000 })
    expect(now).toMatchObject({ unit: 'C', baseline: 'T1', target: 'count', start: 0, reference: '2008-02-19' })
    expect(now?.points).toBeCloseTo(((5_000 - now!.expected) / 10_000) * 100)
  })

  test('B3 is of the unit’s own part; A14 and none without one', () => {
    expect(sees(breakdown(0), breakdown(0), { counted: [0, 0] }, undefined, 'A').now?.threshold).toBe(6_000)
    const other = planIn(tinyProgramme(), 'cover')
    expect(sees(breakdown(0), breakdown(0), { counted: [0, 0] }, undefined, 'B', other).now).toBeNull()
  })

  test('A9 of a rate is permits a day, the mean of the seven days that end with the due day', () => {
    const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 100 }
    const baseline = { ...tinyProgramme().baselines[0]!, targets: [rate] }
    const daily = planIn(tinyProgramme({ baselines: [baseline] }), 'rate')
    const week = breakdown(560, { up: 70 })
    const { now, due } = sees(breakdown(9_999), breakdown(50), { counted: [0, 9_949], week }, undefined, 'C', daily)
    expect(now).toMatchObject({ value: 80, counted: 80, percent: 80, required: null })
    expect(now?.breakdown.waiting).toEqual({ up: 10, down: 0 })
    expect(due).toEqual(now)
  })

  test('A3 before the first deadline it is measured at the eve of its path', () => {
    const { now } = sees(breakdown(0), breakdown(0), { counted: [0, 0] }, { today: '2008-01-01', due: null })
    expect(now).toMatchObject({ expected: 0, points: 0, reference: null, status: 'notStarted' })
  })
})

describe('A10 a row of a ranking is of one moment', () => {
  const counted = { counted: [0, 5_000] }

  test('who reports first today gains nothing', () => {
    const early = sees(breakdown(9_000, { up: 40 }), breakdown(4_000, { up: 30 }), counted).due
    const late = sees(breakdown(5_000, { up: 10 }), breakdown(0), counted).due
    expect(early).toEqual(late)
    expect(early).toMatchObject({ value: 5_000, percent: 50, countedPercent: 50 })
    expect(early?.breakdown).toMatchObject({ approved: 5_000, waiting: { up: 10, down: 0 } })
  })

  test('a target that was only reached today is not reached yet in the ranking', () => {
    const reached = [{ baseline: 'T1', target: 'count', on: '2008-02-20', takenBack: null }]
    const { now, due } = sees(breakdown(10_000), breakdown(5_000), { ...counted, reached })
    expect(now).toMatchObject({ status: 'reached', required: null })
    expect(due?.status).not.toBe('reached')
    expect(due?.required).toBeGreaterThan(0)
  })

  test('C4 what days of grace have brought since, of any part, moves no row', () => {
    const clock = { today: '2008-02-20', due: '2008-02-17' }
    const since = breakdown(600, { up: 300, down: 20 })
    const closed = { counted: [0, 4_400], sinceReference: since }
    const early = sees(breakdown(5_000, { up: 340, down: 20, missing: 7 }), breakdown(0, { up: 30 }), closed, clock)
    expect(early.due?.breakdown).toMatchObject({ approved: 4_400, waiting: { up: 10, down: 0 }, missing: 7 })
    expect(early.now?.breakdown).toMatchObject({ approved: 5_000, waiting: { up: 340, down: 20 } })
    const late = sees(breakdown(4_400, { up: 10, missing: 7 }), breakdown(0), { counted: [0, 4_400] }, clock)
    expect(early.due).toEqual(late.due)
  })

  test('once today is due it counts', () => {
    const { now, due } = sees(
      breakdown(6_000, { missing: 4 }),
      breakdown(1_000, { missing: 4 }),
      { counted: [0, 6_000] },
      {
        today: '2008-02-20',
        due: '2008-02-20',
      },
    )
    expect(due).toEqual(now)
  })
})

describe('A9 a rate', () => {
  const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 100, due: '2008-02-15' }
  const daily = planIn(tinyProgramme({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [rate] }] }), 'rate')
  const weeks = {
    baseline: 'T1',
    target: 'rate',
    due: breakdown(630, { up: 70 }),
    best: { sum: 770, on: '2008-01-20' },
  }
  const at = (due: Day, week: Breakdown) =>
    sees(breakdown(9_999), breakdown(0), { counted: [0, 9_999], week, rates: [weeks] }, { today: due, due }, 'C', daily)

  test('A9 is judged by the week of its due day for ever, whatever this week is', () => {
    for (const { now, due } of [at('2008-02-16', breakdown(0)), at('2008-12-30', breakdown(70_000))]) {
      expect(now).toMatchObject({ value: 90, percent: 90, status: 'missed', reference: '2008-02-15', points: -10 })
      expect(now!.breakdown.waiting).toEqual({ up: 10, down: 0 })
      expect(now!.best).toEqual({ mean: 110, on: '2008-01-20' })
      expect(due).toEqual(now)
    }
    // until then by this week
    expect(at('2008-02-15', breakdown(630)).now).toMatchObject({ value: 90, status: 'missed' })
    expect(at('2008-02-14', breakdown(693)).now).toMatchObject({ value: 99, status: 'ahead' })
  })

  test('A9 seven days of 1 are a mean of 1, which reaches a target of 1', () => {
    const one = planIn(
      tinyProgramme({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [{ ...rate, threshold: 1 }] }] }),
      'rate',
    )
    const clock = { today: '2008-02-02', due: '2008-02-01' }
    const standing = sees(breakdown(7), breakdown(0), { counted: [0, 7], week: breakdown(7) }, clock, 'C', one).now
    expect(standing).toMatchObject({ value: 1, percent: 100, status: 'reached' })
  })

  test('B2 the threshold of a rate has its decimals, and so have its parts', () => {
    const half = { ...rate, threshold: 4.5 }
    const fine = planIn(tinyProgramme({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [half] }] }), 'rate')
    expect(['C', 'A', 'B', 'A1'].map((unit) => fine.allocation.threshold(unit))).toEqual([4.5, 2.7, 1.8, 1.3])
    const clock = { today: '2008-02-15', due: '2008-02-15' }
    const of = (sum: number) =>
      sees(breakdown(sum), breakdown(0), { counted: [0, sum], week: breakdown(sum) }, clock, 'C', fine).now?.status
    expect([of(32), of(31)]).toEqual(['reached', 'missed'])
  })
})

describe('a unit without a base', () => {
  const bases = tinyProgramme().bases.filter((b) => b.unit !== 'B' && b.unit !== 'A3')
  const some = planIn(tinyProgramme({ bases }))

  test('B4 has no part and no standing where others beside it have one, nor has what lies below it', () => {
    expect(['C', 'A', 'A1', 'A2', 'A3', 'B', 'B1'].map((unit) => some.allocation.threshold(unit))).toEqual([
      10_000,
      10_000,
      6_667,
      3_333,
      undefined,
      undefined,
      undefined,
    ])
    expect(['A', 'A3', 'B', 'B1'].map((unit) => some.allocation.lacksBase(unit))).toEqual([false, true, true, true])
    const at = (unit: string) => sees(breakdown(5), breakdown(0), { counted: [0, 5] }, undefined, unit, some).now
    expect([at('A3'), at('B'), at('A1')?.status]).toEqual([null, null, 'farBehind'])
  })

  test('B4 a typed part stands beside it, and where nobody has a part it is not lacking', () => {
    const typed = { ...countTarget, allocation: { A: 7_000 } }
    const one = planIn(tinyProgramme({ bases, baselines: [{ ...tinyProgramme().baselines[0]!, targets: [typed] }] }))
    expect(['A', 'B'].map((unit) => one.allocation.threshold(unit))).toEqual([7_000, undefined])
    expect(one.allocation.lacksBase('B')).toBe(true)
    const none = planIn(tinyProgramme({ bases: [] }))
    expect(['A', 'B'].map((unit) => none.allocation.lacksBase(unit))).toEqual([false, false])
  })
})

describe('A17 a coverage above its base', () => {
  const coverAt = (threshold: number) => {
    const [first] = tinyProgramme().baselines
    const target = { ...first!.targets[1]!, threshold }
    return planIn(tinyProgramme({ baselines: [{ ...first!, targets: [target] }] }), 'cover')
  }
  const status = (unit: string, n: number, threshold = 0.5) =>
    sees(breakdown(n), breakdown(0), { counted: [0, n] }, undefined, unit, coverAt(threshold)).now?.status

  test('is a question and not reached, at the target’s unit and below it', () => {
    expect([12_000, 12_001].map((n) => status('A', n))).toEqual(['reached', 'aboveBase'])
    expect([6_000, 6_001].map((n) => status('A1', n))).toEqual(['reached', 'aboveBase'])
  })

  test('also where its part is more than its base, as where a neighbour has none', () => {
    const bases = tinyProgramme().bases.filter((b) => b.unit !== 'A3')
    const [first] = tinyProgramme().baselines
    const target = { ...first!.targets[1]!, threshold: 0.95 }
    const some = planIn(tinyProgramme({ bases, baselines: [{ ...first!, targets: [target] }] }), 'cover')
    const at = (n: number) => sees(breakdown(n), breakdown(0), { counted: [0, n] }, undefined, 'A1', some).now
    expect(at(6_000)).toMatchObject({ threshold: 7_600, status: 'behind' })
    expect([6_001, 7_600, 20_000].map((n) => at(n)?.status)).toEqual(['aboveBase', 'aboveBase', 'aboveBase'])
  })

  test('unless the target itself is more than all', () => {
    expect([9_000, 14_399, 14_400, 14_401].map((n) => status('A', n, 1.2))).toEqual([
      'farBehind',
      'ahead',
      'reached',
      'reached',
    ])
  })
})

describe('A5 far behind', () => {
  test('is said once the target is missed, too', () => {
    const at = (n: number, due: Day) =>
      sees(breakdown(n), breakdown(0), { counted: [0, n] }, { today: due, due }).now as Standing
    expect(at(4_010, '2008-03-31')).toMatchObject({ status: 'missed', isFar: true })
    expect(at(9_501, '2008-12-30')).toMatchObject({ status: 'missed', isFar: false })
    expect(at(9_500, '2008-12-30')).toMatchObject({ status: 'missed', isFar: true })
    expect(at(10_000, '2008-12-30')).toMatchObject({ status: 'reached', isFar: false })
    expect(at(0, '2008-02-01')).toMatchObject({ status: 'farBehind', isFar: true })
  })
})

describe('units that end', () => {
  const programme = tinyProgramme()
  const units = programme.units.map((u) => (u.code === 'A2' ? { ...u, endsOn: '2008-02-15', into: 'A1' } : u))
  const ending = planIn({ ...programme, units })
  const at = (today: Day) =>
    sees(breakdown(500), breakdown(0), { counted: [0, 500] }, { today, due: today }, 'A2', ending).now as Standing

  test('A11 have no status from the day after their end, and keep their part', () => {
    expect(at('2008-02-15')).toMatchObject({ ended: null, status: 'farBehind' })
    expect(at('2008-02-16')).toMatchObject({ ended: '2008-02-15', status: null, value: 500, threshold: 1_500 })
  })

  test('A11 a sum has ended with the last of what reports below it, though it has no end itself', () => {
    const ends: Record<string, string> = { B1: '2008-02-09', B2: '2008-02-15' }
    const gone = planIn({ ...programme, units: units.map((u) => ({ ...u, endsOn: ends[u.code] ?? u.endsOn })) })
    const of = (unit: string, today: Day) =>
      sees(breakdown(500), breakdown(0), { counted: [0, 500] }, { today, due: today }, unit, gone).now as Standing
    expect(of('B', '2008-02-15')).toMatchObject({ ended: null, status: 'farBehind' })
    expect(of('B', '2008-02-16')).toMatchObject({ ended: '2008-02-15', status: null, value: 500, threshold: 4_000 })
    expect(of('C', '2008-02-16')).toMatchObject({ ended: null, status: 'farBehind' })
  })
})

describe('the first day reached', () => {
  const taken: TakenBack = { seq: 9, unit: 'A1', day: '2008-02-04', type: 'ReportWithdrawn', was: '2008-02-14' }

  test('A12 goes with the standing, and so does what took it back', () => {
    const reached = (on: Day | null, takenBack: TakenBack | null) =>
      sees(breakdown(9_990), breakdown(0), {
        counted: [0, 9_990],
        reached: [
          { baseline: 'T2', target: 'count', on: '2008-01-03', takenBack: null },
          { baseline: 'T1', target: 'count', on, takenBack },
        ],
      }).now
    expect(reached(null, taken)).toMatchObject({ reachedOn: null, takenBack: taken, status: 'ahead' })
    expect(reached('2008-02-15', null)).toMatchObject({ reachedOn: '2008-02-15', takenBack: null })
    expect(sees(breakdown(0), breakdown(0), { counted: [0, 0] }).now).toMatchObject({
      reachedOn: null,
      takenBack: null,
    })
  })
})

describe('A13 the reference day of a counter that is reported rarer than daily', () => {
  const rhythmic = (expected: 'weekly' | 'monthly') => {
    const programme = tinyProgramme()
    return planIn({ ...programme, counters: programme.counters.map((c, i) => (i === ISSUED ? { ...c, expected } : c)) })
  }

  test('is the last one up to the due day of which a report was expected', () => {
    const weekly = rhythmic('weekly')
    // 8 and 15 February 2008 are Fridays
    expect(referenceOf(weekly, 'C', '2008-02-14')).toBe('2008-02-08')
    expect(referenceOf(weekly, 'C', '2008-02-15')).toBe('2008-02-15')
    expect(referenceOf(weekly, 'C', '2008-02-17')).toBe('2008-02-15')
    expect(referenceOf(rhythmic('monthly'), 'C', '2008-01-30')).toBeNull()
    expect(referenceOf(rhythmic('monthly'), 'C', '2008-02-20')).toBe('2008-01-31')
    expect(referenceOf(weekly, 'C', null)).toBeNull()
  })

  test('so that nobody falls behind between two reports', () => {
    const weekly = rhythmic('weekly')
    const onPath = weekly.path('C')!.at('2008-02-08')
    const at = (due: Day) =>
      sees(breakdown(onPath), breakdown(0), { counted: [0, onPath] }, { today: due, due }, 'C', weekly).now?.status
    expect(['2008-02-08', '2008-02-11', '2008-02-14'].map(at)).toEqual(['ahead', 'ahead', 'ahead'])
    expect(at('2008-02-15')).toBe('farBehind')
  })

  test('A10 what was given after it beside the rhythm, today too, is in the headline alone', () => {
    const weekly = rhythmic('weekly')
    // Monday the 11th, due already: 100 of it, 50 of the Saturday before, 1,000 up to the Friday
    const monday = { today: '2008-02-11', due: '2008-02-11' }
    const since = { counted: [0, 1_000], sinceReference: breakdown(50, { up: 7 }) }
    const { now, due } = sees(breakdown(1_150, { up: 9 }), breakdown(100, { up: 2 }), since, monday, 'C', weekly)
    expect(now).toMatchObject({ reference: '2008-02-08', value: 1_150, counted: 1_000 })
    expect(due).toMatchObject({ reference: '2008-02-08', value: 1_000, counted: 1_000 })
    expect(due!.breakdown).toMatchObject({ approved: 1_000, waiting: { up: 0, down: 0 } })
  })

  test('is the due day of one that is reported daily', () => {
    expect(referenceOf(plan, 'C', '2008-02-17')).toBe('2008-02-17')
  })

  /** Units of the tiny programme, some of them with a rhythm or a life of their own. */
  const withUnits = (own: Readonly<Record<string, Partial<Unit>>>) => {
    const programme = tinyProgramme()
    return planIn({ ...programme, units: programme.units.map((u) => ({ ...u, ...own[u.code] })) })
  }
  const weekly = { expected: 'weekly' as const }
  const monthly = { expected: 'monthly' as const }

  test('of a sum is that of all reporting units below it, where it is one', () => {
    const streets = withUnits({ A1: weekly, A2: weekly, A3: weekly, B1: weekly, B2: weekly })
    expect(['A1', 'A', 'C'].map((unit) => referenceOf(streets, unit, '2008-02-14'))).toEqual([
      '2008-02-08',
      '2008-02-08',
      '2008-02-08',
    ])
    expect(referenceOf(streets, 'A', '2008-01-03')).toBeNull()
    // B2 begins on 1 February, a Friday, and has a report from then on
    expect(referenceOf(streets, 'B', '2008-01-31')).toBe('2008-01-25')
    expect(referenceOf(withUnits({ B1: monthly, B2: monthly }), 'B', '2008-02-20')).toBe('2008-01-31')
  })

  test('of a sum is the due day where those below it differ', () => {
    const mixed = withUnits({ A1: weekly, A2: weekly, A3: weekly })
    expect(['A', 'B', 'C'].map((unit) => referenceOf(mixed, unit, '2008-02-14'))).toEqual([
      '2008-02-08',
      '2008-02-14',
      '2008-02-14',
    ])
    expect(referenceOf(withUnits({ A1: monthly, A2: weekly, A3: weekly }), 'A', '2008-02-20')).toBe('2008-02-20')
  })

  test('of a sum leaves out those that have ended; where none is left it is the due day', () => {
    const ended = { endsOn: '2008-02-04', ...monthly }
    expect(referenceOf(withUnits({ A1: weekly, A2: weekly, A3: ended }), 'A', '2008-02-14')).toBe('2008-02-08')
    expect(referenceOf(withUnits({ A1: ended, A2: ended, A3: ended }), 'A', '2008-02-14')).toBe('2008-02-14')
  })
})

test('plans are made once, and of no unknown target', () => {
  const plans = plansOf(settingOf(tinyProgramme(), 'real'))
  expect(plans.get('T1', 'count')).toBe(plans.get('T1', 'count'))
  expect(plans.get('T1', 'nothing')).toBeUndefined()
  expect(plans.get('T9', 'count')).toBeUndefined()
  expect(plan.path('C')).toBe(plan.path('C'))
})

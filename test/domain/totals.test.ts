/** Running totals: stored as reported, the day's figures derived (F21–F28). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QUESTIONS } from '../../shared/domain/values.ts'
import { restoreWorld, saveWorld } from '../../shared/domain/world.ts'
import { qualityQuestions } from '../../shared/quality/questions.ts'
import { sceneIn } from '../../shared/quality/scene.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import { totalsOf } from '../../shared/domain/runningTotals.ts'
import { dayNumber, dayOf } from '../../shared/progress/day.ts'
import { districtA } from '../support/people.ts'
import { after, ask, began, given, events, fold, type Past, ready, refusals, reported, reviewed } from './given.ts'

const item = (day: string, totals: Record<string, number>, more: Partial<ReportItem> = {}): ReportItem => ({
  unit: 'A1',
  day,
  values: {},
  totals,
  basedOn: 1_000,
  ...more,
})
const seen = (past: readonly Past[], i: ReportItem): ReportItem => ({ ...i, basedOn: given(past).seq })
const send = (past: readonly Past[], ...items: ReportItem[]) =>
  after(past, districtA, 'SubmitReports', { items: items.map((i) => seen(past, i)) })
const said = (past: readonly Past[], ...items: ReportItem[]) =>
  refusals(past, districtA, 'SubmitReports', { items: items.map((i) => seen(past, i)) })
const happens = (past: readonly Past[], ...items: ReportItem[]) =>
  events(past, districtA, 'SubmitReports', { items: items.map((i) => seen(past, i)) })
const stored = (past: readonly Past[]) =>
  totalsOf(given(past), 'A1', 'issued').map(({ day, total, changed }) => [Number(dayOf(day).slice(8)), total, changed])

/** the 8th is reported as an opening balance of 500 */
const begun = (): Past[] => {
  const past = ready(began('2008-01-11'), began('2008-01-14'), began('2008-01-15'))
  return send(past, item('2008-01-14', { issued: 500 }))
}

describe('F21: a running total is stored as reported, and the day’s figure derived', () => {
  test('F22: the first one is the opening balance, and no day’s count', () => {
    const past = ready(began('2008-01-11'))
    expect(happens(past, item('2008-01-11', { issued: 500 }))).toEqual([
      { type: 'TotalsReported', data: { unit: 'A1', day: '2008-01-11', totals: { issued: 500 } } },
    ])
  })
  test('the difference to the last one is the day’s figure', () => {
    expect(happens(begun(), item('2008-01-15', { issued: 535 }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: '2008-01-15', values: { issued: 35 } } },
      { type: 'TotalsReported', data: { unit: 'A1', day: '2008-01-15', totals: { issued: 535 } } },
    ])
  })
  test('again it changes nothing, also after an earlier day was corrected', () => {
    const past = send(begun(), item('2008-01-15', { issued: 535 }))
    expect(happens(past, item('2008-01-15', { issued: 535 }))).toEqual([])
    const mended = send(past, item('2008-01-15', {}, { values: { issued: 30 } }))
    expect(happens(mended, item('2008-01-15', { issued: 535 }))).toEqual([])
    expect(stored(mended)).toEqual([
      [14, 500, 0],
      [15, 535, -5],
    ])
  })
  test('several days in one command, in any order', () => {
    const past = begun()
    const all = happens(
      [...past, began('2008-01-16')],
      item('2008-01-16', { issued: 560 }),
      item('2008-01-15', { issued: 535 }, { reason: 'late' }),
    )
    expect(
      all.flatMap((e) =>
        e.type === 'ReportSubmitted' || e.type === 'ReportRestated' ? [[e.data.day, e.data.values]] : [],
      ),
    ).toEqual([
      ['2008-01-15', { issued: 35 }],
      ['2008-01-16', { issued: 25 }],
    ])
  })
  test('a day’s figure beside its total is taken as it is', () => {
    const past = send(begun(), item('2008-01-15', { issued: 535 }, { values: { issued: 30 } }))
    expect(given(past).cells.value('A1', dayNumber('2008-01-15'), given(past).setting!.counters.get('issued')!)).toBe(
      30,
    )
    expect(stored(past).at(-1)).toEqual([15, 535, 0])
  })
})

describe('F23: after a gap the difference belongs to the whole gap', () => {
  const gap = (): Past[] => [...begun(), began('2008-01-16'), began('2008-01-17')]
  test('it is asked about, and never put on one day in silence', () => {
    expect(said(gap(), item('2008-01-17', { issued: 560 }))).toEqual([
      {
        code: 'total.gap',
        params: { n: 60, days: 2, since: '2008-01-14' },
        at: 'items.0.totals.issued',
        level: 'warning',
      },
    ])
    expect(said(gap(), item('2008-01-17', { issued: 560 }, { confirmed: ['total.gap'] }))).toEqual([
      { code: 'report.reasonRequired', at: 'items.0.confirmedWhy' },
    ])
  })
  test('all of it on this day is a figure that stays marked', () => {
    const past = send(gap(), item('2008-01-17', { issued: 560 }, { confirmed: ['total.gap'], confirmedWhy: 'closed' }))
    expect(past.find((e) => e.type === 'ReportSubmitted')?.data).toMatchObject({
      values: { issued: 60 },
      confirmed: { issued: ['total.gap'] },
      confirmedWhy: 'closed',
    })
  })
  test('each day’s own figure closes it', () => {
    const late = { reason: 'found', type: 'late' as const }
    const past = send(
      gap(),
      item('2008-01-15', {}, { values: { issued: 10 }, ...late }),
      item('2008-01-16', {}, { values: { issued: 20 }, ...late }),
    )
    expect(happens(past, item('2008-01-17', { issued: 560 }))[0]).toMatchObject({ data: { values: { issued: 30 } } })
  })
})

describe('F24: a fall', () => {
  test('asks which day it takes from; no figure is below zero', () => {
    const past = send(begun(), item('2008-01-15', { issued: 535 }))
    expect(said([...past, began('2008-01-16')], item('2008-01-16', { issued: 530 }))).toEqual([
      {
        code: 'total.fall',
        params: { total: 530, last: 535, since: '2008-01-15', n: 5 },
        at: 'items.0.totals.issued',
      },
    ])
  })
  test('F25: with that day corrected it is said whether the total holds the correction', () => {
    const past = [...send(begun(), item('2008-01-15', { issued: 535 })), began('2008-01-16')]
    const mended = send(past, item('2008-01-15', {}, { values: { issued: 20 }, type: 'reduced', reason: 'twice' }))
    expect(stored(mended).at(-1)).toEqual([15, 535, -15])
    const total = item('2008-01-16', { issued: 530 })
    expect(said(mended, total)).toEqual([
      {
        code: 'total.corrected',
        params: { since: '2008-01-15', n: -15, in: 10, out: -5 },
        at: 'items.0.totals.issued',
      },
    ])
    expect(happens(mended, { ...total, holds: { issued: 'in' } })).toMatchObject([
      { data: { values: { issued: 10 } } },
      { data: { totals: { issued: 530 }, off: { issued: 15 } } },
    ])
    expect(said(mended, { ...total, holds: { issued: 'out' } })).toMatchObject([{ code: 'total.fall' }])
  })
})

describe('F26: what becomes of totals', () => {
  test('a withdrawal takes the total back with the figure', () => {
    const past = send(begun(), item('2008-01-15', { issued: 535 }))
    const items = [{ unit: 'A1', day: '2008-01-15', basedOn: given(past).seq }]
    const withdrawn = after(past, districtA, 'WithdrawReports', { items, reason: 'wrong street' })
    expect(stored(withdrawn)).toEqual([[14, 500, 0]])
    expect(happens(withdrawn, item('2008-01-15', { issued: 510 }))[0]).toMatchObject({
      data: { values: { issued: 10 } },
    })
  })
  test('an opening balance is withdrawn too, though no day has a figure by it', () => {
    const past = begun()
    const items = [{ unit: 'A1', day: '2008-01-14', basedOn: given(past).seq }]
    expect(stored(after(past, districtA, 'WithdrawReports', { items, reason: 'wrong street' }))).toEqual([])
  })
  test('C18: days that are taken back take their totals along', () => {
    const past = send(begun(), item('2008-01-15', { issued: 535 }))
    const world = fold(given(past), [
      { type: 'DayTakenBack', data: { day: '2008-01-15', to: '2008-01-14', reason: 'too early' } },
    ])
    expect(totalsOf(world, 'A1', 'issued').map(({ total }) => total)).toEqual([500])
    expect([...world.notBegun.entries()].flatMap(([, { reports }]) => reports)).toMatchObject([
      { unit: 'A1', day: '2008-01-15', values: { issued: 35 }, totals: { issued: 535 }, by: districtA.id },
    ])
  })
  test('C19 an opening balance is listed too, though the day has no figure', () => {
    const world = fold(given(begun()), [
      { type: 'DayTakenBack', data: { day: '2008-01-14', to: '2008-01-11', reason: 'too early' } },
    ])
    expect([...world.notBegun.entries()].flatMap(([, { reports }]) => reports)).toMatchObject([
      { unit: 'A1', day: '2008-01-14', values: {}, totals: { issued: 500 }, by: districtA.id },
    ])
  })
  test('what another has given meanwhile is not overwritten, nor claimed against', () => {
    const past = [...begun(), reported({ ...districtA, id: 'other' }, 'A1', '2008-01-15', { issued: 7 })]
    const items = [{ ...item('2008-01-15', { issued: 535 }), basedOn: 1 }]
    expect(refusals(past, districtA, 'SubmitReports', { items })).toMatchObject([
      { code: 'report.stale', at: 'items.0.totals.issued', params: { standing: 7, sent: 35 } },
    ])
  })
})

describe('F34: a first total below what is counted', () => {
  const counted = () => [
    ...ready(began('2008-01-11'), began('2008-01-14')),
    reported(districtA, 'A1', '2008-01-11', { issued: 40 }),
  ]
  const below = (total: number, sum: number, place: string) => ({
    ...{ code: 'total.below', params: { total, counted: sum }, level: 'warning' },
    at: `items.0.${place}.issued`,
  })
  test('is asked about, also beside the day’s own figure, and taken where that is confirmed', () => {
    expect(said(counted(), item('2008-01-14', { issued: 39 }))).toEqual([below(39, 40, 'totals')])
    expect(said(counted(), item('2008-01-14', { issued: 44 }, { values: { issued: 5 } }))).toEqual([
      below(44, 45, 'values'),
    ])
    expect(said(counted(), item('2008-01-14', { issued: 40 }))).toEqual([])
    const past = send(counted(), item('2008-01-14', { issued: 39 }, { confirmed: ['total.below'] }))
    expect(stored(past)).toEqual([[14, 39, 0]])
    // it stands, and later ones are judged by it
    expect(said(past, item('2008-01-14', { issued: 39 }))).toEqual([])
    expect(said([...past, began('2008-01-15')], item('2008-01-15', { issued: 41 }))).toEqual([])
  })
  test('by what the same command brings before it', () => {
    const past = ready(began('2008-01-11'), began('2008-01-14'))
    const first = item('2008-01-11', {}, { values: { issued: 40 }, reason: 'late' })
    expect(said(past, item('2008-01-14', { issued: 39 }), first)).toEqual([below(39, 40, 'totals')])
    expect(said(past, item('2008-01-14', { issued: 40 }), first)).toEqual([])
  })
})

describe('F28: a mismatch is a question', () => {
  const asked = (past: readonly Past[], day: string) => {
    const world = given(past)
    return qualityQuestions(sceneIn(world, world.setting!), 'A1', day).filter((q) => q.code === 'total')
  }
  const late = { type: 'corrected' as const, reason: 'counted again' }
  const two = () => {
    const past = [...send(begun(), item('2008-01-15', { issued: 535 })), began('2008-01-16')]
    return [...send(past, item('2008-01-16', { issued: 555 })), began('2008-01-17')]
  }
  test('of the first total after the day that was corrected, and of no other', () => {
    expect([asked(two(), '2008-01-15'), asked(two(), '2008-01-16')]).toEqual([[], []])
    const past = send(two(), item('2008-01-15', {}, { values: { issued: 25 }, ...late }))
    expect(asked(past, '2008-01-15')).toMatchObject([
      { evidence: { total: 535, last: 500, since: '2008-01-14', sum: 25, excess: -10, known: false } },
    ])
    expect(asked(past, '2008-01-16')).toEqual([])
    expect(stored(past).map(([, total]) => total)).toEqual([500, 535, 555])
  })
  test('an answer holds for the difference that there was', () => {
    const past = send(two(), item('2008-01-15', {}, { values: { issued: 25 }, ...late }))
    const version = given(past).cells.figure(
      'A1',
      dayNumber('2008-01-15'),
      given(past).setting!.counters.get('issued')!,
    )
    const answered = after(past, districtA, 'AnswerQuestions', {
      ...{ unit: 'A1', day: '2008-01-15', codes: { issued: ['total'] }, text: 'counted twice' },
      versions: { issued: version.version },
    })
    expect(asked(answered, '2008-01-15')).toMatchObject([{ evidence: { excess: -10, known: true } }])
    const again = send(answered, item('2008-01-15', {}, { values: { issued: 20 }, ...late }))
    expect(asked(again, '2008-01-15')).toMatchObject([{ evidence: { excess: -15, known: false } }])
  })
  test('blank days may hold what is lacking', () => {
    const past = [...begun(), began('2008-01-16')]
    const gap = send(past, item('2008-01-16', { issued: 560 }, { values: { issued: 10 } }))
    expect(asked(gap, '2008-01-16')).toEqual([])
    const filled = send(gap, item('2008-01-15', {}, { values: { issued: 60 }, reason: 'found' }))
    expect(asked(filled, '2008-01-16')).toMatchObject([{ evidence: { sum: 70, excess: 10 } }])
  })
})

test('F21 F24 F26 whatever is reported, corrected and withdrawn in any order: totals stay as reported, no day is below zero, and a fold of the log says the same', () => {
  const days = ['2008-01-14', '2008-01-15', '2008-01-16', '2008-01-17']
  const act = fc.record({
    day: fc.constantFrom(...days),
    kind: fc.constantFrom('total', 'total', 'value', 'withdraw', 'both'),
    n: fc.integer({ min: 0, max: 60 }),
    holds: fc.constantFrom('in', 'out'),
  })
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), fc.boolean(), (acts, isReviewed) => {
      let past: Past[] = [...(isReviewed ? reviewed(1) : ready()), ...[...days, '2008-01-18'].map(began)]
      const told = new Map<string, number>()
      for (const { day, kind, n, holds } of acts) {
        const more = { reason: 'x', confirmed: [...QUESTIONS], holds: { issued: holds } as const }
        const typed = { type: 'corrected' as const }
        const basedOn = given(past).seq
        const base = { unit: 'A1', day, basedOn, ...more }
        const item =
          kind === 'value'
            ? { ...base, values: { issued: n } }
            : { ...base, values: kind === 'both' ? { issued: n } : {}, totals: { issued: 500 + n } }
        const [name, data] =
          kind === 'withdraw'
            ? (['WithdrawReports', { items: [{ unit: 'A1', day, basedOn }], reason: 'x' }] as const)
            : (['SubmitReports', { items: [item] }] as const)
        const tries = name === 'WithdrawReports' ? [data] : [data, { items: [{ ...item, ...typed }] }]
        const taken = tries.map((d) => ask(given(past), districtA, name, d)).find((d) => d.ok)
        if (taken?.ok !== true) continue
        past = [...past, ...taken.value.map((e): Past => ({ ...e, by: districtA }))]
        if (kind === 'withdraw') told.delete(day)
        else if (kind !== 'value') told.set(day, 500 + n)
      }
      const world = given(past)
      expect(totalsOf(world, 'A1', 'issued').map(({ day, total }) => [dayOf(day), total])).toEqual([...told].sort())
      const issued = world.setting!.counters.get('issued')!
      const values = days.map((day) => world.cells.value('A1', dayNumber(day), issued) ?? 0)
      expect(values.every((value) => value >= 0)).toBe(true)
      expect([...restoreWorld(structuredClone(saveWorld(world))).totals.entries()]).toEqual([...world.totals.entries()])
      if (!isReviewed) expect(world.cells.total('A1', issued)).toBe(values.reduce((sum, value) => sum + value, 0))
    }),
    { numRuns: 150 },
  )
})

/** What questions count of figures that wait for review, were returned, or are on their way to another report. */
import { describe, expect, test } from 'vitest'
import { type QuestionCode, QUESTIONS, type Values } from '../../shared/domain/values.ts'
import { districtA, item, office } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, began, figureOf, given, opened, type Past, refusals, reported } from './given.ts'

const DAY = '2008-01-10'
const { bases, reporting } = tinyProgramme()

/** Street A1 has people for 100 permits and 100 issued, which are approved; 500 were accepted on the other days. */
const past = (levels = 1): Past[] => {
  const few = bases.map((b) => (b.unit === 'A1' ? { ...b, value: 100 } : b))
  const begun = [
    ...opened({ bases: few, reporting: { ...reporting, reviewLevels: levels } }),
    began(DAY),
    reported(districtA, 'A1', '2008-01-08', { accepted: 500 }),
    reported(districtA, 'A2', '2008-01-08', { accepted: 500 }),
    reported(districtA, 'A1', DAY, { accepted: 100, issued: 100 }),
  ]
  return Array.from({ length: levels }).reduce<Past[]>((list) => review(list, 'ApproveReports', 'A1'), begun)
}
const CONFIRMED: QuestionCode[] = ['report.exceeds']
const figure = (list: Past[], unit: string) => figureOf(list, unit, DAY, 'issued')
const review = (list: Past[], kind: 'ApproveReports' | 'ReturnReports', unit: string) => {
  const items = [{ unit, day: DAY, versions: { issued: figure(list, unit).version } }]
  return after(list, office, kind, { items, ...(kind === 'ReturnReports' && { reason: 'why?' }) } as never)
}
const move = (list: Past[], from: string, to: string) => {
  const side = { day: DAY, basedOn: list.length }
  return after(list, districtA, 'ReattributeReports', {
    from: { unit: from, ...side },
    to: { unit: to, ...side },
    ...{ counters: ['issued'], reason: 'theirs', confirmed: [...QUESTIONS] },
  })
}
const takeBack = (list: Past[], unit: string) =>
  after(list, districtA, 'WithdrawReports', {
    items: [{ unit, day: DAY, counters: ['issued'], basedOn: list.length }],
    reason: 'not theirs after all',
  })
const change = (unit: string, values: Values, basedOn: number, confirmed = CONFIRMED) =>
  item(unit, DAY, values, { basedOn, confirmed })
const give = (list: Past[], unit: string, issued: number, confirmed = CONFIRMED) =>
  after(list, districtA, 'SubmitReports', { items: [change(unit, { issued }, list.length, confirmed)] })
/** what A1 and A2 count */
const counted = (list: Past[]) => ['A1', 'A2', 'A'].map((unit) => given(list).cells.total(unit, 1))
/** the questions when A1 has `more` on another day */
const asked = (list: Past[], more: number) =>
  refusals(list, districtA, 'SubmitReports', {
    items: [item('A1', '2008-01-09', { accepted: more, issued: more }, { reason: 'late' })],
  }).map(({ code, params }) => [code, params?.unit, params?.total])

describe('R38 an approved value counts until its withdrawal is approved', () => {
  const moved = move(past(), 'A1', 'A2')

  test('of a move that waits it counts where it goes', () => {
    expect(counted(moved)).toEqual([0, 100, 100])
    expect(asked(moved, 50)).toEqual([])
    expect(counted(review(moved, 'ApproveReports', 'A2'))).toEqual([0, 100, 100])
  })

  test('where the other end is withdrawn while the move waits it counts where it is', () => {
    const back = takeBack(moved, 'A2')
    expect(figure(back, 'A1')).toMatchObject({ value: null, approved: 100, state: 'submitted' })
    expect(counted(back)).toEqual([100, 0, 100])
    expect(asked(back, 50)).toEqual([['report.coverageOver', 'A1', 150]])
    expect(counted(review(back, 'ApproveReports', 'A1'))).toEqual([0, 0, 0])
  })

  test('also when the other end was returned before, and when it is asked for once more', () => {
    const returned = review(moved, 'ReturnReports', 'A2')
    expect(counted(returned)).toEqual([100, 0, 100])
    const back = takeBack(returned, 'A2')
    expect(counted(back)).toEqual([100, 0, 100])
    expect(asked(back, 50)).toEqual([['report.coverageOver', 'A1', 150]])
    expect(counted(takeBack(back, 'A1'))).toEqual([100, 0, 100])
    // asked for again while the other end is still returned, and when that is given anew
    const again = takeBack(returned, 'A1')
    expect(counted(again)).toEqual([100, 0, 100])
    expect(counted(give(again, 'A2', 30))).toEqual([100, 30, 130])
  })

  test('where the other end is given anew with less, the rest counts where it is', () => {
    expect(counted(give(moved, 'A2', 98))).toEqual([2, 98, 100])
    expect(asked(give(moved, 'A2', 30), 30)).toEqual([])
    expect(asked(give(moved, 'A2', 30), 31)).toEqual([['report.coverageOver', 'A1', 101]])
    expect(counted(give(moved, 'A2', 150))).toEqual([0, 150, 150])
    expect(counted(give(give(moved, 'A2', 150), 'A2', 100))).toEqual([0, 100, 100])
  })

  test('where it was moved on, it counts at the last end, until that is taken back', () => {
    const on = move(moved, 'A2', 'A3')
    expect([...counted(on), given(on).cells.total('A3', 1)]).toEqual([0, 0, 100, 100])
    const back = takeBack(on, 'A3')
    expect([...counted(back), given(back).cells.total('A3', 1)]).toEqual([100, 0, 100, 0])
  })

  test('where two were put together, each counts again', () => {
    const two = review(give(moved, 'A3', 40), 'ApproveReports', 'A3')
    const both = move(two, 'A3', 'A2')
    expect(counted(both)).toEqual([0, 140, 140])
    expect(counted(takeBack(both, 'A2'))).toEqual([100, 0, 140])
    expect(counted(give(both, 'A2', 120))).toEqual([20, 120, 140])
  })

  test('after one of two levels as well', () => {
    const once = review(move(past(2), 'A1', 'A2'), 'ApproveReports', 'A1')
    expect(counted(once)).toEqual([0, 100, 100])
    expect(counted(takeBack(once, 'A2'))).toEqual([100, 0, 100])
  })

  test('what gives and is given anew meanwhile counts as that, and is not counted twice when it is taken back', () => {
    const anew = give(moved, 'A1', 7)
    expect(counted(anew)).toEqual([7, 100, 107])
    expect(counted(takeBack(anew, 'A1'))).toEqual([0, 100, 100])
    expect(counted(takeBack(takeBack(anew, 'A1'), 'A2'))).toEqual([100, 0, 100])
  })
})

describe('K3 of a figure that was returned what is approved goes on counting', () => {
  const corrected = give(past(), 'A1', 20)

  test('a correction that waits counts; returned, it does not', () => {
    expect(counted(corrected)).toEqual([20, 0, 20])
    expect(asked(corrected, 60)).toEqual([])
    const returned = review(corrected, 'ReturnReports', 'A1')
    expect(counted(returned)).toEqual([100, 0, 100])
    expect(asked(returned, 60)).toEqual([['report.coverageOver', 'A1', 160]])
    expect(counted(give(returned, 'A1', 25))).toEqual([25, 0, 25])
  })

  test('R28 R42 of a first value nothing does: given again as it was it is asked about as new, but for what was confirmed', () => {
    const again = (first: Past[], issued: number) =>
      refusals(first, districtA, 'SubmitReports', { items: [change('A2', { issued }, first.length)] }).map(
        ({ code, params }) => [code, params?.total],
      )
    const returned = review(give(past(), 'A2', 1_000), 'ReturnReports', 'A2')
    expect(counted(returned)).toEqual([100, 0, 100])
    expect(again(returned, 1_000)).toEqual([])
    // what has come in since takes the base of 3,000 with it
    const since = [...returned, reported(districtA, 'A2', '2008-01-09', { accepted: 2_500, issued: 2_500 })]
    expect(again(since, 1_000)).toEqual([['report.coverageOver', 3_500]])
    const confirmed = give(past(), 'A2', 3_100, ['report.exceeds', 'report.coverageOver'])
    expect(again(review(confirmed, 'ReturnReports', 'A2'), 3_100)).toEqual([])
    expect(again(review(confirmed, 'ReturnReports', 'A2'), 3_101)).toEqual([['report.coverageOver', 3_101]])
  })

  test('X1 R33 what was returned counts again where it is moved to', () => {
    const first = review(give(past(), 'A1', 80), 'ReturnReports', 'A1')
    expect(counted(first)).toEqual([100, 0, 100])
    // 20 stay where they are approved until the move is
    expect(counted(move(first, 'A1', 'A2'))).toEqual([20, 80, 100])
    const never = review(give(past(), 'A2', 80), 'ReturnReports', 'A2')
    expect(counted(move(never, 'A2', 'A1'))).toEqual([180, 0, 180])
    const side = { day: DAY, basedOn: never.length }
    const into = { from: { unit: 'A2', ...side }, to: { unit: 'A1', ...side }, counters: ['issued'], reason: 'x' }
    expect(refusals(never, districtA, 'ReattributeReports', into).map((r) => r.code)).toEqual(['report.coverageOver'])
  })
})

describe('K5 what a reviewer has left where a returned move came from', () => {
  const returned = review(move(past(), 'A1', 'A2'), 'ReturnReports', 'A2')
  const sent = (list: Past[], from: string, to: string) =>
    refusals(list, districtA, 'ReattributeReports', {
      from: { unit: from, day: DAY, basedOn: list.length },
      to: { unit: to, day: DAY, basedOn: list.length },
      ...{ counters: ['issued'], reason: 'back', confirmed: CONFIRMED },
    })

  test('X1 is not added to what is moved back there, which it is', () => {
    expect(sent(returned, 'A2', 'A1')).toEqual([
      { code: 'review.move', params: { counter: 'issued', unit: 'A2', day: DAY }, at: 'to' },
    ])
    // by way of others neither
    expect(sent(move(returned, 'A2', 'A3'), 'A3', 'A1')).toMatchObject([{ code: 'review.move', at: 'to' }])
    // while it waits, a move is undone like that
    const waiting = move(past(), 'A1', 'A2')
    expect(figure(move(waiting, 'A2', 'A1'), 'A1')).toMatchObject({ value: 100, state: 'approved' })
  })
})

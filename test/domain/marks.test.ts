import { describe, expect, test } from 'vitest'
import type { QuestionCode, Values } from '../../shared/domain/values.ts'
import { isMarked } from '../../shared/domain/figures.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import { after, began, figureOf, opened, type Past, reported, reviewed } from './given.ts'

const DAY = '2008-01-10'
const EARLIER = ['02', '03', '04', '07', '08'].map((d) => `2008-01-${d}`)
const usual = (levels = 0): Past[] => [
  ...(levels === 0 ? [...opened(), began(DAY)] : reviewed(levels)),
  ...EARLIER.map((day) => reported(districtA, 'A1', day, { accepted: 100, issued: 10 })),
]
const UNUSUAL: QuestionCode[] = ['report.unusual']
const submit = (past: Past[], values: Values, more: object = {}, by: Actor = districtA, unit = 'A1') =>
  after(past, by, 'SubmitReports', { items: [item(unit, DAY, values, { basedOn: past.length, ...more })] })
const figure = (past: Past[], unit = 'A1', counter = 'accepted') => figureOf(past, unit, DAY, counter)
const marks = (past: Past[], unit = 'A1') => figure(past, unit).confirmed
const review = (past: Past[], kind: 'ApproveReports' | 'ReturnReports') =>
  after(past, office, kind, {
    items: [{ unit: 'A1', day: DAY, versions: { accepted: figure(past).version } }],
    ...(kind === 'ReturnReports' && { reason: 'really?' }),
  } as never)
const settle = (past: Past[], accepted: number, confirmed?: QuestionCode[]) =>
  after(past, office, 'SettleDispute', {
    ...{ unit: 'A1', day: DAY, values: { accepted }, basedOn: past.length, reason: 'agreed' },
    ...(confirmed && { confirmed }),
  })

/** 28,080 is unusual, and somebody has stood by it. */
const stoodBy = (levels = 0) => submit(usual(levels), { accepted: 28_080 }, { confirmed: UNUSUAL })

describe('R42 what was confirmed stays marked while that value counts', () => {
  test('a value that is settled upon keeps its marks: the one that stood, or the claim', () => {
    const disputed = submit(stoodBy(), { accepted: 900 }, { confirmed: UNUSUAL, basedOn: 0 }, otherA)
    expect(marks(disputed)).toEqual(UNUSUAL)
    // nothing is asked of what stands, so nothing is confirmed anew
    expect(marks(settle(disputed, 28_080))).toEqual(UNUSUAL)
    expect(marks(settle(disputed, 900, UNUSUAL))).toEqual(UNUSUAL)
    expect(marks(settle(disputed, 120))).toBeUndefined()
    const claimed = submit(
      submit(usual(), { accepted: 110 }),
      { accepted: 900 },
      { confirmed: UNUSUAL, basedOn: 0 },
      otherA,
    )
    expect(figure(claimed).claim).toMatchObject({ value: 900, confirmed: UNUSUAL })
    expect(marks(settle(claimed, 110))).toBeUndefined()
  })

  test('a claim that is replaced takes only its own along', () => {
    const claimed = submit(
      submit(usual(), { accepted: 110 }),
      { accepted: 900 },
      { confirmed: UNUSUAL, basedOn: 0 },
      otherA,
    )
    const again = submit(claimed, { accepted: 120 }, {}, otherA)
    expect(figure(again).claim).not.toHaveProperty('confirmed')
    expect(marks(submit(claimed, { accepted: 110 }, {}, otherA))).toBeUndefined()
  })

  test('a value that was returned and is sent again as it was keeps them', () => {
    const again = submit(review(stoodBy(1), 'ReturnReports'), { accepted: 28_080 })
    expect(figure(again)).toMatchObject({ state: 'submitted', confirmed: UNUSUAL })
    expect(marks(submit(review(stoodBy(1), 'ReturnReports'), { accepted: 120 }))).toBeUndefined()
  })

  test('K11 a reviewer who approves it at the last level clears them, with the reason', () => {
    const first = stoodBy(2)
    const why = after(usual(2), districtA, 'SubmitReports', {
      items: [item('A1', DAY, { accepted: 28_080 }, { confirmed: UNUSUAL, confirmedWhy: 'the fair' })],
    })
    expect(figure(why)).toMatchObject({ confirmed: UNUSUAL, why: 'the fair' })
    expect(marks(review(first, 'ApproveReports'))).toEqual(UNUSUAL)
    const cleared = review(review(why, 'ApproveReports'), 'ApproveReports')
    expect(figure(cleared)).not.toHaveProperty('confirmed')
    expect(figure(cleared)).not.toHaveProperty('why')
    expect(isMarked(figure(submit(cleared, { accepted: 105 })))).toBe(false)
  })

  test('K11 a claim keeps why it was confirmed, and so does what is settled for; else the reason of the settlement is why', () => {
    const stands = submit(usual(), { accepted: 120 })
    const more = { confirmed: UNUSUAL, basedOn: 0 }
    const claimed = submit(stands, { accepted: 28_080 }, { ...more, confirmedWhy: 'the fair' }, otherA)
    expect(figure(claimed).claim).toMatchObject({ confirmed: UNUSUAL, why: 'the fair' })
    expect(figure(settle(claimed, 28_080, UNUSUAL))).toMatchObject({ confirmed: UNUSUAL, why: 'agreed' })
    expect(figure(settle(claimed, 90))).not.toHaveProperty('why')
  })

  test('an approved value keeps its own while a newer one waits, and takes them back when it stands again', () => {
    const cleared = review(stoodBy(1), 'ApproveReports')
    // approved again at once, without a reviewer: nobody has cleared it
    const approved = submit(submit(cleared, { accepted: 104 }), { accepted: 28_080 }, { confirmed: UNUSUAL })
    expect(marks(approved)).toEqual(UNUSUAL)
    const corrected = submit(approved, { accepted: 105 })
    expect(figure(corrected)).toMatchObject({ value: 105, approved: 28_080, approvedConfirmed: UNUSUAL })
    expect(marks(corrected)).toBeUndefined()
    const back = submit(corrected, { accepted: 28_080 }, { confirmed: UNUSUAL })
    expect(figure(back)).toMatchObject({ state: 'approved', confirmed: UNUSUAL })
    expect(figure(back)).not.toHaveProperty('approvedConfirmed')
    const twice = submit(corrected, { accepted: 106 })
    expect(figure(twice)).toMatchObject({ approved: 28_080, approvedConfirmed: UNUSUAL })
    const done = review(corrected, 'ApproveReports')
    expect(figure(done)).toMatchObject({ value: 105, approved: 105 })
    expect(figure(done)).not.toHaveProperty('approvedConfirmed')
  })

  test('a re-attribution carries them along, and those of what it adds to', () => {
    const past = stoodBy()
    const to = (unit: string, from: Past[]) =>
      after(from, districtA, 'ReattributeReports', {
        from: { unit: 'A1', day: DAY, basedOn: from.length },
        to: { unit, day: DAY, basedOn: from.length },
        counters: ['accepted'],
        reason: 'of another street',
      })
    expect(marks(to('A2', past), 'A2')).toEqual(UNUSUAL)
    expect(marks(to('A2', submit(past, { accepted: 3 }, {}, districtA, 'A2')), 'A2')).toEqual(UNUSUAL)
    expect(marks(to('A2', submit(usual(), { accepted: 110 })), 'A2')).toBeUndefined()
  })

  test('they go with the value: a blank has none', () => {
    const items = [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: stoodBy().length }]
    const blank = after(stoodBy(), districtA, 'WithdrawReports', { items, reason: 'x' })
    expect(figure(blank)).not.toHaveProperty('confirmed')
  })
})

describe('R42 a figure is marked when the value that counts is', () => {
  const marked = (past: Past[]) => isMarked(figure(past))

  test('it is the approved one, else the one that stands', () => {
    const approved = review(stoodBy(1), 'ApproveReports')
    expect(marked(stoodBy(1))).toBe(true)
    expect(marked(submit(approved, { accepted: 105 }))).toBe(false)
    expect(marked(review(submit(approved, { accepted: 105 }), 'ApproveReports'))).toBe(false)
    const ordinary = review(submit(usual(1), { accepted: 105 }), 'ApproveReports')
    expect(marked(submit(ordinary, { accepted: 28_080 }, { confirmed: UNUSUAL }))).toBe(false)
    const items = [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: approved.length }]
    const asked = after(approved, districtA, 'WithdrawReports', { items, reason: 'x' })
    expect(marked(asked)).toBe(false)
    expect(marked(review(asked, 'ApproveReports'))).toBe(false)
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ItemRow } from '../../../shared/view/silenceRows.ts'
import { clockDays, STEPS, stripOf } from '../../../client/features/silence/strip.ts'

const DAY = 86_400_000
const START = Date.parse('2008-04-07T00:00:00Z')
const when = (at: number) => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  return { day, time: time.slice(0, 8) }
}
const days = ['2008-04-07', '2008-04-08', '2008-04-09', '2008-04-10']
const itemOf = (of: Partial<ItemRow>): ItemRow => ({
  ...{ kind: 'item', key: 'item/1', item: 1, unit: 'A1', day: '2008-04-07', opened: START },
  ...{ state: 'missing', lock: null, official: null, district: null, reported: null, closed: null },
  ...of,
})

describe('E16 items on one clock', () => {
  test('the clock has the last days on which anything was expected or done, and ends with today', () => {
    expect(clockDays(['2008-04-07', '2008-04-09'], ['2008-04-08', '2008-04-09'], '2008-04-10')).toEqual(days)
    expect(clockDays([], [], '2008-04-10')).toEqual(['2008-04-10'])
    const many = Array.from({ length: 20 }, (_, i) => `2008-03-${i + 10}`)
    expect(clockDays([...many, '2008-04-12'], [], '2008-04-10')).toEqual([...many.slice(-9), '2008-04-10'])
    expect(clockDays(many, [], '2008-04-10', 5), 'as many as there is room for').toEqual([
      ...many.slice(-4),
      '2008-04-10',
    ])
  })

  test('silent to the end of the clock, until it is reported, and over when it is approved', () => {
    const opened = START + DAY / 2
    const silent = stripOf(itemOf({ opened }), days, when, 0.036)
    expect(silent).toEqual({ from: 0.125, silentTo: 1, to: 1, marks: [{ step: 'opened', at: 0.125 }], isCut: false })
    const reported = START + 2 * DAY
    expect(stripOf(itemOf({ opened, reported }), days, when, 0.036)).toMatchObject({ silentTo: 0.5, to: 1 })
    const closed = { at: START + 3 * DAY, seq: 9 }
    expect(stripOf(itemOf({ opened, reported, closed }), days, when, 0.036)).toMatchObject({ silentTo: 0.5, to: 0.75 })
  })

  test('what began before the clock is cut, and a day that is left out is where the next one begins', () => {
    const cut = stripOf(itemOf({ official: START - DAY, opened: START + DAY }), days, when, 0.036)
    expect(cut).toMatchObject({ isCut: true, from: 0, marks: [{ step: 'opened', at: 0.25 }] })
    const left = stripOf(itemOf({ opened: START + 1.5 * DAY }), ['2008-04-07', '2008-04-09'], when, 0.036)
    expect(left.marks).toEqual([{ step: 'opened', at: 0.5 }])
  })

  test('whatever happened when: marks in their order, none over another, all on the clock', () => {
    const moment = fc.integer({ min: START - DAY, max: START + 4 * DAY - 1 })
    const steps = fc.array(moment, { minLength: 5, maxLength: 5 }).map((all) => all.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 2 }), ([official, district, opened, reported, at], done) => {
        const item = itemOf({
          ...{ official: official!, district: district!, opened: opened! },
          reported: done > 0 ? reported! : null,
          closed: done > 1 ? { at: at!, seq: 1 } : null,
        })
        const { from, silentTo, to, marks } = stripOf(item, days, when, 0.036)
        const order = marks.map(({ step }) => STEPS.indexOf(step))
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        marks.forEach((mark, i) => {
          expect(mark.at).toBeGreaterThanOrEqual(0)
          expect(mark.at).toBeLessThanOrEqual(1)
          if (i > 0) expect(mark.at - marks[i - 1]!.at).toBeGreaterThan(0.03)
        })
        expect(0 <= from && from <= silentTo && silentTo <= to && to <= 1).toBe(true)
        expect(to).toBe(marks.find(({ step }) => step === 'closed')?.at ?? (done > 1 ? 0 : 1))
      }),
    )
  })
})

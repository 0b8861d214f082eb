/** The columns of the sheet in the room there is: figures whole or absent. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  AIDS,
  type Needs,
  RANGE,
  shareRoom,
  widest,
  wordsOf,
  wordsWidth,
} from '../../../client/features/sheet/gridRoom.ts'

const needs: Needs = {
  name: 140,
  report: 84,
  counter: 100,
  aids: { total: 90, range: RANGE.least, required: 155, rank: 60 },
}
const shown = (room: number, counters: number) => Object.keys(shareRoom(room, counters, needs).aids)

describe('Q9 columns of aids', () => {
  test('all are there where there is room, and before it is known', () => {
    expect(shown(1240, 5)).toHaveLength(4)
    expect(shown(0, 5)).toHaveLength(4)
  })
  test('with five counters on a small desk the line of points is kept longest', () => {
    expect(shown(944, 5)).toEqual(['range', 'total'])
    expect(shown(820, 5)).toEqual(['range'])
    expect(shown(700, 5)).toEqual([])
  })
  test('no room and no need makes the columns wider than the room, but for names, reports and counters', () => {
    const width = fc.integer({ min: 40, max: 400 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2400 }),
        fc.integer({ min: 1, max: 8 }),
        fc.record({
          name: width,
          report: width,
          counter: width,
          aids: fc.record(Object.fromEntries(AIDS.map((a) => [a, width]))),
        }),
        (room, counters, wanted) => {
          const { name, report, aids, least } = shareRoom(room, counters, wanted)
          const all = name + report + counters * wanted.counter + Object.values(aids).reduce((sum, n) => sum + n, 0)
          expect(all).toBeLessThanOrEqual(Math.max(room, least))
          if (Object.keys(aids).length > 0) expect(least).toBeLessThanOrEqual(room)
          for (const aid of AIDS)
            if (aids[aid] !== undefined) expect(aids[aid]).toBeGreaterThanOrEqual(wanted.aids[aid]!)
        },
      ),
    )
  })
})

describe('how wide words are', () => {
  test('the widest of several; none has no width', () => {
    expect(widest([], 12)).toBe(0)
    expect(widest(['1,234', '999'], 13)).toBe(wordsWidth('1,234', 13))
    expect(wordsWidth('制证', 13)).toBe(26)
  })
  test('a heading breaks between words, and between Chinese characters', () => {
    expect(wordsOf('Issued, also replacements')).toEqual(['Issued,', 'also', 'replacements'])
    expect(wordsOf('制证')).toEqual(['制', '证'])
  })
})

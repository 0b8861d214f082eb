import { expect, test } from 'vitest'
import { layLane } from '../../../client/charts/lane.ts'
import type { Mark } from '../../../client/charts/marks.ts'

const mark = (n: number): Mark => ({ n, day: '2008-03-03', title: `Question ${n}`, state: 'open' })
/** marks at these pixels of a lane of 300, numbered from 1 */
const laid = (...at: number[]) =>
  layLane(
    at.map((_, i) => mark(i + 1)),
    (m) => at[m.n - 1]!,
    0,
    300,
  )
const texts = (...at: number[]) => laid(...at).map((m) => m.text)

test('marks with room stand where they belong', () => {
  expect(laid(100, 200).map((m) => m.x)).toEqual([100, 200])
})

test('neighbours move apart, a crowd becomes one mark that stands for all of them', () => {
  expect(texts(100, 102)).toEqual(['§1', '§2'])
  expect(texts(50, 50, 50, 50, 50)).toEqual(['§1', '§2', '§3 +2'])
  expect(laid(50, 50, 50, 50, 50, 50, 50).reduce((n, m) => n + m.marks.length, 0)).toBe(7)
})

test('no mark covers another or leaves the lane, however many there are', () => {
  for (let count = 1; count <= 30; count++)
    for (const at of [0, 20, 150, 290, 300]) {
      const lane = laid(...Array.from({ length: count }, (_, i) => at + (i % 3)))
      lane.forEach((m, i) => {
        expect(m.x + m.width / 2).toBeLessThanOrEqual(300.01)
        expect(m.x - m.width / 2).toBeGreaterThanOrEqual(-0.01)
        const before = lane[i - 1]
        if (before !== undefined) expect(m.x - m.width / 2).toBeGreaterThan(before.x + before.width / 2)
      })
    }
})

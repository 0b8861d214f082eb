/** What gives way in the ranking, and when. */
import { expect, test } from 'vitest'
import { stepsTo } from '../../../client/features/watch/lineRoom.ts'

test('Q9 nothing gives way while all has room, to the very pixel', () => {
  expect(stepsTo(600, 600, [50, 40])).toBe(0)
  expect(stepsTo(600, 601, [50, 40])).toBe(1)
})

test('Q9 one after the other gives way, and no more than must', () => {
  const saved = [50, 40, 30]
  expect([600, 650, 651, 690, 720].map((needed) => stepsTo(600, needed, saved))).toEqual([0, 1, 2, 2, 3])
})

test('Q9 what saves nothing, since it is not there, is passed over', () => {
  expect(stepsTo(300, 320, [0, 0, 25])).toBe(3)
})

test('Q9 where even all of it is not enough, all has given way', () => {
  expect(stepsTo(100, 900, [50, 40])).toBe(2)
})

test('Q9 room that is given back lets the last return first', () => {
  const saved = [50, 40, 30]
  expect([600, 640, 690, 720].map((room) => stepsTo(room, 720, saved))).toEqual([3, 2, 1, 0])
})

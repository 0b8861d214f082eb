import { expect, test } from 'vitest'
import { namedIn } from '../../../client/features/watch/attentionRoom.ts'

const group = (items: number) => ({ head: 100, items: Array.from({ length: items }, () => 50) })

test('Where there is room all are named', () => {
  expect(namedIn([group(3), group(2)], 1000)).toEqual([3, 2])
  expect(namedIn([group(3), group(2)], 450)).toEqual([3, 2])
})

test('Of more than fit each group names its first, then one in turn, the gravest first, and the rest has room for how many it is', () => {
  expect(namedIn([group(3), group(3)], 0)).toEqual([1, 1])
  expect(namedIn([group(3), group(3)], 430)).toEqual([2, 1])
  expect(namedIn([group(6), group(1)], 440)).toEqual([3, 1])
})

test('What is small still fits where the gravest does not', () => {
  expect(namedIn([{ head: 100, items: [50, 300, 10] }, group(2)], 400)).toEqual([1, 2])
})

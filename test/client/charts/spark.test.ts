import { expect, it } from 'vitest'
import { sparkOf } from '../../../client/charts/spark.ts'

const size = { width: 50, height: 22 }

it('runs from left to right and ends in the last value', () => {
  const spark = sparkOf([1, 2, 3], 2, size)
  expect(spark.line).toMatch(/^M0 [\d.]+L24 [\d.]+L48 [\d.]+$/)
  expect(spark.last![0]).toBe(48)
  expect(spark.last![1]).toBeLessThan(spark.required!)
})

it('stays inside its box, and a flat line is in the middle', () => {
  for (const [, y] of [sparkOf([5, 900, 0], 1_000, size).last!]) expect(y).toBeLessThanOrEqual(20)
  expect(sparkOf([0, 0], null, size).last![1]).toBe(11)
})

it('is nothing without values', () => {
  expect(sparkOf([], 4, size)).toEqual({ line: '', required: null, last: null })
  expect(sparkOf([7], null, size).line).toBe('')
})

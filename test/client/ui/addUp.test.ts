/** Rounded parts that add up to their rounded whole. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addUp } from '../../../client/ui/addUp.ts'

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

test('U16 terms add up to their total as they are shown, and none is further off than its last digit', () => {
  const term = fc.double({ min: -100, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.array(term, { minLength: 2, maxLength: 4 }), fc.integer({ min: 0, max: 4 }), (terms, digits) => {
      const step = 10 ** digits
      const shown = addUp(sum(terms), terms, digits)
      const whole = (x: number) => Math.round(x * step)
      expect(sum(shown.map(whole)) - Math.round(sum(terms) * step)).toBeCloseTo(0, 6)
      shown.forEach((x, i) => expect(Math.abs(x - terms[i]!)).toBeLessThanOrEqual(1.5001 / step))
    }),
  )
})

test('U16 the remainder goes to where it is largest', () => {
  expect(addUp(2.34, [0.16, 2.18], 1)).toEqual([0.1, 2.2])
  expect(addUp(2.26, [0.15, 2.11], 1)).toEqual([0.2, 2.1])
  expect(addUp(1, [0.5, 0.5], 0)).toEqual([0, 1])
})

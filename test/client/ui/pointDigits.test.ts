import { expect, it } from 'vitest'
import { pointDigits } from '../../../client/ui/pointDigits.ts'
import { pointsText } from '../../../client/ui/numbers.ts'

const text = (points: number) => pointsText(points, pointDigits(points, -5))

it('A4 A5 points have as many decimals as it takes to be on the side that their status says', () => {
  expect([-2.4, -4.94, -5, -5.04, 3.62, 0].map(text)).toEqual(['−2.4', '−4.9', '−5.0', '−5.0', '+3.6', '0.0'])
  expect([-4.96, -4.999, -0.04, -0.0004].map(text)).toEqual(['−4.96', '−4.999', '−0.04', '−0.0004'])
  expect(text(0.04), 'ahead is at the path too').toBe('0.0')
  expect(text(-5e-8), 'one permit of two thousand million').toBe('−0.00000005')
  expect(text(-1e-13), 'what no count of permits makes').toBe('0.0')
})

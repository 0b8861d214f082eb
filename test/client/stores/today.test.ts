import { describe, expect, test } from 'vitest'
import { dayRowOfToday } from '../../../client/stores/today.ts'
import type { Breakdown, SumsRow } from '../../../shared/view/rows.ts'

const none = { up: [0, 0], down: [0, 0] }
const sums = (approved: number[]): Breakdown => ({
  ...{ approved, waiting: none, disputed: none, returned: none, missing: [0, 0] },
})
const own = (approved: number[], more: Partial<SumsRow> = {}): SumsRow => ({
  ...{ kind: 'sums', key: 's1', unit: 'A', total: sums([9, 9]), today: sums(approved), state: null },
  ...more,
})
const DAY = '2008-01-08'
const today = (row: SumsRow) => dayRowOfToday(DAY, row)

describe('today as a day among others', () => {
  test('is none where nobody has given anything', () => {
    expect(today(own([0, 0]))).toBeNull()
    for (const state of ['open', 'missing', 'off', 'ended', 'notStarted'] as const)
      expect(today(own([0, 0], { state }))).toBeNull()
  })

  test('of a reporting unit says what is blank, and zero is an answer', () => {
    expect(today(own([0, 0], { state: 'approved' }))).toEqual({
      ...{ kind: 'day', key: 'd13886', day: DAY, breakdown: sums([0, 0]) },
    })
    expect(today(own([0, 0], { state: 'partial', blank: [1] }))).toMatchObject({ blank: [1] })
    const owed = { ...own([0, 0], { state: 'missing' }), today: { ...sums([0, 0]), missing: [3, 4] } }
    expect(today(owed)).toMatchObject({ blank: [0, 1] })
  })

  test('of a sum says what nobody has given, and zeros that all have given are an answer', () => {
    expect(today(own([5, 0]))).not.toHaveProperty('blank')
    expect(today(own([5, 0], { blank: [1] }))).toMatchObject({ blank: [1] })
    expect(today(own([0, 0], { blank: [] }))).toEqual({
      ...{ kind: 'day', key: 'd13886', day: DAY, breakdown: sums([0, 0]) },
    })
  })
})

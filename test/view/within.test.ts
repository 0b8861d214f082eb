/** Which units have rows of their own in a unit's scope. */
import { expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import { GRANDCHILDREN, unitsBelowScope, unitsInScope } from '../../shared/view/within.ts'
import { deepProgramme } from '../support/deep.ts'
import { tinyProgramme } from '../support/programme.ts'

const tiny = indexUnits(tinyProgramme())

test('S16 the unit, its children and its grandchildren', () => {
  expect(unitsInScope(tiny, 'C')).toEqual(['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2'])
  expect(unitsInScope(tiny, 'A')).toEqual(['A', 'A1', 'A2', 'A3'])
  expect(unitsInScope(tiny, 'A1')).toEqual(['A1'])
  expect(unitsBelowScope(tiny, 'C')).toEqual([])
})

test('S16 grandchildren while they are at most 200; the others stand in sums', () => {
  const full = indexUnits(deepProgramme({ districts: 2, streets: GRANDCHILDREN / 2, blocks: 0 }))
  expect(unitsInScope(full, 'C')).toHaveLength(1 + 2 + GRANDCHILDREN)
  expect(unitsBelowScope(full, 'C')).toEqual([])
  const over = indexUnits(deepProgramme({ districts: 2, streets: GRANDCHILDREN / 2 + 1, blocks: 0 }))
  expect(unitsInScope(over, 'C')).toEqual(['C', 'D0', 'D1'])
  expect(unitsBelowScope(over, 'C')).toHaveLength(GRANDCHILDREN + 2)
  expect(unitsInScope(over, 'D0')).toHaveLength(1 + GRANDCHILDREN / 2 + 1)
})

test('S16 what lies deeper than grandchildren stands in sums', () => {
  const deep = indexUnits(deepProgramme({ districts: 2, streets: 3, blocks: 2 }))
  expect(unitsInScope(deep, 'C')).toHaveLength(1 + 2 + 6)
  expect(unitsBelowScope(deep, 'C')).toHaveLength(12)
  expect(unitsBelowScope(deep, 'D0')).toEqual([])
})

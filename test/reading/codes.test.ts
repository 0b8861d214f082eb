/** Codes without their zeros, and rows that are the sum of others (J6, J9). */
import { describe, expect, test } from 'vitest'
import { codeFinder } from '../../shared/reading/codes.ts'
import { sumRows } from '../../shared/reading/sums.ts'

describe('a code', () => {
  const find = codeFinder(['0', '01', '01001', '01003', '1010', '01010', 'S1', '440307001', '440307002', '00045'])
  test.each([
    ['01001', 'exact 01001'],
    ['０１００１', 'exact 01001'],
    ["'01001", 'exact 01001'],
    ['="01001"', 'exact 01001'],
    ['S1', 'exact S1'],
    ['1001', 'padded 01001'],
    ['1,001', 'padded 01001'],
    ['1001.0', 'padded 01001'],
    ['1.001E+03', 'padded 01001'],
    ['1,003E+03', 'padded 01003'],
    ['001001', 'padded 01001'],
    ['45', 'padded 00045'],
    ['1', 'padded 01'],
    ['1010', 'exact 1010'],
    ['4.40307E+08', 'shortened'],
    ['4.4E+08', 'shortened'],
    ['4.40307001E+08', 'padded 440307001'],
    ['9.9E+08', null],
    ['1002', null],
    ['', null],
    ['1.5', null],
    ['E+03', null],
  ])('J6 %j is %j', (text, expected) => {
    const found = find(text)
    expect(found === null ? null : 'code' in found ? `${found.kind} ${found.code}` : found.kind).toBe(expected)
  })
  test('J6 what may be either of two codes is known to be one, and not which', () => {
    for (const text of ['1', '1.0']) expect(codeFinder(['001', '01'])(text)).toEqual({ kind: 'several' })
  })
})

test.each([
  ['at the end', [[1], [2], [3]], [2]],
  [
    'at the top',
    [
      [6, 3],
      [1, 2],
      [5, 1],
    ],
    [0],
  ],
  ['above notes', [[1], [2], [3], [9]], [2]],
  [
    'blank where the others are',
    [
      [1, null],
      [2, null],
      [3, null],
    ],
    [2],
  ],
  [
    'in one column only',
    [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
    [],
  ],
  ['of one row', [[5], [5]], []],
  ['of zeros', [[0], [0], [0]], []],
  ['of one and zeros', [[0], [5], [5]], []],
  ['of parts, and the sum of those', [[100], [90], [190], [80], [70], [150], [340]], [2, 5, 6]],
  ['above its parts', [[340], [190], [100], [90], [150], [80], [70]], [0, 1, 4]],
  [
    'above its parts, of two columns',
    [
      [7, 7],
      [190, 50],
      [100, 30],
      [90, 20],
    ],
    [1],
  ],
  ['above others by chance', [[9], [30], [20], [10]], []],
  ['none', [[1], [2], [4]], []],
  ['nothing', [], []],
])('J9 a sum %s', (_, rows, expected) => {
  expect(sumRows(rows)).toEqual(expected)
})

/** The submission that a checked file comes to. */
import { expect, test } from 'vitest'
import { itemsOf } from '../../../client/features/sheet/importItems.ts'
import type { FileRow } from '../../../shared/protocol/files.ts'

const row: FileRow = {
  ...{ row: 2, unit: 'A1', day: '2008-01-10', basedOn: 3, late: false, stood: false },
  cells: [
    { counter: 'issued', column: 3, from: null, to: 88_888, warnings: [{ code: 'report.unusual', level: 'warning' }] },
  ],
}
const meaning = { type: 'corrected', reason: '' } as const

test('K11 what is confirmed goes with why: the row’s own reason, else that of the person who sends it', () => {
  expect(itemsOf([row], { ...meaning, why: 'a market opened' })).toMatchObject([
    { confirmed: ['report.unusual'], confirmedWhy: 'a market opened' },
  ])
  expect(itemsOf([{ ...row, reason: 'two windows' }], { ...meaning, why: 'a market opened' })).toMatchObject([
    { confirmedWhy: 'two windows' },
  ])
  expect(itemsOf([row], meaning)[0]).not.toHaveProperty('confirmedWhy')
  const plain = { ...row, cells: row.cells.map((cell) => ({ ...cell, warnings: [] })) }
  expect(itemsOf([plain], { ...meaning, why: 'a market opened' })[0]).not.toHaveProperty('confirmedWhy')
})

/** What the tests of the sheet's page share: the rows of a sheet, and hands to type and press with. */
import type { VueWrapper } from '@vue/test-utils'
import type { Actor } from '../../../shared/policy.ts'
import type { Breakdown } from '../../../shared/progress/breakdown.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { giveRows } from '../fakeScope.ts'
import { aboveRow, day, setting, steady } from './sample.ts'

/** who is signed in */
export const me: Actor = { id: 'me', name: 'Me', role: 'district', unit: 'A' }

/** the day of the sheet is today */
export const OPEN = { today: day, closed: '2008-02-29', due: '2008-02-29', lockedThrough: null as string | null }
/** the day of the sheet is over */
export const OVER = { today: '2008-03-04', closed: day, due: day, lockedThrough: null }

export const input = (page: VueWrapper, key: string) => page.find<HTMLInputElement>(`input[data-cell="${key}"]`)
/** the cell's classes, its state among them */
export const state = (page: VueWrapper, key: string) => input(page, key).element.closest('td')!.className
export const button = (page: VueWrapper, text: RegExp) => page.findAll('button').find((b) => text.test(b.text()))!
export const dialog = (page: VueWrapper) => page.find('dialog form')

/** The sheet of A, with these reports of its streets A1 to A3. */
export function giveSheet(
  reports: ReportRow[],
  clock: typeof OPEN = OPEN,
  more: Parameters<typeof giveRows>[1][] = [],
  owed = 0,
) {
  const clockRow = { kind: 'clock' as const, key: rowKey.clock(), ...clock }
  giveRows('unit:A', clockRow, ...['A', 'A1', 'A2', 'A3'].flatMap((unit) => sumsRow(unit, 1_800)))
  giveRows('unit:C', clockRow, ...['C', 'A', 'B'].flatMap((unit) => sumsRow(unit, 3_000, owed)))
  giveRows('issues')
  giveRows('work:A')
  giveRows('calendar:A')
  giveRows(
    `sheet:A/${day}`,
    clockRow,
    ...reports,
    ...['A1', 'A2', 'A3'].map((unit) => steady(unit, [100, 90])),
    ...[aboveRow('A', [2_400, 2_160], [2_400, 2_160]), aboveRow('C', [2_400, 2_160])],
    ...more,
  )
}

function sumsRow(unit: string, approved: number, owed = 0) {
  const none = { up: [0, 0], down: [0, 0] }
  const sums = (n: number): Breakdown => ({
    ...{ approved: [n, n], waiting: none, disputed: none, returned: none },
    missing: [0, 0],
  })
  const at = setting.units.index(unit)
  return [
    { kind: 'sums' as const, key: rowKey.sums(at), unit, total: sums(approved), today: sums(0), state: null },
    {
      ...{ kind: 'closed' as const, key: rowKey.closed(at), unit, counted: [approved, approved], week: null },
      reports: { expected: 0, in: 0, partial: 0, missing: 0 },
      ...{ owed: [], owedCount: owed, recent: null, reached: [], confirmed: 0 },
    },
  ]
}

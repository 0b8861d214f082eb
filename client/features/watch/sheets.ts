/** Where a report can be opened: its sheet for those who may see it, else the page of its unit. */
import type { Day } from '../../../shared/progress/day.ts'
import { useSheetAddress } from '../../stores/sheetAddress.ts'
import { type UnitAddress, useUnitLink } from './links.ts'

export interface Sheets {
  /** address of the sheet that holds a unit's figures of a day, with the cell of the counter; null when the reader may not see it */
  sheet(unit: string, day: Day, counter?: string): string | null
  /** the sheet, or the unit's page */
  cell(unit: string, day: Day | null, counter?: string): string | UnitAddress
}

export function useSheets(): Sheets {
  const unitLink = useUnitLink()
  const sheet = useSheetAddress()
  return { sheet, cell: (unit, day, counter) => (day === null ? null : sheet(unit, day, counter)) ?? unitLink(unit) }
}

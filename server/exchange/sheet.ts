/** A table as a file holds it, whatever kind of file it was: texts with their places, and what is wrong with single cells. */
import type { TableFault } from '../../shared/reading/fault.ts'
import type { Epoch } from '../../shared/reading/days.ts'
import type { Line } from '../../shared/reading/split.ts'

/** Cells that were merged into one, by row and column from 1, ends included. */
export interface Merged {
  /** as the spreadsheet writes it: `A2:A4` */
  name: string
  top: number
  left: number
  bottom: number
  right: number
}

export interface Sheet {
  /** rows that hold something */
  lines: Line[]
  /** of cells that hold no text that could be read: by `row column` */
  faults: ReadonlyMap<string, TableFault>
  merged: readonly Merged[]
  /** rows that the spreadsheet does not show */
  hidden: ReadonlySet<number>
  /** how its numbers are days; null = the file does not say */
  epoch: Epoch | null
  /** read by an encoding in which nearly any bytes are some text */
  doubtful: TableFault | null
}

/** A sheet of a workbook, by its name. */
export interface SheetName {
  name: string
  hidden: boolean
}

/** A table; or which sheet it is has to be asked; or why there is none. */
export type Opened =
  | { kind: 'sheet'; sheet: Sheet; name: string | null }
  | { kind: 'which'; sheets: readonly SheetName[] }
  | { kind: 'fault'; fault: TableFault }

/** Rows that are looked at, and columns. What has more is no table of reports. */
export const MOST_ROWS = 20_000
export const MOST_COLUMNS = 256

/** The place of a cell as a key. */
export const at = (row: number, column: number): string => `${row} ${column}`

/** What the thread that reads files is given, and what it answers with. */
import type { TableFault } from '../../shared/reading/fault.ts'
import type { Placed, Target } from './place.ts'
import type { SheetName } from './sheet.ts'

export interface ToReader {
  bytes: Uint8Array
  /** the sheet of a workbook that is meant; null = it has not been asked */
  sheet: string | null
  /** null = the table as it stands, whatever it is about */
  target: Target | null
}

/** `which`: a workbook has several sheets, or hidden ones, and it has to be asked which is meant. */
export type FromReader =
  | { kind: 'placed'; placed: Placed; sheet: string | null }
  | { kind: 'lines'; lines: { row: number; cells: string[] }[]; faults: TableFault[] }
  | { kind: 'which'; sheets: readonly SheetName[] }
  | { kind: 'fault'; fault: TableFault }

/** `begins`: the thread is there, and its time begins to count. */
export type FromThread = FromReader | { kind: 'begins' }

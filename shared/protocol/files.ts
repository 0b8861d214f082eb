/** Files of reports: what is downloaded to be filled in, and what a file that comes back would change; lists in files. */
import type { Holds } from '../domain/deriving.ts'
import type { Correction } from '../domain/values.ts'
import type { Refusal } from '../errors.ts'
import type { Day } from '../progress/day.ts'

/** Bytes that a file may have. */
export const FILE_BYTES = 5_242_880

/** Reports of the reporting units at or below a unit, day by day; those of which nothing is expected and nothing was given are left out. */
export interface FigureTable {
  /** everything up to this line of the log is in it */
  seq: number
  /** moment, ISO 8601 */
  at: string
  /**
   * `values` in the programme's order of counters; null = blank. `totals`: running totals as reported, where the programme has
   * counters that are kept so (F33), of these alone
   */
  rows: { unit: string; day: Day; values: (number | null)[]; totals?: (number | null)[] }[]
}

/** Something about a place in a file, from 1; row 0 = the whole, column 0 = the whole row. */
export interface PlacedRefusal {
  row: number
  column: number
  /** of the column, as it stands; '' without one */
  heading: string
  /** of the row, where both are known */
  unit?: string
  day?: Day
  refusal: Refusal
}

/** A running total in a file. */
export interface FileTotal {
  total: number
  /** the day's own figure stands in the file as well */
  given?: true
  /** it is taken to hold the corrections made since the last one, or not to */
  holds?: Holds
  /** of a first total, which counts on no day: what is counted up to its day */
  counted?: number
}

/** A figure that the file would change. */
export interface FileCell {
  counter: string
  column: number
  /** what stands; null = blank */
  from: number | null
  /** null: an opening balance gives no figure */
  to: number | null
  /** the running total that it follows from; see `FileTotal` */
  total?: FileTotal
  /** questions about it, to be confirmed */
  warnings: Refusal[]
}

/** A report that the file would change. */
export interface FileRow {
  row: number
  unit: string
  day: Day
  /** what the change is based on: the version in the file, else what stood when it was looked at */
  basedOn: number
  /** the day is due: a reason is wanted */
  late: boolean
  /** something of it has a value: a type is wanted as well */
  stood: boolean
  /** its own kind of change and reason, as the file has them */
  type?: Correction
  reason?: string
  cells: FileCell[]
}

/** `which`: a workbook has several sheets, or hidden ones, and it is to be said which is meant. */
export type FileCheck =
  | { kind: 'which'; sheets: readonly { name: string; hidden: boolean }[] }
  | {
      kind: 'checked'
      /** the sheet that was read; null = the file has none */
      sheet: string | null
      rows: FileRow[]
      /** figures that stand as the file has them */
      same: number
      refused: PlacedRefusal[]
      /** what is left out because it is no figure of a report */
      notes: PlacedRefusal[]
    }

/** Any table as it stands, row by row: what is read as a list. Cells that cannot be read are refused, each with its place. */
export type ListedFile =
  | { kind: 'which'; sheets: readonly { name: string; hidden: boolean }[] }
  | { kind: 'list'; lines: { row: number; cells: string[] }[]; refused: PlacedRefusal[] }

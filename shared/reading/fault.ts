/** What is wrong or open about a table, as values: the doors put them into their reader's words. */
import type { Refusal, RefusalCode } from '../errors.ts'
import { shown } from './count.ts'

/** Codes of tables and their files; texts of cells have those of counts too (`count.ts`). */
export type TableCode = Extract<RefusalCode, `table.${string}` | `file.${string}`>

/** One fault with its place. */
export interface TableFault {
  code: RefusalCode
  /** from 1: line of a file on which the row begins, or row of a pasted block; 0 = the whole */
  row: number
  /** from 1; 0 = the whole row */
  column: number
  /** of the column, as it stands; '' without one */
  heading: string
  /** of the cell, as it stands, cut to 40 characters; '' = the row as a whole */
  text: string
  /** facts for the sentence, which says what mends it */
  params: Record<string, string | number>
}

/** A fault of the table as a whole, of a row, or of a cell. */
export function tableFault(code: TableCode, place: Partial<Omit<TableFault, 'code'>> = {}): TableFault {
  return { row: 0, column: 0, heading: '', params: {}, ...place, code, text: shown(place.text ?? '') }
}

/** The same fault as a refusal, for who has words for refusals: its text is a param, its place is not part of it. */
export const asRefusal = ({ code, text, params }: TableFault): Refusal => ({
  code,
  params: text === '' ? params : { text, ...params },
})

/** The CSV files of a source: their columns by the headings that `replay.json` names, every fault in words. */
import { readFileSync } from 'node:fs'
import type { RefusalCode } from '../../../shared/errors.ts'
import type { TableFault } from '../../../shared/reading/fault.ts'
import { readColumn, readTable, type Table } from '../../../shared/reading/table.ts'
import { sentenceOf } from '../../programs/words.ts'
import type { Fault } from './faults.ts'

/** Cells are found by heading. */
export interface SourceTable {
  file: string
  /** empty when the file or its headings have faults */
  rows: Table['rows']
  /** row and column for a fault about a cell */
  place(row: Table['rows'][number], heading: string): string
  /** a count for each row, null where it is blank or a fault; `about` says what a row is about */
  counts(heading: string, most: number, about: (row: Table['rows'][number]) => string): (number | null)[]
}

/** Reads a file; columns whose heading is none of those given are not read. */
export function readSourceTable(
  path: string,
  file: string,
  headings: readonly { heading: string; optional?: boolean }[],
  faults: Fault[],
): SourceTable {
  const columns = headings.map(({ heading, optional = false }) => ({ key: heading, names: [heading], optional }))
  const table = readTable(readFileSync(path), columns, 'passed')
  faults.push(...table.faults.map((fault) => ({ file, place: placeOf(fault), says: saysOf(fault, file) })))
  return {
    file,
    rows: table.rows,
    place: (row, heading) => placeOf(table.place(row, heading)),
    counts(heading, most, about) {
      const { values, faults: found } = readColumn(table, heading, most)
      if (found.length > 0) {
        const rows = new Map(table.rows.map((row) => [row.row, row]))
        for (const fault of found)
          faults.push({ file, place: placeOf(fault), says: `${saysOf(fault, file)} (${about(rows.get(fault.row)!)})` })
      }
      return values
    },
  }
}

const placeOf = ({ row, heading }: Pick<TableFault, 'row' | 'heading'>): string =>
  row === 0 ? '' : `row ${row}${heading === '' ? '' : `, ${heading}`}`

type Say = (fault: TableFault) => string

/** What is different in a source: a figure may be missing, and changes are restatements by themselves. */
const WORDS: Partial<Record<RefusalCode, Say>> = {
  'report.notInteger': ({ text }) =>
    /\p{N}/u.test(text)
      ? `"${text}" is no whole number. Figures are counts without decimals.`
      : `"${text}" is no number. Where the source has no figure leave the cell blank: a blank is no figure, never 0.`,
  'report.negative': ({ text }) =>
    `"${text}" is below 0. Write the whole figure of the day as it is now: the change becomes a restatement by itself.`,
  'table.headingMissing': ({ params }) =>
    `has no column "${params.name}". Correct its name in replay.json, or in the first row of the file.`,
  'table.headingTwice': ({ params, column, text }) =>
    `columns ${params.other} and ${column} are both "${text}". Give each a name of its own, so that one of them is meant.`,
}

function saysOf(fault: TableFault, file: string): string {
  const { code, params, text } = fault
  return WORDS[code]?.(fault) ?? sentenceOf({ file, place: placeOf(fault), code, params, found: text })
}

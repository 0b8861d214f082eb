/** Bytes of a file to the figures that stand in it, or to its rows. Runs in a thread of its own. */
import { tableFault } from '../../shared/reading/fault.ts'
import { openCsv } from './csv.ts'
import type { FromReader, ToReader } from './messages.ts'
import { placeSheet } from './place.ts'
import type { Sheet } from './sheet.ts'
import { isWorkbook, openWorkbook } from './workbook.ts'

/** Of a list: rows that are not shown and cells that cannot be read are faults. */
function linesOf({ lines, faults, hidden }: Sheet): FromReader {
  const unseen = lines.filter(({ row }) => hidden.has(row)).map(({ row }) => tableFault('file.hiddenRow', { row }))
  const shown = lines.filter(({ row }) => !hidden.has(row)).map(({ row, cells }) => ({ row, cells }))
  return { kind: 'lines', lines: shown, faults: [...unseen, ...faults.values()] }
}

export function readFigures({ bytes, sheet, target }: ToReader): FromReader {
  const opened = isWorkbook(bytes) ? openWorkbook(bytes, sheet) : openCsv(bytes)
  if (opened.kind !== 'sheet') return opened
  if (target === null) return linesOf(opened.sheet)
  return { kind: 'placed', placed: placeSheet(opened.sheet, target), sheet: opened.name }
}

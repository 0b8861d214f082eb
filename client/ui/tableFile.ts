/** Tables as files to be taken along: CSV and XLSX, with what has to be said of them above their headings. */
import { type TableFile, type Value, workbook } from './workbook.ts'

export type FileKind = 'csv' | 'xlsx'
/** What a spreadsheet would take for a formula, in any width. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** A text that stays one: no spreadsheet calculates with it. */
const escaped = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** CSV in UTF-8 with its mark, as spreadsheets want it; texts are no formulas, numbers are numbers. */
export function csvText({ head, headings, rows }: Omit<TableFile, 'name'>): string {
  const cell = (value: Value) => {
    const text = typeof value === 'string' ? escaped(value) : String(value ?? '')
    return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [...head.map((line) => [line]), headings, ...rows]
  return `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`
}

/** Hands the file to the browser. */
export async function saveTable(file: TableFile, kind: FileKind): Promise<void> {
  const blob =
    kind === 'csv'
      ? new Blob([csvText(file)], { type: 'text/csv;charset=utf-8' })
      : new Blob([await packed(file)], {
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${file.name.replaceAll(/[\\/:*?"<>|\u0000-\u001F]/g, ' ')}.${kind}`
  link.click()
  // the browser has it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function packed(file: TableFile): Promise<BlobPart> {
  const { strToU8, zipSync } = await import('fflate')
  const parts = Object.entries(workbook(file)).map(([name, xml]) => [name, strToU8(xml)] as const)
  return zipSync(Object.fromEntries(parts)) as Uint8Array<ArrayBuffer>
}

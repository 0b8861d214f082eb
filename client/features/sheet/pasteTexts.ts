/** What stands in the cells of a pasted block, each column read as a whole. Pure. */
import { readCount, readerOf } from '../../../shared/reading/count.ts'
import type { PasteProblem } from './pasteTypes.ts'
import { type Asking, option, sample } from './pasteAsk.ts'
import type { BodyRow } from './pasteColumns.ts'

/**
 * The text that goes into a cell, by row of the block (from 1) and column (from 0); null = none. A text that its column reads
 * otherwise than it would be read by itself goes in as the number that it is, or not at all.
 */
export function readTexts(
  body: readonly BodyRow[],
  columns: readonly (number | null)[],
  rows: ReadonlyMap<number, number>,
  asked: Asking,
  problems: PasteProblem[],
): (row: number, column: number) => string | null {
  const found = new Map<string, string | null>()
  const inSheet = body.filter((b) => rows.has(b.row))
  columns.forEach((to, c) => {
    const texts = body.map((b) => b.cells[c] ?? '')
    if (to === null) return
    const read = readerOf(texts)
    const meant = [...new Set(inSheet.map((b) => b.cells[c] ?? ''))].flatMap((text) => {
      const reading = read(text)
      const isOpen = reading.kind === 'refused' && reading.refusal.code === 'count.unclear'
      return isOpen ? [{ text, n: reading.suggestion! }] : []
    })
    const answer = meant.length > 0 ? askMarks(c, meant) : null
    for (const { cells, row } of inSheet) {
      const text = cells[c] ?? ''
      const [reading, alone] = [read(text), readCount(text)]
      const isUnclear = reading.kind === 'refused' && reading.refusal.code === 'count.unclear'
      let goes: string | null = text
      if (isUnclear && answer === null) continue
      if (isUnclear && answer === 'grouped') goes = String(reading.suggestion)
      else if (reading.kind === 'count' && !(alone.kind === 'count' && alone.value === reading.value))
        goes = String(reading.value)
      else if (reading.kind === 'refused' && (alone.kind !== 'refused' || alone.suggestion !== reading.suggestion))
        goes = null
      if (goes === null) problems.push({ kind: 'unread', row, col: c + 1, text })
      found.set(`${row} ${c}`, goes)
    }
  })
  return (row, column) => found.get(`${row} ${column}`) ?? (columns[column] === null ? '' : null)

  function askMarks(c: number, meant: readonly { text: string; n: number }[]): string | null {
    const text = sample(meant.map((m) => m.text))
    const numbers = sample(meant.map((m) => m.n.toLocaleString('en')))
    const options = [option('grouped', 'grouped', { text, numbers }), option('typed', 'typed', { text })]
    return asked.ask({ id: `marks ${c}`, kind: 'marks', params: { col: c + 1, text, numbers }, options })
  }
}

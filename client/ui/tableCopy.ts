/** What is copied from a table: numbers to a spreadsheet, with tabs between them and their headings above. */

import type { Value } from './workbook.ts'

type Rows = readonly (readonly string[])[]

/** A block as a spreadsheet reads it from the clipboard. */
export const tabbed = (rows: Rows): string =>
  rows.map((row) => row.map((v) => (/[\t\n"]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join('\t')).join('\n')

/** A figure as the page writes it: its sign, grouped digits, and what it is a number of. */
const FIGURE = /^([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)$/

/** The digits alone: `−1,234` → -1234, `95.20%` → 95.20; null when the text is no figure. */
export function plainFigure(text: string): { digits: string; percent: boolean } | null {
  const [, sign, whole, decimals = '', percent] = FIGURE.exec(text) ?? []
  if (sign === undefined || whole === undefined) return null
  const digits = whole.replaceAll(',', '') + decimals
  return { digits: (sign === '' || sign === '+' ? '' : '-') + digits, percent: percent === '%' }
}

/** Inputs that hold no text of their own: what is ticked or pressed says nothing but that it is. */
const WORDLESS = ['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file', 'hidden', 'password']
const isTyped = (input: HTMLInputElement): boolean => !WORDLESS.includes(input.type)
/** The field of a cell that is typed into, or in which something is chosen. */
const fieldOf = (cell: Element) =>
  [
    ...cell.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea'),
  ].find((field) => !(field instanceof HTMLInputElement) || isTyped(field))

/**
 * What is read in a cell: what its field holds, else its words without those for screen readers alone and without
 * pictures. A cell of two values says them in `data-copy` with a tab between them, and its heading their names.
 */
function textOf(cell: Element): string {
  const own = cell.getAttribute('data-copy')
  // what can be done with a row is no part of it
  if (cell.classList.contains('act')) return ''
  if (own !== null) return own
  const field = fieldOf(cell)
  if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.text.trim() ?? ''
  if (field !== undefined) return field.value
  const shown = cell.cloneNode(true) as Element
  const isHead = cell.closest('thead') !== null
  for (const hidden of shown.querySelectorAll(isHead ? 'svg, [aria-hidden=true]' : 'svg, [aria-hidden=true], .unseen'))
    hidden.remove()
  return shown.textContent.replace(/\s+/g, ' ').trim()
}
const partsOf = (cell: Element | undefined): string[] =>
  cell === undefined ? [] : cell.hasAttribute('data-copy') ? textOf(cell).split('\t') : [textOf(cell)]

const isNumeric = (cell: Element): boolean =>
  cell.classList.contains('num') || fieldOf(cell) instanceof HTMLInputElement

/** The selected rows of a table as a spreadsheet reads them. */
export const tableText = (table: HTMLTableElement, selected?: (cell: Element) => boolean): string =>
  tabbed(tableRows(table, selected))

/** The selected rows of a table, its headings first; columns without a word in them are left out. */
export function tableRows(table: HTMLTableElement, selected: (cell: Element) => boolean = () => true): string[][] {
  const body = [...table.rows].filter((row) => row.closest('thead') === null)
  const rows = body.filter((row) => [...row.cells].some(selected))
  const head = table.querySelector<HTMLTableRowElement>('thead tr:last-child')
  const isTaken = (cell: Element | undefined): cell is Element => cell !== undefined && selected(cell)
  const width = Math.max(...rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, at) => {
    const taken = rows.map(({ cells }) => cells[at]).filter(isTaken)
    const count = Math.max(1, ...[head?.cells[at], ...taken].map((cell) => partsOf(cell).length))
    return Array.from({ length: count }, (__, part) => ({ at, part }))
  })
    .flat()
    .filter(({ at, part }) => rows.some(({ cells }) => isTaken(cells[at]) && (partsOf(cells[at])[part] ?? '') !== ''))
  const block = rows.map(({ cells }) =>
    columns.map(({ at, part }) => {
      const cell = cells[at]
      return isTaken(cell)
        ? { text: partsOf(cell)[part] ?? '', numeric: isNumeric(cell) }
        : { text: '', numeric: false }
    }),
  )
  const headings = head === null ? null : columns.map(({ at, part }) => partsOf(head.cells[at])[part] ?? '')
  return plainRows(headings, block)
}

/** Texts as the page writes them, of which some are figures, as numbers to a spreadsheet; headings say where they are percents. */
export function plainRows(
  headings: readonly string[] | null,
  rows: readonly (readonly { text: string; numeric: boolean }[])[],
): string[][] {
  const percents = new Set<number>()
  const block = rows.map((row) =>
    row.map(({ text, numeric }, i) => {
      if (!numeric) return text
      const figure = plainFigure(text)
      if (figure?.percent === true) percents.add(i)
      // a dash is no number
      return figure?.digits ?? (/^[—–-]$/.test(text) ? '' : text)
    }),
  )
  if (headings === null) return block
  return [headings.map((text, i) => (percents.has(i) && !text.includes('%') ? `${text} (%)` : text)), ...block]
}

/** Digits that are a number to a spreadsheet: no code that begins with 0, none longer than it can hold. */
export const valueOf = (text: string): Value =>
  /^-?\d+(\.\d+)?$/.test(text) && !/^-?0\d/.test(text) && text.length < 16 ? Number(text) : text

/**
 * The text of a selection in one table; null where it is about anything else, or about a part of one cell. What a reader drags
 * over beside the table, its title and its caption, is left out.
 */
export function selectedTable(selection: Selection | null): string | null {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const { commonAncestorContainer: node } = range
  const root = node instanceof Element ? node : node.parentElement
  if (root === null || root.closest('td, th') !== null) return null
  const within = root.closest('table')
  const tables = within === null ? [...root.querySelectorAll('table')].filter((t) => range.intersectsNode(t)) : [within]
  const [table] = tables
  if (table === undefined || tables.length > 1 || (within === null && root.closest('section') === null)) return null
  const touches = (cell: Element) => selection.containsNode(cell, true)
  return [...table.querySelectorAll('tbody :is(td, th), tfoot :is(td, th)')].some(touches)
    ? tableText(table, touches)
    : null
}

/** Answers the browser's copying wherever a table is selected and nobody has answered yet. */
export function copyTables(event: ClipboardEvent): void {
  const text = event.defaultPrevented ? null : selectedTable(document.getSelection())
  if (text === null) return
  event.clipboardData?.setData('text/plain', text)
  event.preventDefault()
}

/** Copies a whole table, also on pages served over plain http, which have no clipboard of their own; false when it may not. */
export function copyWhole(table: HTMLTableElement): boolean {
  const selection = document.getSelection()
  selection?.selectAllChildren(table)
  const done = document.execCommand('copy')
  selection?.removeAllRanges()
  return done
}

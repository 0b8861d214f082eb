/** What is copied from a table: numbers to a spreadsheet, with tabs between them and their headings above. */

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

/** What is read in a cell: what its field holds, else its words without those for screen readers alone and without pictures. */
function textOf(cell: Element): string {
  const own = cell.getAttribute('data-copy')
  if (own !== null) return own
  const field = cell.querySelector('input')
  if (field !== null) return field.value
  const shown = cell.cloneNode(true) as Element
  const isHead = cell.closest('thead') !== null
  for (const hidden of shown.querySelectorAll(isHead ? 'svg, [aria-hidden=true]' : 'svg, [aria-hidden=true], .unseen'))
    hidden.remove()
  return shown.textContent.replace(/\s+/g, ' ').trim()
}

const isNumeric = (cell: Element): boolean => cell.classList.contains('num') || cell.querySelector('input') !== null

/** The selected rows of a table, its headings above them; columns without a word in them are left out. */
export function tableText(table: HTMLTableElement, selected: (cell: Element) => boolean = () => true): string {
  const body = [...table.rows].filter((row) => row.closest('thead') === null)
  const rows = body.filter((row) => [...row.cells].some(selected))
  const width = Math.max(...rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, i) => i).filter((i) =>
    rows.some((row) => row.cells[i] !== undefined && selected(row.cells[i]) && textOf(row.cells[i]) !== ''),
  )
  const percents = new Set<number>()
  const block = rows.map((row) =>
    columns.map((i) => {
      const cell = row.cells[i]
      if (cell === undefined || !selected(cell)) return ''
      const text = textOf(cell)
      if (!isNumeric(cell)) return text
      const figure = plainFigure(text)
      if (figure?.percent === true) percents.add(i)
      // a dash is no number
      return figure?.digits ?? (/^[—–-]$/.test(text) ? '' : text)
    }),
  )
  const head = table.querySelector<HTMLTableRowElement>('thead tr:last-child')
  if (head === null) return tabbed(block)
  const heading = (i: number) => {
    const cell = head.cells[i]
    const text = cell === undefined ? '' : textOf(cell)
    return percents.has(i) && !text.includes('%') ? `${text} (%)` : text
  }
  return tabbed([columns.map(heading), ...block])
}

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

/** Finding the place of a pasted block in the sheet; nothing is placed by guess, nothing dropped without a word. Pure. */
import { namesOf } from '../../../shared/reading/names.ts'
import { figureText, ownFigure, readFigure, splitTotal } from '../../../shared/reading/total.ts'
import { splitBlock } from '../../../shared/reading/split.ts'
import { type Answers, asking, option, sample } from './pasteAsk.ts'
import { counterOf, placeColumns } from './pasteColumns.ts'
import { headOf, type Rows } from './pasteHead.ts'
import { nameColumn, type NameColumn } from './pasteNames.ts'
import { placeRows } from './pasteRows.ts'
import { readTexts } from './pasteTexts.ts'
import type { PastePlan, PasteProblem, PasteSet, PasteTarget } from './pasteTypes.ts'

export const parseTable = splitBlock

/** What a paste comes to; `same` says what stands already, or is blank over a blank. */
export interface PasteCount {
  given: number
  withdrawn: number
  same: number
}

/** Counts what a plan changes: `stands` is what a cell shows now, empty = blank. */
export function countPaste(
  plan: Pick<PastePlan, 'sets'>,
  stands: (row: number, col: number) => { text: string; cumulative?: boolean },
): PasteCount {
  const count: PasteCount = { given: 0, withdrawn: 0, same: 0 }
  for (const { row, col, text } of plan.sets) {
    const { text: before, cumulative = false } = stands(row, col)
    if (same(text, before, cumulative)) count.same++
    else if (text === '') count.withdrawn++
    else count.given++
  }
  return count
}

/**
 * Where every text of the block goes. Rows are found by name or code when a column holds those of the sheet, columns by name once
 * there are headings; otherwise the block lands at the focused cell. What can be read in two ways is asked, and `answers` says
 * what was chosen.
 */
export function planPaste(rows: Rows, target: PasteTarget, answers: Answers = new Map()): PastePlan {
  const plan: PastePlan = { sets: [], problems: [], questions: [], byName: false }
  const asked = asking(answers)
  plan.questions = asked.questions
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const names = namesOf(target)
  const counter = counterOf(target)
  const head = headOf(rows, {
    counter: (text) => counter(text) !== undefined,
    unit: (text) => names.unit(text) !== undefined || names.total(text),
    row: names.unit,
  })
  if (head.kind === 'turned' || head.kind === 'twice') {
    plan.problems.push({ kind: head.kind, row: 1, col: 1, text: sample(rows[0]!) })
    return plan
  }
  const isHeaded = head.kind === 'rows' ? true : head.kind === 'none' ? false : askHead()
  if (isHeaded === null) return plan
  const [first, end] = isHeaded && 'end' in head ? [head.first, head.end] : [0, 0]
  rows.slice(0, first).forEach((cells, r) => {
    const text = cells.find((t) => t !== '')
    if (text !== undefined) plan.problems.push({ kind: 'above', row: r + 1, col: cells.indexOf(text) + 1, text })
  })
  const heads = new Set(rows.slice(first, end).map((cells) => cells.join('\t')))
  const body = rows
    .map((cells, r) => ({ cells, row: r + 1 }))
    .slice(end)
    .filter(({ cells, row }) => {
      const isAgain = heads.has(cells.join('\t'))
      if (isAgain) problem('headAgain', row, 0, cells[0]!)
      return !isAgain
    })
  const naming = askCodes(
    nameColumn(
      body.map((b) => b.cells),
      width,
      names,
    ),
  )
  if (naming === 'open') return plan
  plan.byName = naming !== null
  const columns = placeColumns(
    { head: rows.slice(first, end), headRow: end, body, width, naming, names, target },
    asked,
  )
  const places = placeRows({ body, naming, names, columns: columns.to, target }, asked)
  plan.problems.push(...columns.problems, ...places.problems)
  const texts = readTexts(body, columns.to, places.to, asked, plan.problems)
  /** a day's figure and its running total are of one cell */
  const told = new Map<string, { day?: string; total?: string; set: PasteSet }>()
  for (const { cells, row } of body) {
    const to = places.to.get(row)
    if (to === undefined) continue
    const line = target.rows[to]!
    columns.to.forEach((col, c) => {
      const text = texts(row, c)
      // what a shorter row leaves out is no blank
      if (text === null || c >= cells.length) return
      const given = cells[c] ?? ''
      if (col === null) {
        if (given !== '' && columns.beyond.has(c)) problem('tooManyColumns', row, c, given)
      } else if (line.editable[col] === true) {
        const isSum = columns.totals.has(c)
        const { cumulative } = target.columns[col]!
        // a total that is not there says nothing of the day
        if (isSum && text === '') return
        let cell = told.get(`${to} ${col}`)
        if (cell === undefined) {
          cell = { set: { row: to, col, text: '' } }
          told.set(`${to} ${col}`, cell)
          plan.sets.push(cell.set)
        }
        const own = !isSum ? text : cumulative === true ? ownFigure(text) : undefined
        const signed = isSum && own === undefined ? splitTotal(text) : null
        if (own !== undefined) cell.day = own
        else cell.total = signed?.total ?? text
        if (signed !== null && signed.day !== '') cell.day = signed.day
        cell.set.text = figureText(cell, cumulative)
      } else if (given !== '' && !same(text, line.texts[col] ?? '', target.columns[col]!.cumulative))
        problem('notEditable', row, c, given)
    })
  }
  plan.problems.sort((a, b) => a.row - b.row || a.col - b.col)
  return plan

  function problem(kind: PasteProblem['kind'], row: number, c: number, text: string): void {
    plan.problems.push({ kind, row, col: c + 1, text })
  }

  function askHead(): boolean | null {
    const { first: from, end: to } = head as { first: number; end: number }
    const text = sample(rows.slice(from, to).flat())
    const options = [option('headings'), option('row')]
    const answer = asked.ask({ id: 'head', kind: 'head', params: { row: to, text }, options })
    return answer === null ? null : answer === 'headings'
  }

  function askCodes(found: NameColumn | null): NameColumn | null | 'open' {
    if (found?.kind !== 'codes') return found
    const texts = body.map((b) => b.cells[found.column] ?? '')
    const units = texts.flatMap((text) => {
      const at = names.unit(text) ?? names.code(text)
      return at === undefined ? [] : [`${target.rows[at]!.code} ${target.rows[at]!.label}`]
    })
    const text = sample(texts)
    // a code that two units have without their zeros, or that was rounded, is a code of none
    const options = [option('codes', 'codes', { units: sample(units) || text }), option('figures', 'figures', { text })]
    const answer = asked.ask({ id: 'codes', kind: 'codes', params: { col: found.column + 1, text }, options })
    return answer === null ? 'open' : answer === 'codes' ? found : null
  }
}

function same(a: string, b: string, isCumulative = false): boolean {
  const [x, y] = [readFigure(a, isCumulative), readFigure(b, isCumulative)]
  return x.kind !== 'refused' && x.kind !== 'blank' && x.kind === y.kind ? x.value === y.value : a === b
}

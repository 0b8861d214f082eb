/** Which counter each column of a pasted block is: by its heading, by what was answered, or by place where there is none. Pure. */
import { readerOf, shown } from '../../../shared/reading/count.ts'
import { type Field, isNumber, matchHeadings, mixedNames } from '../../../shared/reading/headings.ts'
import { isHardlyChance } from '../../../shared/reading/sums.ts'
import { withoutTotalWords } from '../../../shared/reading/total.ts'
import { DAY_WORDS, FILLERS } from '../../../shared/reading/words.ts'
import type { Names } from '../../../shared/reading/names.ts'
import type { PasteProblem, PasteTarget } from './pasteTypes.ts'
import { type Asking, option, sample } from './pasteAsk.ts'
import { type HeadText, headTexts, isDate, isWord, type Rows } from './pasteHead.ts'
import { type NameColumn, otherNames } from './pasteNames.ts'

/** A row of the block, from 1. */
export interface BodyRow {
  row: number
  cells: readonly string[]
}

export interface ColumnsInput {
  /** rows of headings, and the row of the last, from 1; none = by place */
  head: Rows
  headRow: number
  body: readonly BodyRow[]
  width: number
  naming: NameColumn | null
  names: Names
  target: PasteTarget
}

export interface PlacedColumns {
  /** column of the sheet for each of the block; null = none */
  to: (number | null)[]
  /** columns of the block that hold running totals */
  totals: ReadonlySet<number>
  /** columns of the block that have no place because the sheet ends before them */
  beyond: ReadonlySet<number>
  problems: PasteProblem[]
}

/** Counters as fields: their keys are their places in the sheet. */
export const fieldsOf = ({ columns }: Pick<PasteTarget, 'columns'>): Field[] =>
  columns.map(({ names }, i) => ({ key: String(i), names }))

export function placeColumns(input: ColumnsInput, asked: Asking): PlacedColumns {
  return input.head.length === 0 ? byPlace(input, asked) : byHeading(input, asked)
}

function byPlace({ width, naming, target, ...input }: ColumnsInput, asked: Asking): PlacedColumns {
  const all = Array.from({ length: width }, (_, c) => c)
  const named = naming?.column ?? -1
  const own = all.filter((c) => !namesAgain({ width, naming, target, ...input }, c))
  const first = own.filter((c) => c > named)
  const lead = askLead({ width, naming, target, ...input }, first, asked)
  if (lead === null) return { to: all.map(() => null), totals: new Set(), beyond: new Set(), problems: [] }
  const right = lead === 'aside' ? first.slice(1) : first
  const isBlank = (c: number) => input.body.every((b) => (b.cells[c] ?? '') === '')
  // a name that was merged over two columns leaves one blank
  const isTooWide = naming !== null && right.length > target.columns.length
  const data = isTooWide ? right.filter((c) => !isBlank(c)) : right
  // a block as wide as the sheet is the sheet, wherever the focus stands
  const start = data.length === target.columns.length && naming !== null ? 0 : target.at.col
  const to = all.map((c) => {
    const at = start + data.indexOf(c)
    return data.includes(c) && at < target.columns.length ? at : null
  })
  const beyond = own.filter((c) => c !== named && to[c] === null && (lead === 'figures' || c !== first[0]))
  const totals = all.filter((c) => to[c] !== null && target.columns[to[c]!]!.cumulative === true)
  return { to, totals: new Set(totals), beyond: new Set(beyond), problems: [] }
}

/**
 * What may be about the rows and no figure of theirs: days or words, numbers one after the other where no names stand, or the
 * sum of all that follows.
 */
function askLead(
  { body, naming }: ColumnsInput,
  columns: readonly number[],
  asked: Asking,
): 'figures' | 'aside' | null {
  const [c] = columns
  if (c === undefined || columns.length < 2) return 'figures'
  const texts = body.map((b) => b.cells[c] ?? '').filter((text) => text !== '')
  const isAside =
    texts.every((text) => isDate(text) || isWord(text)) || (naming === null && isRun(texts)) || isSumOf(body, columns)
  if (texts.length === 0 || !isAside) return 'figures'
  const text = sample(texts)
  const options = [option('figures', 'figures', { text }), option('aside')]
  return asked.ask({ id: `lead ${c}`, kind: 'lead', params: { col: c + 1, text }, options }) as
    'figures' | 'aside' | null
}

/** The first column is the sum of at least two others, in more than one row. */
function isSumOf(body: readonly BodyRow[], [sum, ...parts]: readonly number[]): boolean {
  const values = (c: number) => {
    const texts = body.map((b) => b.cells[c] ?? '')
    const read = readerOf(texts)
    return texts.map((text) => {
      const reading = read(text)
      return reading.kind === 'count' ? reading.value : 0
    })
  }
  const columns = parts.map(values)
  const isSum = (value: number, r: number) => value === columns.reduce((all, column) => all + column[r]!, 0)
  const sums = values(sum!)
  return parts.length > 1 && sums.length > 1 && sums.every(isSum) && isHardlyChance(sums)
}

function isRun(texts: readonly string[]): boolean {
  const values = texts.map(Number)
  const isNext = values.every((value, i) => value === values[0]! + i)
  return isNext && texts.length > (values[0] === 1 ? 1 : 3)
}

function byHeading(input: ColumnsInput, asked: Asking): PlacedColumns {
  const { head, headRow, body, width, naming, target } = input
  const texts = (c: number) => body.map((b) => b.cells[c] ?? '')
  const counter = counterOf(target)
  const heads = headTexts(head, width, counter)
  const isFree = (c: number) => c !== naming?.column && !namesAgain(input, c) && texts(c).some((text) => text !== '')
  const kept = keptOf(target, counter)
  // running totals are no figures of the counter beside which they stand
  const nameOf = ({ name, says, lines, hasMore }: HeadText) =>
    kept(lines) !== undefined ? lines : hasMore && withoutTotalWords(says) !== null ? says : name
  const line = { row: headRow, cells: heads.map(nameOf) }
  // of a counter that is kept as its running total the day's own figures are a field behind those of all counters
  const all = fieldsOf(target)
  const fields = [...all, ...all.map(({ key }) => ({ key: String(Number(key) + all.length), names: [] }))]
  const { columns, faults } = matchHeadings(line, fields, width, isFree, (text) => kept(text) ?? counter(text))
  const to = columns.map((key) => (key === null ? null : Number(key)))
  const problems: PasteProblem[] = []
  const totals = new Set<number>()

  const twice = Map.groupBy(
    faults.filter((f) => f.code === 'table.headingTwice'),
    (f) => Number(f.params.name),
  )
  for (const [counter, others] of twice) {
    const found = [to.indexOf(counter), ...others.map((f) => f.column - 1)]
    const options = found.map((c) =>
      option(`column ${c}`, 'columnOf', { col: c + 1, text: shown(heads[c]!.says), values: sample(texts(c)) }),
    )
    const answer = asked.ask({
      id: `twice ${counter}`,
      kind: 'twice',
      params: { cols: found.map((c) => c + 1).join(', '), counter: target.columns[counter % all.length]!.label },
      options: [...options, option('none')],
    })
    for (const c of found) {
      to[c] = answer === `column ${c}` ? counter : null
      if (answer !== null && to[c] === null) leaveOut(c)
    }
  }
  const unknown = faults.flatMap((f) => (f.code === 'table.headingTwice' ? [] : [f.column - 1]))
  const hasMore = to.flatMap((key, c) => {
    const isKnown = kept(heads[c]!.lines) !== undefined
    return key !== null && !twice.has(key) && heads[c]!.hasMore && !isKnown ? [c] : []
  })
  for (const c of hasMore) to[c] = null
  const [taken, summed] = [new Set<number>(), new Set<number>()]
  for (const key of [...to, ...twice.keys()]) {
    if (key === null) continue
    if (isKept(key)) summed.add(key)
    else taken.add(key % all.length)
  }
  to.forEach((key, c) => {
    if (key === null) return
    if (isKept(key)) totals.add(c)
    to[c] = key % all.length
  })
  for (const c of [...unknown, ...hasMore].sort((a, b) => a - b)) {
    const named = namedAt(c)
    const may = target.columns.map((_, i) => i).filter((i) => named === undefined || named === i)
    const open = may.filter((i) => !taken.has(i))
    const sums = may.filter((i) => (isTotal(c) || target.columns[i]!.cumulative === true) && !summed.has(i))
    if ((open.length === 0 && sums.length === 0) || !texts(c).some(isNumber)) {
      leaveOut(c)
      continue
    }
    const answer = asked.ask({
      id: `column ${c}`,
      kind: 'column',
      params: { col: c + 1, text: shown(heads[c]!.says), values: sample(texts(c)) },
      options: [
        ...sums.map((i) => option(`total ${i}`, 'total', { counter: target.columns[i]!.label })),
        ...open.map((i) => option(String(i), 'counter', { counter: target.columns[i]!.label })),
        option('none'),
      ],
    })
    if (answer === 'none') leaveOut(c)
    else if (answer?.startsWith('total ') === true) {
      to[c] = Number(answer.slice(6))
      totals.add(c)
      summed.add(to[c])
    } else if (answer !== null) {
      to[c] = Number(answer)
      taken.add(to[c])
    }
  }
  return { to, totals, beyond: new Set(), problems }

  /** the field holds what its counter is kept as: running totals */
  function isKept(key: number): boolean {
    return target.columns[key]?.cumulative === true
  }

  function isTotal(c: number): boolean {
    return withoutTotalWords(heads[c]!.says) !== null
  }

  /** The counter that the heading of running totals names. */
  function namedAt(c: number): number | undefined {
    const rest = withoutTotalWords(heads[c]!.says)
    return rest === null ? undefined : counter(rest)
  }

  function leaveOut(c: number): void {
    problems.push({ kind: 'unknownColumn', row: headRow, col: c + 1, text: heads[c]!.says })
  }
}

/**
 * Of counters that are kept as their running totals: the field of a heading that names one, by itself or as a total, and that of
 * the day's own figures where it says so. undefined = it names none of these.
 */
function keptOf({ columns, fillers }: PasteTarget, counter: (text: string) => number | undefined) {
  const undated = mixedNames(columns, [...FILLERS.filter((word) => !DAY_WORDS.includes(word)), ...fillers])
  return (text: string): number | undefined => {
    const rest = withoutTotalWords(text)
    const named = counter(text) ?? (rest === null ? undefined : counter(rest))
    if (named === undefined || columns[named]!.cumulative !== true) return undefined
    return counter(text) !== undefined && undated(text) === undefined ? named + columns.length : named
  }
}

/** The counter that a text is the name of, by its place in the sheet. */
export const counterOf = ({ columns, fillers }: Pick<PasteTarget, 'columns' | 'fillers'>) =>
  mixedNames(columns, [...FILLERS, ...fillers])

/** A second column that says which unit it is: a code beside a name. */
function namesAgain({ body, width, naming, names }: ColumnsInput, c: number): boolean {
  if (naming === null || c === naming.column) return false
  const rows = body.map((b) => b.cells)
  if (otherNames(rows, width, naming, names).includes(c)) return true
  const unit = (text: string) => names.unit(text) ?? names.code(text)
  const told = rows.map((cells) => [unit(cells[naming.column] ?? ''), unit(cells[c] ?? '')])
  const both = told.filter(([own]) => own !== undefined)
  return both.length > 0 && both.every(([own, again]) => own === again)
}

/** From typed cells to commands, and from their answers back to the cells. Pure. */
import type { BasedOn, ReportItem, WithdrawItem } from '../../../shared/domain/input.ts'
import type { Correction, Values } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Checked, CheckedCells, Verdict } from './check.ts'
import type { Meaning } from '../../sync/drafts.ts'
import { cellKey, type CellKey, type Edit } from './cells.ts'

/** One line with typing, judged. */
export interface TypedRow {
  unit: string
  cells: CheckedCells
  /** counters (keys) of which a value stands or is approved */
  given: ReadonlySet<string>
}

/** Why a line with typing does not go out with the others; null = it goes. */
export type Withheld = 'refused' | 'crossed' | 'unconfirmed' | null

export function withheld(row: TypedRow): Withheld {
  const cells = [...row.cells.values()]
  if (cells.some((c) => c.refusals.length > 0)) return 'refused'
  if (cells.some((c) => c.crossed !== null)) return 'crossed'
  return cells.some((c) => c.open.length > 0) ? 'unconfirmed' : null
}

const changesOf = (row: TypedRow): [string, Checked][] => [...row.cells].filter(([, c]) => !c.withdrawal)
const withdrawalsOf = (row: TypedRow): [string, Checked][] => [...row.cells].filter(([, c]) => c.withdrawal)

/** Something of the line is taken back. */
export const withdraws = (row: TypedRow): boolean => withdrawalsOf(row).length > 0

/** Some value of the line takes the place of another; else its values are the first, and late when the day is due. */
export const replaces = (row: TypedRow): boolean => changesOf(row).some(([counter]) => row.given.has(counter))

/** Some running total of the line is said to be this day's alone, after days without a figure, and not why. */
export const fillsGap = (row: TypedRow): boolean =>
  changesOf(row).some(
    ([, { warnings, edit }]) => edit.why.trim() === '' && warnings.some(({ code }) => code === 'total.gap'),
  )

/** All that the line brings are opening balances, and no figure stands: the day stays missing without one (F22). */
export const opens = (row: TypedRow): boolean => {
  const cells = changesOf(row)
  return (
    cells.length > 0 &&
    cells.every(([key, { value, total }]) => value === null && total !== undefined && !row.given.has(key))
  )
}

/** The line has values, not only withdrawals. */
export const changes = (row: TypedRow): boolean => changesOf(row).length > 0

/** The likeliest type of a change after the day: smaller figures reduce, others correct. */
export function likelyType(row: TypedRow): Correction {
  const replaced = changesOf(row).filter(([counter]) => row.given.has(counter))
  const smaller = replaced.every(([, c]) => c.value !== null && c.value < (c.edit.basis.value ?? 0))
  return smaller ? 'reduced' : 'corrected'
}

/** How a line was meant that a refused command has carried. */
export const meantBefore = (row: TypedRow): Meaning | undefined =>
  [...row.cells.values()].find(({ edit }) => edit.from?.meant !== undefined)?.edit.from?.meant

/** What each counter's edit was made upon. */
function basesOf(cells: readonly [string, Checked][]): BasedOn {
  return Object.fromEntries(cells.map(([counter, { edit }]) => [counter, edit.basis.command ?? edit.basis.version]))
}

/** characters of a reason (`reason` of shared/schema.ts) */
const REASON_LENGTH = 500

/** Reasons of several cells as the one of their report, as many as there is room for. */
const together = (reasons: readonly string[]): string =>
  reasons.reduce((all, next) => (all.length + next.length + 3 > REASON_LENGTH ? all : `${all} · ${next}`))

/** The line's part of a `SubmitReports`: changed values, what they are based on, what is confirmed. */
export function itemOf(row: TypedRow, day: Day, meaning?: Meaning, restating = true): ReportItem {
  const cells = changesOf(row)
  const values: Values = {}
  const totals: Values = {}
  const holds: NonNullable<ReportItem['holds']> = {}
  const confirmed = new Set<string>()
  const whys = new Set<string>()
  for (const [counter, { value, total, warnings, edit }] of cells) {
    if (total === undefined) values[counter] = value!
    else {
      totals[counter] = total.total
      if (total.day !== null) values[counter] = total.day
      if (total.holds !== undefined) holds[counter] = total.holds
    }
    for (const w of warnings) confirmed.add(w.code)
    if (warnings.length > 0 && edit.why.trim() !== '') whys.add(edit.why.trim())
  }
  if (meaning !== undefined && fillsGap(row)) whys.add(meaning.reason)
  const isPlain = cells.every(([, { total }]) => total === undefined)
  return {
    unit: row.unit,
    day,
    values,
    ...(isPlain ? {} : { totals }),
    ...(Object.keys(holds).length > 0 ? { holds } : {}),
    basedOn: basesOf(cells),
    ...(meaning === undefined || !restating ? {} : { reason: meaning.reason }),
    ...(meaning === undefined || !restating || !replaces(row) ? {} : { type: meaning.type }),
    ...(confirmed.size > 0 ? { confirmed: [...confirmed] as NonNullable<ReportItem['confirmed']> } : {}),
    ...(whys.size > 0 ? { confirmedWhy: together([...whys]) } : {}),
  }
}

/** The line's part of a `WithdrawReports`. */
export function withdrawalOf(row: TypedRow, day: Day): WithdrawItem {
  const cells = withdrawalsOf(row)
  return { unit: row.unit, day, counters: cells.map(([counter]) => counter), basedOn: basesOf(cells) }
}

/** What the sheet sends, in order. */
export type SheetCommand =
  | { kind: 'SubmitReports'; data: { items: ReportItem[] } }
  | { kind: 'WithdrawReports'; data: { items: WithdrawItem[]; reason: string } }

/** All values in one command; withdrawals in one for each reason. `meaning` is asked where something needs a reason. */
export function commandsOf(
  rows: readonly TypedRow[],
  day: Day,
  restating: boolean,
  meaning: (unit: string) => Meaning | undefined,
): SheetCommand[] {
  const commands: SheetCommand[] = []
  const items = rows.filter(changes).map((row) => {
    const isAsked = restating || fillsGap(row)
    return itemOf(row, day, isAsked ? meaning(row.unit) : undefined, restating)
  })
  if (items.length > 0) commands.push({ kind: 'SubmitReports', data: { items } })
  const byReason = new Map<string, WithdrawItem[]>()
  for (const row of rows.filter(withdraws)) {
    const reason = meaning(row.unit)?.reason ?? ''
    byReason.set(reason, [...(byReason.get(reason) ?? []), withdrawalOf(row, day)])
  }
  for (const [reason, withdrawn] of byReason)
    commands.push({ kind: 'WithdrawReports', data: { items: withdrawn, reason } })
  return commands
}

type Item = Pick<ReportItem, 'unit' | 'day' | 'basedOn'> & {
  values?: Values
  totals?: Values | undefined
  counters?: readonly string[] | undefined
}

const countersOf = (item: Item): readonly string[] =>
  item.counters ?? [...new Set([...Object.keys(item.values ?? {}), ...Object.keys(item.totals ?? {})])]

/** A figure that a command carries: what it makes of the cell; null = taken back, or a running total of which the server says what it comes to. */
export interface Carried {
  value: number | null
  total?: number
}

/** What a total comes to is not known before rows show it. */
export const isOpen = ({ value, total }: Carried): boolean => total !== undefined && value === null

/** Cells of the day that a command carries. */
export function cellsOf(command: SheetCommand, day: Day): Map<CellKey, Carried> {
  const cells = new Map<CellKey, Carried>()
  for (const item of command.data.items as readonly Item[]) {
    if (item.day !== day) continue
    for (const counter of countersOf(item)) {
      const total = item.totals?.[counter]
      const value = item.values?.[counter] ?? null
      cells.set(cellKey(item.unit, counter), { value, ...(total !== undefined && { total }) })
    }
  }
  return cells
}

/** What a command's edit of a cell was made upon; null for a cell that it does not carry. */
export type BasisIn = number | string | null

/** An edit came back from the refused command that another was made `upon`, and is as it was: that one has the later text. */
export const isNextOf = (edit: Edit, upon: BasisIn): boolean => edit.from !== undefined && edit.from.command === upon

export function basisIn(command: SheetCommand, key: CellKey): BasisIn {
  for (const item of command.data.items as readonly Item[])
    for (const counter of countersOf(item))
      if (cellKey(item.unit, counter) === key)
        return typeof item.basedOn === 'object' ? (item.basedOn[counter] ?? 0) : item.basedOn
  return null
}

/** How a command's edit of a cell was meant, where it says so. */
export function meantIn(command: SheetCommand, key: CellKey): Meaning | undefined {
  if (command.kind === 'WithdrawReports') return { type: 'corrected', reason: command.data.reason }
  const item = command.data.items.find((one) => countersOf(one).some((counter) => cellKey(one.unit, counter) === key))
  if (item?.reason === undefined) return undefined
  return { type: item.type === 'reduced' ? 'reduced' : 'corrected', reason: item.reason }
}

/**
 * The server's refusals at their cells (`items.3.values.issued`, `items.3.counters.issued`), their lines
 * (`items.3.day`) or the sheet.
 */
export function mapRefusals(
  command: SheetCommand,
  refusals: readonly Refusal[],
): Verdict & { sheet: readonly Refusal[] } {
  const items: readonly Item[] = command.data.items
  const cells = new Map<CellKey, Refusal[]>()
  const rows = new Map<string, Refusal[]>()
  const sheet: Refusal[] = []
  const push = <K>(map: Map<K, Refusal[]>, key: K, r: Refusal) => map.set(key, [...(map.get(key) ?? []), r])
  for (const refusal of refusals) {
    const found = /^items\.(\d+)(?:\.(?:values|totals|counters)\.(.+)|\..*)?$/.exec(refusal.at ?? '')
    const item = found === null ? undefined : items[Number(found[1])]
    const named = found?.[2]
    const counter = item === undefined || named === undefined ? undefined : counterNamed(item, named)
    if (item === undefined) sheet.push(refusal)
    else if (counter !== undefined) push(cells, cellKey(item.unit, counter), refusal)
    else push(rows, item.unit, refusal)
  }
  return { cells, rows, sheet }
}

/** A list of counters may be told by key or by place. */
function counterNamed(item: Item, named: string): string | undefined {
  const counters = countersOf(item)
  return counters.includes(named) ? named : /^\d+$/.test(named) ? counters[Number(named)] : undefined
}

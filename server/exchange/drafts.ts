/** Rows of a file on their way to a submission: what they change, and what the core has said of them. */
import type { ReportItem } from '../../shared/domain/input.ts'
import { ASKED, type AskedCode, type Correction, QUESTIONS, type Values } from '../../shared/domain/values.ts'
import type { Prospect } from '../../shared/command.ts'
import type { Refusal } from '../../shared/errors.ts'
import { parse, reason as reasonText } from '../../shared/schema.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { FileCell, FileRow, PlacedRefusal } from '../../shared/protocol/files.ts'
import type { Standing, StoodFigure } from '../core/figures.ts'
import type { PlacedRow } from './place.ts'

export interface Draft {
  row: number
  unit: string
  day: Day
  basedOn: number
  late: boolean
  stood: boolean
  /** the row's own */
  type?: Correction
  reason?: string
  /** what is left to be changed, by counter */
  cells: Map<string, FileCell>
}

export interface Drafts {
  drafts: Draft[]
  same: number
  /** what stays as it is: figures under blanks, and returned ones that the file has as they were */
  kept: PlacedRefusal[]
  /** reasons that cannot be taken; their rows are */
  faults: PlacedRefusal[]
}

/** Rows that name a version after which one of their figures was changed: what it was then tells whether the file has been edited. */
export const changedSince = (rows: readonly PlacedRow[], { figures }: Standing): (PlacedRow & { basis: number })[] =>
  rows.filter((row, r): row is PlacedRow & { basis: number } =>
    figures[r]!.some(({ version }) => row.basis !== null && version > row.basis),
  )

/** What each row changes of what stands. A returned figure is given again (R28) where the row says why, and nowhere else. */
export function draftsOf(
  rows: readonly PlacedRow[],
  { seq, due, figures }: Standing,
  counters: readonly { key: string }[],
  stood: ReadonlyMap<PlacedRow, readonly StoodFigure[]> = new Map(),
): Drafts {
  const found: Drafts = { drafts: [], same: 0, kept: [], faults: [] }
  const places = new Map(counters.map(({ key }, i) => [key, i]))
  rows.forEach((placed, r) => {
    const { row, unit, day, basis, values, totals, type, reason, blank } = placed
    const stands = (counter: string) => figures[r]![places.get(counter)!]!
    const late = due !== null && day <= due
    const draft: Draft = { row, unit, day, basedOn: basis ?? seq, late, stood: false, cells: new Map() }
    if (type !== null) draft.type = type
    const said = reason === null ? null : parse(reasonText, reason)
    if (said?.ok === true) draft.reason = said.value
    else if (said !== null) found.faults.push({ row, column: 0, heading: '', refusal: said.refusals[0]! })
    const isMeant = type !== null || reason !== null
    const keepReturned = (counter: string, column: number, n: number) =>
      found.kept.push({ row, column, heading: '', refusal: { code: 'table.returnedKept', params: { counter, n } } })
    const was = (counter: string) => (isMeant ? undefined : stood.get(placed)?.[places.get(counter)!])
    const keepLater = (counter: string, column: number, n: number | null) => {
      const params = { counter, n: n ?? 'blank' }
      found.kept.push({ row, column, heading: '', refusal: { code: 'table.untouched', params } })
    }
    for (const { counter, column, value } of values) {
      const figure = stands(counter)
      if (figure.value === value && (figure.state !== 'returned' || !isMeant)) {
        if (figure.state === 'returned') keepReturned(counter, column, value)
        else found.same++
        continue
      }
      if (was(counter)?.value === value) {
        keepLater(counter, column, figure.value)
        continue
      }
      draft.stood ||= figure.given
      draft.cells.set(counter, { counter, column, from: figure.value, to: value, warnings: [] })
    }
    for (const { counter, column, value: total } of totals) {
      const { total: own, state, value, given, counted } = stands(counter)
      const beside = values.find((other) => other.counter === counter)
      if (own === total && (state !== 'returned' || !isMeant)) {
        if (beside === undefined && state === 'returned') keepReturned(counter, column, total)
        else if (beside === undefined) found.same++
        continue
      }
      if (was(counter)?.total === total) {
        keepLater(counter, column, own ?? value)
        continue
      }
      draft.stood ||= given
      const to = beside?.value ?? null
      const more = beside === undefined ? 0 : beside.value - (value ?? 0)
      const by = {
        total,
        ...(beside !== undefined && { given: true as const }),
        ...(counted !== null && own !== total && { counted: counted + more }),
      }
      draft.cells.set(counter, { counter, column, from: value, to, total: by, warnings: [] })
    }
    for (const { counter, column } of blank) {
      const n = stands(counter).value
      if (n === null) continue
      const refusal: Refusal = { code: 'table.blankKept', params: { counter, n } }
      found.kept.push({ row, column, heading: '', refusal })
    }
    if (draft.cells.size > 0) found.drafts.push(draft)
  })
  return found
}

/** What the core is asked about; the type and the reason stand in for those that the person has yet to give. */
export function itemOf({ unit, day, basedOn, late, stood, type, reason = '-', cells }: Draft): ReportItem {
  const values: Values = {}
  const totals: Values = {}
  const holds: NonNullable<ReportItem['holds']> = {}
  const confirmed = new Set<AskedCode>()
  for (const { counter, to, total, warnings } of cells.values()) {
    if (total === undefined || total.given === true) values[counter] = to!
    if (total !== undefined) totals[counter] = total.total
    if (total?.holds !== undefined) holds[counter] = total.holds
    for (const { code } of warnings) for (const question of ASKED) if (question === code) confirmed.add(question)
  }
  // figures of later days follow from this one's total: what it raises is told of what it would come to
  if (hasTotals(cells)) {
    const isLate = late && { reason, ...(stood && { type: type ?? ('corrected' as const) }) }
    const asked = { confirmed: [...new Set([...QUESTIONS, ...confirmed])], confirmedWhy: reason }
    return { ...{ unit, day, values, totals, holds, basedOn, onConflict: 'refuse' as const }, ...isLate, ...asked }
  }
  return {
    ...{ unit, day, values, basedOn, onConflict: 'refuse' as const },
    ...(late && { reason }),
    ...(late && (type !== undefined || stood) && { type: type ?? ('corrected' as const) }),
    ...(confirmed.size > 0 && { confirmed: [...confirmed] }),
  }
}

/** Takes in what the core said of a row: questions stay with their figures, what is refused goes and is told with its place. */
export function settle(draft: Draft, refusals: readonly Refusal[]): PlacedRefusal[] {
  const told: PlacedRefusal[] = []
  let isRow = false
  for (const { at = '', ...refusal } of refusals) {
    const [, , field, counter] = /^items\.(\d+)\.(\w+)(?:\.(.+))?$/.exec(at) ?? []
    const cell =
      (field === 'values' || field === 'totals') && counter !== undefined ? draft.cells.get(counter) : undefined
    if (cell !== undefined && refusal.level === 'warning') cell.warnings.push(refusal)
    else if (cell?.total !== undefined && refusal.code === 'total.corrected') {
      cell.total.holds = Number(refusal.params!['in']) >= 0 ? 'in' : 'out'
      cell.warnings.push({ ...refusal, level: 'warning' })
    } else if (cell !== undefined) {
      told.push({
        row: draft.row,
        column: cell.column,
        heading: '',
        refusal: { ...refusal, params: { ...refusal.params, ...(cell.to !== null && { sent: cell.to }) } },
      })
      draft.cells.delete(cell.counter)
    } else if (refusal.code === 'report.typeRequired') draft.stood = true
    else if (refusal.code === 'report.typeWrong' && draft.type === undefined) draft.stood = false
    else if (refusal.code === 'report.reasonRequired') draft.late = true
    else {
      told.push({ row: draft.row, column: 0, heading: '', refusal })
      isRow = true
    }
  }
  if (isRow) draft.cells.clear()
  return told
}

const hasTotals = (cells: Draft['cells']): boolean => [...cells.values()].some(({ total }) => total !== undefined)

/** Takes in what the totals of rows come to, and what is asked about that. */
export function takeDerived(drafts: readonly Draft[], would: readonly Prospect[]): void {
  const bySubject = Map.groupBy(would, ({ subject }) => subject)
  for (const { unit, day, cells } of drafts) {
    if (!hasTotals(cells)) continue
    for (const cell of cells.values()) {
      const event = bySubject.get(`report/${unit}/${day}`)?.find(({ values }) => values?.[cell.counter] !== undefined)
      // of a total alone nothing changes: the figure stands, or it is the opening balance
      cell.to = event?.values?.[cell.counter] ?? cell.from
      // an earlier row of the file has brought the first one
      if (cell.total?.given !== true && event?.values?.[cell.counter] !== undefined) delete cell.total?.counted
      for (const code of QUESTIONS)
        if (event?.confirmed?.[cell.counter]?.includes(code) === true) cell.warnings.push({ code, level: 'warning' })
    }
  }
}

export const rowOf = ({ cells, ...draft }: Draft): FileRow => ({ ...draft, cells: [...cells.values()] })

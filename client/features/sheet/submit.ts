/** From typed cells to one command, and from its answer back to the cells. Pure. */
import type { ReportItem } from '../../../shared/domain/report.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Restatement, Values } from '../../../shared/event.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Checked, Verdict } from './check.ts'
import { cellKey, type CellKey, type Stored } from './cells.ts'

/** One street with typing, judged. */
export interface TypedRow {
  unit: string
  cells: ReadonlyMap<string, Checked>
  /** values that stand for the whole report; all blank and version 0 = no report */
  stored: readonly Stored[]
}

/** Why a street with typing does not go out with the others; null = it goes. */
export type Withheld = 'refused' | 'conflict' | 'unconfirmed' | null

export function withheld(row: TypedRow): Withheld {
  const cells = [...row.cells.values()]
  if (cells.some((c) => c.refusals.length > 0)) return 'refused'
  if (cells.some((c) => c.conflict)) return 'conflict'
  return cells.some((c) => c.open.length > 0) ? 'unconfirmed' : null
}

/** How a change after the day is meant: for all streets of a save, or for one. */
export interface Meaning {
  type: Restatement
  reason: string
}

/** The likeliest type of a change after the day: first figures come late, smaller ones reduce, others correct. */
export function likelyType(row: TypedRow): Restatement {
  if (row.stored.every((s) => s.version === 0)) return 'late'
  const cells = [...row.cells.values()]
  const smaller = cells.every((c) => c.edit.base !== null && c.value !== null && c.value < c.edit.base)
  return smaller ? 'reduced' : 'corrected'
}

/** The street's part of the command: changed values, what they are based on, what is stood by. */
export function itemOf(row: TypedRow, day: Day, meaning?: Meaning): ReportItem {
  const values: Values = {}
  const confirmed = new Set<string>()
  const contested = [...row.cells.values()].filter((c) => c.edit.contest)
  for (const [counter, cell] of row.cells) {
    values[counter] = cell.value!
    for (const w of cell.warnings) confirmed.add(w.code)
  }
  return {
    unit: row.unit,
    day,
    values,
    // typing that nobody crossed stands on what is shown now; contested typing on what stood when it began
    basedOn: contested.length > 0 ? Math.min(...contested.map((c) => c.edit.version)) : (row.stored[0]?.version ?? 0),
    ...(meaning === undefined ? {} : { type: meaning.type, reason: meaning.reason }),
    ...(confirmed.size > 0 ? { confirmed: [...confirmed] as NonNullable<ReportItem['confirmed']> } : {}),
  }
}

/** Cells that a command carries. */
export const keysOf = (items: readonly ReportItem[]): CellKey[] =>
  items.flatMap((item) => Object.keys(item.values).map((counter) => cellKey(item.unit, counter)))

/** The server's refusals at their cells (`items.3.values.issued`), their streets (`items.3.day`) or the sheet. */
export function mapRefusals(
  items: readonly ReportItem[],
  refusals: readonly Refusal[],
): Verdict & { sheet: readonly Refusal[] } {
  const cells = new Map<CellKey, Refusal[]>()
  const rows = new Map<string, Refusal[]>()
  const sheet: Refusal[] = []
  const push = <K>(map: Map<K, Refusal[]>, key: K, r: Refusal) => map.set(key, [...(map.get(key) ?? []), r])
  for (const refusal of refusals) {
    const found = /^items\.(\d+)(?:\.values\.(.+)|\..*)?$/.exec(refusal.at ?? '')
    const item = found === null ? undefined : items[Number(found[1])]
    const counter = found?.[2]
    if (item === undefined) sheet.push(refusal)
    else if (counter !== undefined && counter in item.values) push(cells, cellKey(item.unit, counter), refusal)
    else push(rows, item.unit, refusal)
  }
  return { cells, rows, sheet }
}

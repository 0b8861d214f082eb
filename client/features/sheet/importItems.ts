/** The submission that a checked file comes to. Pure. */
import type { ReportItem } from '../../../shared/domain/input.ts'
import { ASKED, type Correction } from '../../../shared/domain/values.ts'
import type { FileRow } from '../../../shared/protocol/files.ts'

/** The name of a place in a sheet of a workbook, both numbers from 1: row 5, column 4 → D5. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${String(row)}`
}

/** How changes after the deadline are meant, and why what was asked is confirmed. */
export interface ImportMeaning {
  type: Correction
  reason: string
  why?: string
}

/** The submission that the rows of a check come to; their questions are confirmed by whoever sends them. */
export function itemsOf(
  rows: readonly FileRow[],
  { type, reason, why: confirmedWhy = '' }: ImportMeaning,
): ReportItem[] {
  return rows.map((row) => {
    const { unit, day, basedOn, late, stood, cells } = row
    const raised = new Set<string>(cells.flatMap((cell) => cell.warnings.map((w) => w.code)))
    const codes = ASKED.filter((code) => raised.has(code))
    const summed = cells.filter(({ total }) => total !== undefined)
    const figures = cells.filter(({ total }) => total === undefined || total.given === true)
    const why = row.reason ?? reason
    const stated = [row.reason, confirmedWhy, codes.includes('total.gap') ? why : ''].find((text) => text)
    const held = summed.flatMap(({ counter, total }) => (total!.holds === undefined ? [] : [[counter, total!.holds]]))
    return {
      ...{ unit, day, basedOn, onConflict: 'refuse' as const },
      values: Object.fromEntries(figures.map((cell) => [cell.counter, cell.to!])),
      ...(summed.length > 0 && {
        totals: Object.fromEntries(summed.map(({ counter, total }) => [counter, total!.total])),
      }),
      ...(held.length > 0 && { holds: Object.fromEntries(held) as NonNullable<ReportItem['holds']> }),
      ...(late && { reason: why }),
      ...(late && (stood || row.type !== undefined) && { type: row.type ?? type }),
      ...(codes.length > 0 && { confirmed: codes }),
      ...(codes.length > 0 && stated !== undefined && { confirmedWhy: stated }),
    }
  })
}

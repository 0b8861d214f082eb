/** A cell's running total, as typed, on its way or stored, and what it comes to. Pure. */
import type { TotalBase } from '../../../shared/domain/deriving.ts'
import type { Checked } from './check.ts'

/** A value on its way to the server; null = it is taken back, or what a running total comes to is not known yet. */
export interface OnItsWay {
  value: number | null
  total?: number
  /** it is out at this moment; else it waits on this device */
  out: boolean
}

export interface CellTotal {
  total: number
  /** `opening`: it is no day's count. `day`: the cell's value follows from it, or stands beside it. `open`: what it comes to is not known */
  comes: 'opening' | 'day' | 'open'
  /** the total before it; null = none */
  last: TotalBase['last']
  /** what was given for the days in between, and by how much it holds more than the days because of corrections */
  between: number
  held: number
  typed: boolean
  /** of a first total that is typed: what is counted up to its day */
  counted?: number
}

/** The total that stands in a cell, where it says nothing new: while its figure stands, or as the opening balance. */
export const standingTotal = (base: TotalBase | null | undefined, value: number | null): { total?: number } =>
  base?.own != null && (value !== null || base.last === null) ? { total: base.own } : {}

/** Of a cell without a running total null. */
export function cellTotal(
  checked: Checked | null,
  way: OnItsWay | undefined,
  base: TotalBase | null | undefined,
  stands: number | null,
): CellTotal | null {
  if (checked !== null) {
    if (checked.total === undefined) return null
    const { total, base: by, derived, day, holds, counted } = checked.total
    const first = stands === null ? 'opening' : 'day'
    const comes = day !== null || derived.kind === 'day' ? 'day' : derived.kind === 'opening' ? first : 'open'
    const held = holds === 'in' ? -by.changed : 0
    const last = day === null ? by.last : null
    return { total, comes, last, between: by.between, held, typed: true, ...(counted !== undefined && { counted }) }
  }
  const [last, between] = [base?.last ?? null, base?.between ?? 0]
  if (way?.total !== undefined) return { total: way.total, comes: 'open', last: null, between: 0, held: 0, typed: true }
  if (way !== undefined || base?.own == null) return null
  const comes = last === null && stands === null ? 'opening' : stands === null ? 'open' : 'day'
  return { total: base.own, comes, last, between, held: 0, typed: false }
}

/** What counts as a count; the same for what is typed on a sheet and for what arrives in a command (R25, R26). */
import type { RefusalCode } from '../errors.ts'

/** The largest count that a figure can have. */
export const LARGEST = 999_999_999

/** Every fault of a count; none for a whole number from 0 to `LARGEST`. */
export function countFaults(value: unknown): RefusalCode[] {
  if (typeof value !== 'number' || Number.isNaN(value)) return ['report.notInteger']
  const faults: RefusalCode[] = []
  if (!Number.isInteger(value)) faults.push('report.notInteger')
  if (value < 0) faults.push('report.negative')
  if (value > LARGEST) faults.push('report.tooLarge')
  return faults
}

/** The first fault; null for a valid count. */
export const countFault = (value: unknown): RefusalCode | null => countFaults(value)[0] ?? null

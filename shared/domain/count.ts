/** What a count is: the same for what is typed on a sheet and for what arrives. */
import type { RefusalCode } from '../errors.ts'

/** The largest count that a figure takes. */
export const LARGEST = 999_999_999

/** Everything that is wrong with a count; a whole number from 0 to `LARGEST` has no fault. */
export function countFaults(value: unknown): RefusalCode[] {
  if (typeof value !== 'number' || Number.isNaN(value)) return ['report.notInteger']
  const faults: RefusalCode[] = []
  if (!Number.isInteger(value)) faults.push('report.notInteger')
  if (value < 0) faults.push('report.negative')
  if (value > LARGEST) faults.push('report.tooLarge')
  return faults
}

/** The first of them; null when it is a count. */
export const countFault = (value: unknown): RefusalCode | null => countFaults(value)[0] ?? null

/** Review: what was submitted is approved, level by level, or returned with a reason. */
import type { Day } from '../progress/day.ts'

export interface ReviewEvents {
  /** `level`: levels that have approved these values now */
  ReportApproved: { unit: string; day: Day; versions: Record<string, number>; level: number }
  ReportReturned: { unit: string; day: Day; versions: Record<string, number>; reason: string }
}

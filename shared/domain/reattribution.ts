/** Re-attribution: figures move from the report that they were filed under to the one where they belong. */
import type { Day } from '../progress/day.ts'
import type { CellName } from './noun.ts'
import type { Confirmed, Values } from './values.ts'

export interface ReattributionEvents {
  /** one side of a move; the event about the other side follows or precedes it in the same command */
  ReportReattributed: {
    unit: string
    day: Day
    side: 'from' | 'to'
    /** of this report after the move */
    values: Record<string, number | null>
    moved: Values
    other: CellName
    reason: string
    /** the offer that was accepted, if it began as one */
    offer?: number
    confirmed?: Confirmed
  }
  /** `unit` and `day` are the report that would give; `asks` is the side that has yet to agree */
  ReattributionOffered: {
    offer: number
    unit: string
    day: Day
    to: CellName
    asks: 'from' | 'to'
    values: Values
    reason: string
  }
  ReattributionDeclined: { offer: number; unit: string; day: Day; to: CellName; reason: string }
}

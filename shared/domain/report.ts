/** Reports: given, corrected, disputed, settled and taken back, each counter for itself. */
import type { Result } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import { key, reason, z } from '../schema.ts'
import { basedOn, basedOnVersion, cell, confirmed, ITEMS, reportItem, values } from './input.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import type { Confirmed, Restatement, Values } from './values.ts'

/** Values hold only the counters that the event is about. `confirmed`: questions raised and stood by, by counter. */
export interface ReportEvents {
  /** first values of an open day, or a change while it is still open */
  ReportSubmitted: { unit: string; day: Day; values: Values; confirmed?: Confirmed }
  /** first values or a change when the day is due */
  ReportRestated: {
    unit: string
    day: Day
    values: Values
    type: Restatement
    reason: string
    confirmed?: Confirmed
  }
  /** claims beside the values that stand; `basis` is what they were made upon */
  ReportDisputed: { unit: string; day: Day; values: Values; basis: Record<string, number>; confirmed?: Confirmed }
  DisputeSettled: { unit: string; day: Day; values: Values; reason: string; confirmed?: Confirmed }
  /** values, or claims by the actor, are taken back */
  ReportWithdrawn: { unit: string; day: Day; counters: string[]; reason: string }
}

/**
 * Quality questions 疑问: what a figure is asked about after it was given, with the evidence that a page draws. They are
 * never verdicts and block nothing. Each test stands in a file of its own and knows nothing of the others.
 */
import type { Day } from '../progress/day.ts'

/** The tests, in the order in which a page lists what they ask. Append new ones: answers in the log name them. */
export const QUALITY_CODES = ['outlier', 'copied', 'heaping', 'landing', 'order', 'jump', 'total'] as const
export type QualityCode = (typeof QUALITY_CODES)[number]

/** A value of a day. */
export interface DayValue {
  day: Day
  value: number
}

/** The value lies far outside those of the unit's latest days of the same kind. */
export interface OutlierEvidence {
  /** days compared with, oldest first */
  past: readonly DayValue[]
  median: number
  value: number
}

/** The whole report says what the reports before it say. */
export interface CopiedEvidence {
  /** the latest reports, oldest first, the copied ones last; values by counter, null = blank */
  reports: readonly { day: Day; values: readonly (number | null)[] }[]
  /** how many at the end of them are equal, 2 or more */
  run: number
}

/** Last digits are 0 or 5 more often than by chance. */
export interface HeapingEvidence {
  /** how often each last digit stands, from 0 to 9 */
  digits: readonly number[]
  /** figures looked at, those of them that end in 0 or 5, and how many would be expected to */
  of: number
  found: number
  expected: number
  /** first day looked at; the last is the figure's own */
  from: Day
}

/** The running total lands exactly on a target. */
export interface LandingEvidence {
  /** key of the target; `line`: not its end, but what its path expects by the end of the day */
  target: string
  line: boolean
  /** permits, of the target and of the running total alike */
  mark: number
  /** running totals at the end of the latest days, oldest first, the last one the figure's own */
  totals: readonly DayValue[]
}

/** The running total exceeds that of the counter which it is within. */
export interface OrderEvidence {
  /** running totals by counter, at the end of the day */
  totals: readonly number[]
  /** index of the counter that it is within */
  within: number
  /** by how much, in permits, and by how much already at the end of the day before */
  excess: number
  before: number
}

/** The correction is far larger than the unit's own former ones. */
export interface JumpEvidence {
  was: number
  value: number
  /** former corrections of the counter, by the day that they are of, oldest first; permits, down is negative */
  former: readonly DayValue[]
  /** up to this size, in permits, nothing is asked */
  limit: number
}

/** The days since the last running total do not come to what it has grown by. */
export interface TotalEvidence {
  /** running totals as reported, of the day and before it, and the day of that */
  total: number
  last: number
  since: Day
  /** what the days after `since` come to, up to and with the figure's own */
  sum: number
  /** by how much that is more (or less) than the totals say */
  excess: number
  /** so much is known: somebody has said why */
  known: boolean
}

/** The evidence by code. */
export interface Evidence {
  outlier: OutlierEvidence
  copied: CopiedEvidence
  heaping: HeapingEvidence
  landing: LandingEvidence
  order: OrderEvidence
  jump: JumpEvidence
  total: TotalEvidence
}

/** A question about a figure; `counter` is the counter's index in the programme's order. */
export type QualityQuestion = { [C in QualityCode]: { code: C; counter: number; evidence: Evidence[C] } }[QualityCode]

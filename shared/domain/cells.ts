/** What has been reported: a figure for each counter of each reporting unit and day. */
import type { QuestionCode, Restatement } from './values.ts'

export type FigureState = 'blank' | 'submitted' | 'approved' | 'returned' | 'disputed'

/** One counter of one report as it stands. */
export interface Figure {
  /** newest value, the one that stands; null = blank (never given, or withdrawn) */
  value: number | null
  /** the value that counts as approved; null = none. Without levels of review `value`, unless disputed (then null) */
  approved: number | null
  state: FigureState
  /** seq of the event that gave `value`; what an edit names as its basis. 0 = never written */
  version: number
  /** seq of the newest event on this figure by anybody else than `by`; 0 = none */
  foreign: number
  /** member id of `value`; '' = nobody yet */
  by: string
  /** ms since epoch */
  at: number
  /** levels that have approved `value` so far */
  level: number
  restated?: Restated
  /** questions that somebody confirmed about `value`; a value keeps them for as long as it stands or counts */
  confirmed?: readonly QuestionCode[]
  /** those confirmed about `approved`, where it is another value than `value` */
  approvedConfirmed?: readonly QuestionCode[]
  /** the other value while disputed */
  claim?: Claim
  returned?: Returned
  /** moves that are not reviewed yet and that `value` is a part of; see `World.moves` */
  moves?: readonly number[]
}

export interface Restated {
  type: Restatement
  reason: string
}
export interface Claim {
  value: number
  by: string
  /** ms since epoch */
  at: number
  /** seq of the event that raised it */
  version: number
  /** questions that the claimant confirmed */
  confirmed?: readonly QuestionCode[]
}
export interface Returned {
  reason: string
  by: string
  /** ms since epoch */
  at: number
}

/** A figure that was never written. */
export const BLANK: Figure = Object.freeze({
  value: null,
  approved: null,
  state: 'blank',
  version: 0,
  foreign: 0,
  by: '',
  at: 0,
  level: 0,
})

/** `day` is a day number, `counter` the counter's index in the programme. */
export interface Cells {
  /** the figure, `BLANK` when never written. Never mutated by callers */
  figure(unit: string, day: number, counter: number): Figure
  value(unit: string, day: number, counter: number): number | null
  approved(unit: string, day: number, counter: number): number | null
  state(unit: string, day: number, counter: number): FigureState
  /** what totals count of the figure; see `countedValue` */
  counted(unit: string, day: number, counter: number): number
  /** throws a RangeError for what is no reporting unit */
  set(unit: string, day: number, counter: number, figure: Figure): void
  /** all days: what is counted, summed for any unit of the tree, leaf or inner */
  total(unit: string, counter: number): number
  /** the same of the days up to and with `day`, of a leaf */
  totalThrough(unit: string, day: number, counter: number): number
  /**
   * Values of a leaf on days before `before` and not before `from`, newest first, at most `most`: only of days that are
   * `wanted`, and not disputed.
   */
  latest(
    unit: string,
    counter: number,
    before: number,
    from: number,
    wanted: (day: number) => boolean,
    most: number,
  ): number[]
  /** first and last day with anything written for the leaf; null without any */
  span(unit: string): { first: number; last: number } | null
  /** overlay: reads fall through, writes stay in the fork */
  fork(): Cells
}

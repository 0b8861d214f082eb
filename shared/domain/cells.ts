/** What has been reported: a figure for each counter of each reporting unit and day. */
import type { Units } from './units.ts'
import type { QuestionCode, Restatement } from './values.ts'

export type FigureState = 'blank' | 'submitted' | 'approved' | 'returned' | 'disputed'

/** What the layout of figures depends on, and the totals without any of them (see `openingTotals`); a `Setting` is one. */
export interface CellShape {
  units: Units
  counters: ReadonlyMap<string, number>
  opening?: Float64Array
}

/** One counter of one report as it stands. */
export interface Figure {
  /** the newest value, which stands; null = blank (never given, or withdrawn) */
  value: number | null
  /** the value that counts as approved; null = none. Without levels of review `value`, unless disputed (then null) */
  approved: number | null
  state: FigureState
  /** seq of the event that gave `value`; edits name it as their basis. 0 = never written */
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
  /** the value that the latest correction replaced; absent where it replaced none */
  was?: number
  /** the largest change that a correction has made to it, with its sign; absent where none has */
  swing?: number
  /** questions confirmed about `value`; a value keeps them for as long as it stands or counts (R42) */
  confirmed?: readonly QuestionCode[]
  /** why they were confirmed, where it was said */
  why?: string
  /** questions confirmed about `approved`, where it differs from `value` */
  approvedConfirmed?: readonly QuestionCode[]
  /** the other value while disputed */
  claim?: Claim
  returned?: Returned
  /** numbers of the moves awaiting review that `value` is part of; see `World.moves` */
  moves?: readonly number[]
  /** how much of `approved` counts where a move awaiting review has brought it, and not here (R38) */
  away?: number
}

export interface Restated {
  type: Restatement
  reason: string
  /** by settling a dispute, which corrects figures of open days as well */
  settled?: true
}
export interface Claim {
  value: number
  by: string
  /** ms since epoch */
  at: number
  /** seq of the event that raised it */
  version: number
  /** questions that the claimant confirmed, and why, where it was said */
  confirmed?: readonly QuestionCode[]
  why?: string
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
  /** what the figure adds to totals; see `countedValue` */
  counted(unit: string, day: number, counter: number): number
  /** throws a RangeError for a unit that does not report */
  set(unit: string, day: number, counter: number, figure: Figure): void
  /** counted values of all days, for any unit of the tree */
  total(unit: string, counter: number): number
  /** the same up to and including `day`, for a reporting unit */
  totalThrough(unit: string, day: number, counter: number): number
  /**
   * Values of a reporting unit on days from `from` up to but excluding `before`, newest first, at most `most`: only of
   * days that are `wanted`, without disputed ones.
   */
  latest(
    unit: string,
    counter: number,
    before: number,
    from: number,
    wanted: (day: number) => boolean,
    most: number,
  ): number[]
  /** first and last day on which anything was written for the reporting unit; null when nothing was */
  span(unit: string): { first: number; last: number } | null
  /** an overlay: reads fall through, writes stay in the fork */
  fork(): Cells
}

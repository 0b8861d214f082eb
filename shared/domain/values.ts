/** Small types and code lists that events, commands and rows share. */
import type { Day } from '../progress/day.ts'

/** The place of a report: one reporting unit, one day. */
export interface CellName {
  unit: string
  day: Day
}

/** Where the figures come from; shown on every page unless `real`. */
export const ORIGINS = ['real', 'simulated', 'replayed'] as const
export type DataOrigin = (typeof ORIGINS)[number]

/** Values by counter key (permits). An absent counter is blank, which is not zero. */
export type Values = Record<string, number>

/** The kinds of change to a report that is due: late 补报 · corrected 更正 · reduced 核减 */
export const CORRECTIONS = ['late', 'corrected', 'reduced'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** The kinds of restatement: a correction, or reattributed 调整, which names two reports */
export const RESTATEMENTS = [...CORRECTIONS, 'reattributed'] as const
export type Restatement = (typeof RESTATEMENTS)[number]

/** Questions that a figure can raise, each of which the sender may confirm. Append new ones: saved states store their index. */
export const QUESTIONS = ['report.unusual', 'report.exceeds', 'report.coverageOver', 'total.gap'] as const
export type QuestionCode = (typeof QUESTIONS)[number]

/** The same with those about a running total that gives no figure, so that none is marked (F34). */
export const ASKED = [...QUESTIONS, 'total.below'] as const
export type AskedCode = (typeof ASKED)[number]

/** Confirmed questions by counter key. */
export type Confirmed = Record<string, QuestionCode[]>

/** How often a counter is reported, most frequent first. A period's report is dated by its last working day (C9). */
export const RHYTHMS = ['everyDay', 'workdays', 'weekly', 'tenDays', 'monthly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** Small words that events, commands and rows share. */

/** Where the figures come from; shown on every page unless `real`. */
export const ORIGINS = ['real', 'simulated', 'replayed'] as const
export type DataOrigin = (typeof ORIGINS)[number]

/** Permits by counter key. A counter that is absent is blank, which is not zero. */
export type Values = Record<string, number>

/** How a report that is due is changed: late 补报 · corrected 更正 · reduced 核减 */
export const CORRECTIONS = ['late', 'corrected', 'reduced'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** What has become of a figure that is due: a correction, or reattributed 调整, which names two reports */
export const RESTATEMENTS = [...CORRECTIONS, 'reattributed'] as const
export type Restatement = (typeof RESTATEMENTS)[number]

/** Questions that a figure can raise; the sender may confirm each. New ones go to the end: saved states know their places. */
export const QUESTIONS = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const
export type QuestionCode = (typeof QUESTIONS)[number]

/** Questions confirmed, by the counter of the figure that has them. */
export type Confirmed = Record<string, QuestionCode[]>

/** How often a counter is reported, from the most frequent on. A period's report is dated by its last working day. */
export const RHYTHMS = ['everyDay', 'workdays', 'weekly', 'tenDays', 'monthly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

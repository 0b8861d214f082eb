/** Small words that events, commands and rows share. */

/** Where the figures come from; shown on every page unless `real`. */
export const ORIGINS = ['real', 'simulated', 'replayed'] as const
export type DataOrigin = (typeof ORIGINS)[number]

/** Permits by counter key. A counter that is absent is blank, which is not zero. */
export type Values = Record<string, number>

/** late 补报 · corrected 更正 · reduced 核减 · reattributed 调整 */
export const RESTATEMENTS = ['late', 'corrected', 'reduced', 'reattributed'] as const
export type Restatement = (typeof RESTATEMENTS)[number]

/** Questions that a figure can raise; the sender may confirm each. New ones go to the end: saved states know their places. */
export const QUESTIONS = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const
export type QuestionCode = (typeof QUESTIONS)[number]

/** Codes confirmed, by the counter whose figure raised them. */
export type Confirmed = Record<string, QuestionCode[]>

/** How often a counter is reported, from the most frequent on. A period's report is dated by its last working day. */
export const RHYTHMS = ['everyDay', 'workdays', 'weekly', 'tenDays', 'monthly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

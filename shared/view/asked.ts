/** Quality questions as rows show them. */
import type { QualityQuestion } from '../quality/question.ts'
import type { Person, RowOf } from './row.ts'

/** A quality question with the version of the figure that it is about, and what somebody has said to it. */
export type AskedQuestion = QualityQuestion & {
  version: number
  /** the reporter confirmed the figure against the warning that asks the same before it is accepted */
  confirmed?: true
  answer?: { text: string; by: Person; at: number }
}

/** Is anybody still to say something to it? */
export const isOpenQuestion = ({ confirmed, answer }: AskedQuestion): boolean =>
  confirmed === undefined && answer === undefined

/** Scope `sheet:U/DAY`, of every line with a quality question about its report of DAY. */
export interface AskedRow extends RowOf<'asked'> {
  unit: string
  questions: readonly AskedQuestion[]
}

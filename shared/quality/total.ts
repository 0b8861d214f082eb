/** Do the days since the last running total come to what it has grown by? (F28) */
import type { TotalEvidence } from './question.ts'

/** What is known of the two totals and the days between them; permits. */
export interface TotalSpan extends Omit<TotalEvidence, 'excess' | 'known'> {
  /** days of which a figure is expected and none is given: they may hold what is lacking */
  blank: number
  /** by how much the days are known to differ, since somebody has said why */
  off: number
}

export function total(span: TotalSpan | null): TotalEvidence | null {
  if (span === null) return null
  const { blank, off, ...about } = span
  const excess = about.sum - (about.total - about.last)
  if (excess === 0 || (excess < 0 && blank > 0)) return null
  return { ...about, excess, known: excess === off }
}

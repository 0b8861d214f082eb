/** Moving figures to the report where they belong: what would be sent, and what would stand on both sides. Pure. */
import { movableValue } from '../../../shared/domain/figures.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import { figureIn } from './rows.ts'

/** One counter of a move. */
export interface MovedFigure {
  counter: string
  moved: number
  /** what stands where it goes; null = blank, undefined = not to be seen from here */
  there: number | null | undefined
  /** what would stand there; undefined while `there` is not known */
  sum: number | undefined
}

/** The figures of the counters (all that stand for null) as they would move. `to` is undefined where it may not be seen. */
export function movedFigures(
  counters: readonly string[],
  wanted: string | null,
  from: ReportRow | undefined,
  to: ReportRow | null | undefined,
): MovedFigure[] {
  return counters.flatMap((counter, i): MovedFigure[] => {
    const moved = movableValue(figureIn(from, i))
    if (moved === null || (wanted !== null && counter !== wanted)) return []
    const there = to === undefined ? undefined : movableValue(figureIn(to ?? undefined, i))
    return [{ counter, moved, there, sum: there === undefined ? undefined : (there ?? 0) + moved }]
  })
}

/** What was seen of a report's counters. */
export const seenOf = (counters: readonly string[], report: ReportRow | undefined): Record<string, number> =>
  Object.fromEntries(counters.map((counter, i) => [counter, figureIn(report, i).version]))

/** Does a whole report say what the reports before it say? (R46) */
import type { CopiedEvidence } from './question.ts'

/** Reports that the evidence shows. */
export const COPIED_REPORTS = 5
/** A run is asked about where chance would make one so rarely. */
const CHANCE = 1 / 1_000

type Report = CopiedEvidence['reports'][number]

/** `reports`: the latest reports of the unit, oldest first; the last is the one asked about. */
export function copied(reports: readonly Report[]): CopiedEvidence | null {
  const own = reports.at(-1)
  if (own === undefined) return null
  let run = 1
  while (run < reports.length && isEqual(reports.at(-1 - run)!, own)) run++
  if (run < 2 || chanceOf(own) ** (run - 1) > CHANCE) return null
  return { reports, run }
}

const isEqual = (a: Report, b: Report): boolean => a.values.every((value, c) => value === b.values[c])

/** Of two independent counts with the same mean being equal: 1 ÷ (2 √(π × mean)), for each counter. */
function chanceOf({ values }: Report): number {
  return values.reduce<number>((all, value) => all * (value === null || value === 0 ? 1 : equal(value)), 1)
}
const equal = (mean: number): number => Math.min(1, 1 / (2 * Math.sqrt(Math.PI * mean)))

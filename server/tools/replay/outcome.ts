/** What a replay came to, in lines for the console. */
import type { Day } from '../../../shared/progress/day.ts'
import type { Comparison } from './compare.ts'
import type { Player } from './player.ts'

export interface Outcome {
  /** every row was entered, and all totals are the source's */
  exact: boolean
  lines: string[]
}

/** `endsOn` is the programme's last day. */
export function outcomeOf(
  compared: Pick<Comparison, 'exact'>,
  { left, past, early }: Pick<ReturnType<Player['counts']>, 'left' | 'past' | 'early'>,
  endsOn: Day,
): Outcome {
  const exact = compared.exact && left === 0 && past === 0 && early === 0
  const lines: string[] = []
  if (past > 0) lines.push(`${past} rows lie past the programme's end (${endsOn}) and were left out`)
  if (early > 0) lines.push(`${early} rows are of days that had not come when they were published, and were left out`)
  if (left > 0) lines.push(`${left} changes left out: a person had disputed or locked the report`)
  return { exact, lines: [...lines, `exact: ${exact ? 'yes' : 'no'}`] }
}

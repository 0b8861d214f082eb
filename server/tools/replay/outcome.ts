/** What a replay came to, in lines for the console. */
import type { QuestionCode } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Comparison, compareFigures } from './compare.ts'
import type { RunningTotal } from './cumulative.ts'
import type { Format } from './format.ts'
import type { Counts } from './player.ts'
import type { Source } from './source.ts'

export interface Outcome {
  /** every row was entered, and every total and figure was compared and is the source's */
  exact: boolean
  lines: string[]
}

/** What a source itself says of how it will end. */
export type Told = Pick<Source, 'past' | 'early' | 'files' | 'falls' | 'lowered'>

export interface Came {
  source: Told
  totals: Pick<Comparison, 'compared' | 'differing' | 'without'>
  figures: Awaited<ReturnType<typeof compareFigures>>
  counts: Counts
  format: Pick<Format, 'reviewer' | 'columns'>
  programme: Pick<Setting['programme'], 'endsOn' | 'reporting'>
}

/** Rows of a file that are named in a line. */
const NAMED = 5

/** Questions as they are named to whoever replays. */
const QUESTION: Record<QuestionCode, string> = {
  'report.unusual': 'unusual',
  'report.exceeds': 'above the counter it is within',
  'report.coverageOver': 'coverage over 100%',
  'total.gap': 'several days in one total',
}

export function outcomeOf({ source, totals, figures, counts, format, programme }: Came): Outcome {
  const { files, falls } = source
  const { restated, confirmed } = counts
  const lines = [
    `reports: ${n(counts.given)} given in time, ${n(counts.edited)} changed before they were due, ${n(sum(restated))} restated (${listed(restated)})`,
    `questions confirmed in the importer's name: ${n(sum(confirmed))}${sum(confirmed) === 0 ? '' : ` (${listed(named(confirmed))})`}`,
  ]
  if (counts.blanked > 0)
    lines.push(`figures that stand though a later publication leaves them blank: ${n(counts.blanked)}`)
  if (falls > 0) lines.push(`running totals that fell, taken from the days before: ${n(falls)}`)
  const against = lines.length
  lines.push(...leftOut(source, programme))
  if (counts.left > 0)
    lines.push(`changes left out, because a person had disputed, locked or changed the report: ${n(counts.left)}`)
  const { reviewLevels } = programme.reporting
  if (reviewLevels > 0 && format.reviewer === null)
    lines.push(
      `nothing is approved: the programme has ${reviewLevels} level${reviewLevels === 1 ? '' : 's'} of review, and replay.json names no "reviewer" to approve what is replayed`,
    )
  if (figures.figures === 0) lines.push('there was nothing to compare: the source has no figure')
  if (totals.differing > 0) lines.push(`totals that differ from ${files.totals}: ${n(totals.differing)}`)
  if (totals.without > 0)
    lines.push(`totals not compared, because ${files.totals} does not give them: ${n(totals.without)}`)
  if (figures.differing.length > 0)
    lines.push(
      `figures that are not the last that was published: ${n(figures.differing.length)} (${places(figures.differing)})`,
    )
  const exact = lines.length === against
  const missing = Object.keys(format.columns.counters).filter((k) => format.columns.counters[k] === null)
  if (missing.length > 0) lines.push(`not in the source: ${missing.join(', ')}`)
  lines.push(
    `compared: ${n(totals.compared)} totals, ${n(figures.figures)} figures${figures.kept === 0 ? '' : `, ${n(figures.kept)} running totals as reported`}`,
  )
  if (reviewLevels > 0 && format.reviewer !== null)
    lines.push(`approved in the reviewer's name: ${n(counts.approved)} figures`)
  return { exact, lines: [...lines, `exact: ${exact ? 'yes' : 'no'}`] }
}

/** What of a source does not get into the log as it was published, in lines; each of them is against `exact`. */
export function leftOut(
  { past, early, files, lowered }: Told,
  { endsOn }: Pick<Came['programme'], 'endsOn'>,
): string[] {
  const lines: string[] = []
  if (past.length > 0) lines.push(`left out, past the programme's end (${endsOn}): ${rows(past, files.reports)}`)
  if (early.length > 0)
    lines.push(`left out, of days that had not come when they were published: ${rows(early, files.reports)}`)
  if (lowered.length > 0)
    lines.push(
      `running totals lower than was published last, because those of later days are: ${n(lowered.length)} (${places(lowered)})`,
    )
  return lines
}

const n = (count: number): string => count.toLocaleString('en-US')
const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)
const rows = (list: readonly number[], file: string): string =>
  `${n(list.length)} ${list.length === 1 ? 'row' : 'rows'} of ${file} (row ${list.slice(0, NAMED).join(', ')}${list.length > NAMED ? ' …' : ''})`
const places = (list: readonly RunningTotal[]): string =>
  list
    .slice(0, NAMED)
    .map(({ unit, counter, day }) => `${unit} ${counter} on ${day}`)
    .join(', ') + (list.length > NAMED ? ' …' : '')
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${n(count)} ${name}`)
    .join(', ')
const named = (confirmed: Counts['confirmed']): Record<string, number> =>
  Object.fromEntries(
    Object.entries(confirmed).flatMap(([code, count]) =>
      count === 0 ? [] : [[QUESTION[code as QuestionCode], count]],
    ),
  )

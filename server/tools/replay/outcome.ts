/** What a replay came to, in lines for the console. */
import type { QuestionCode } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Comparison, compareFigures } from './compare.ts'
import type { Format } from './format.ts'
import type { Counts } from './player.ts'
import type { Source } from './source.ts'

export interface Outcome {
  /** every row was entered, and every total and figure was compared and is the source's */
  exact: boolean
  lines: string[]
}

export interface Came {
  source: Pick<Source, 'past' | 'early' | 'files' | 'falls'>
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
}

export function outcomeOf({ source, totals, figures, counts, format, programme }: Came): Outcome {
  const { past, early, files, falls } = source
  const { restated, confirmed } = counts
  const lines = [
    `reports: ${n(counts.given)} given in time, ${n(counts.edited)} changed before they were due, ${n(sum(restated))} restated (${listed(restated)})`,
    `questions confirmed in the importer's name: ${n(sum(confirmed))}${sum(confirmed) === 0 ? '' : ` (${listed(named(confirmed))})`}`,
  ]
  if (counts.blanked > 0) lines.push(`${n(counts.blanked)} figures stand though a later publication leaves them blank`)
  if (falls > 0) lines.push(`${n(falls)} running totals fell; what was taken back was taken from the days before`)
  const against = lines.length
  if (past.length > 0)
    lines.push(
      `${rows(past)} of ${files.reports} lie past the programme's end (${programme.endsOn}) and were left out${which(past)}`,
    )
  if (early.length > 0)
    lines.push(
      `${rows(early)} of ${files.reports} are of days that had not come when they were published, and were left out${which(early)}`,
    )
  if (counts.left > 0)
    lines.push(`${n(counts.left)} changes left out: a person had disputed, locked or changed the report`)
  const { reviewLevels } = programme.reporting
  if (reviewLevels > 0 && format.reviewer === null)
    lines.push(
      `nothing is approved: the programme has ${reviewLevels} level${reviewLevels === 1 ? '' : 's'} of review, and replay.json names no "reviewer" to approve what is replayed`,
    )
  if (figures.figures === 0) lines.push('there was nothing to compare: the source has no figure')
  if (totals.differing > 0) lines.push(`${n(totals.differing)} totals differ from ${files.totals}`)
  if (totals.without > 0)
    lines.push(`${n(totals.without)} totals were not compared: ${files.totals} does not give them`)
  if (figures.differing.length > 0) {
    const shown = figures.differing.slice(0, NAMED).map((f) => `${f.unit} ${f.counter} on ${f.day}`)
    lines.push(
      `${n(figures.differing.length)} figures are not the last that was published: ${shown.join(', ')}${figures.differing.length > NAMED ? ' …' : ''}`,
    )
  }
  const exact = lines.length === against
  const missing = Object.keys(format.columns.counters).filter((k) => format.columns.counters[k] === null)
  if (missing.length > 0) lines.push(`not in the source: ${missing.join(', ')}`)
  lines.push(`compared: ${n(totals.compared)} totals, ${n(figures.figures)} figures`)
  if (reviewLevels > 0 && format.reviewer !== null)
    lines.push(`approved in the reviewer's name: ${n(counts.approved)} figures`)
  return { exact, lines: [...lines, `exact: ${exact ? 'yes' : 'no'}`] }
}

const n = (count: number): string => count.toLocaleString('en-US')
const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)
const rows = (list: readonly number[]): string => (list.length === 1 ? '1 row' : `${n(list.length)} rows`)
const which = (list: readonly number[]): string =>
  ` (row ${list.slice(0, NAMED).join(', ')}${list.length > NAMED ? ' …' : ''})`
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${n(count)} ${name}`)
    .join(', ')
const named = (confirmed: Counts['confirmed']): Record<string, number> =>
  Object.fromEntries(Object.entries(confirmed).map(([code, count]) => [QUESTION[code as QuestionCode], count]))

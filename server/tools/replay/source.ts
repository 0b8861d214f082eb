/** A recorded source: its publications in order, its totals, and every fault of both before anything is entered. */
import { join } from 'node:path'
import { LARGEST } from '../../../shared/domain/count.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import { type Day, isDay } from '../../../shared/progress/day.ts'
import { codeFinder } from '../../../shared/reading/codes.ts'
import type { TableRow } from '../../../shared/reading/table.ts'
import { localDay } from '../simulate/clock.ts'
import { dailyFigures, type RunningTotal } from './cumulative.ts'
import { type Fault, SourceRefused } from './faults.ts'
import type { Format } from './format.ts'
import { addGroups } from './groups.ts'
import { groupSums } from './groupSums.ts'
import { type Moment, readMoment } from './moments.ts'
import { KEEP_ONE, type Part, type Publication } from './rows.ts'
import { readSourceTable, type SourceTable } from './table.ts'

export interface Source {
  /** files as they are named in what is said of them */
  files: { reports: string; totals: string }
  publications: Publication[]
  /** by unit, as far as they are given */
  totals: ReadonlyMap<string, Values>
  /** rows of the file of reports */
  rows: number
  /** rows that were left out: of days past the programme's last, and of days that had not come when they were published */
  past: number[]
  early: number[]
  /** running totals that fell and were taken from the days before; those that are lower for it than what was published last */
  falls: number
  lowered: RunningTotal[]
}

/** Running totals may be above the largest figure of a day. */
const MOST = Number.MAX_SAFE_INTEGER

interface Context {
  format: Format
  setting: Setting
  faults: Fault[]
  find: ReturnType<typeof codeFinder>
}

/** Reads both files in `folder`; throws a `SourceRefused` with every fault. Nothing is entered. */
export function readSource(folder: string, format: Format, setting: Setting): Source {
  const faults: Fault[] = []
  const context = { format, setting, faults, find: codeFinder(setting.units.all) }
  const read = partsIn(join(folder, format.reports), context)
  const totals = totalsIn(join(folder, format.totals), context)
  if (faults.length > 0) throw new SourceRefused(faults)
  const add = addGroups(format, faults)
  const daily = dailyFigures(format, setting.programme, faults)
  const publications = read.publications.map(({ parts, ...rest }) => ({ ...rest, rows: daily.take(add(parts)) }))
  if (faults.length > 0) throw new SourceRefused(faults)
  const { rows, past, early } = read
  const files = { reports: format.reports, totals: format.totals }
  return { files, publications, totals, rows, past, early, falls: daily.falls(), lowered: daily.lowered() }
}

interface Published {
  at: string
  moment: number
  parts: Part[]
}

function partsIn(path: string, context: Context) {
  const { format, setting, faults } = context
  const { columns, counters, groups, cumulative, timeZone = null } = format
  const { units, programme } = setting
  const headings = [columns.publishedAt, columns.day, columns.unit, ...groups, ...counters.map((c) => c.heading)]
  const table = readSourceTable(
    path,
    format.reports,
    headings.map((heading) => ({ heading })),
    faults,
  )
  const about = ({ cells }: TableRow) =>
    `${cells[columns.unit]} on ${cells[columns.day]}, published ${cells[columns.publishedAt]}`
  const counts = counters.map(({ key, heading }) => ({
    key,
    values: table.counts(heading, cumulative.includes(key) ? MOST : LARGEST, about),
  }))
  const publications: Published[] = []
  const [past, early]: [number[], number[]] = [[], []]
  const moments = new Map<string, Moment & { today?: Day }>()
  let last = -Infinity
  table.rows.forEach(take)
  faults.push(
    ...sumFaults(
      table,
      groups,
      counts,
      ({ cells: c }) => `${c[columns.publishedAt]} ${c[columns.day]} ${c[columns.unit]}`,
    ),
  )
  return { publications, rows: table.rows.length, past, early }

  function take(line: TableRow, i: number): void {
    const { row, cells } = line
    const found = faults.length
    const say = (heading: string, says: string) =>
      faults.push({ file: table.file, place: table.place(line, heading), says: `${says} (${about(line)})` })
    const [at, day, unit] = [cells[columns.publishedAt]!, cells[columns.day]!, cells[columns.unit]!]
    let moment = moments.get(at)
    if (moment === undefined) moments.set(at, (moment = momentOf(at)))
    if (!moment.ok) say(columns.publishedAt, moment.says)
    else if (moment.at < last)
      say(columns.publishedAt, `${at} is earlier than the row before it. Rows stand in the order of publication.`)
    if (moment.ok) last = moment.at
    if (!isDay(day)) say(columns.day, `"${day}" is no day. Write it as 2026-11-02.`)
    if (units.get(unit) === undefined || !units.isLeaf(unit)) say(columns.unit, unitSays(unit, context))
    if (faults.length > found || !moment.ok) return
    if (day > programme.endsOn) past.push(row)
    else if (day > moment.today!) early.push(row)
    else {
      const notLiving = lifeSays(day, unit)
      if (notLiving !== null) return void say(columns.day, notLiving)
      const values: Values = {}
      for (const { key, values: given } of counts) if (given[i] != null) values[key] = given[i]
      const group = groups.map((heading) => cells[heading]!).join(' · ')
      open(at, moment.at).parts.push({ unit, day, values, row, group })
    }
  }

  function momentOf(at: string): Moment & { today?: Day } {
    const moment = readMoment(at, timeZone)
    return moment.ok ? { ...moment, today: localDay(moment.at, programme.timeZone) } : moment
  }

  function open(at: string, moment: number): Published {
    const newest = publications.at(-1)
    if (newest?.moment === moment) return newest
    const next = { at, moment, parts: [] }
    publications.push(next)
    return next
  }

  function lifeSays(day: Day, unit: string): string | null {
    const starts = units.startsOn(unit)
    if (day < starts)
      return `${unit} reports from ${starts} on. Correct the day, let it start earlier, or put what came before into "opening" of programme.json.`
    return units.ended(unit, day)
      ? `${unit} reported until ${units.endsOn(unit)}. Correct the day, or ends_on in units.csv.`
      : null
  }
}

/** A group that is the sum of the others is no part beside them. */
function sumFaults(
  table: SourceTable,
  groups: readonly string[],
  counts: readonly { values: readonly (number | null)[] }[],
  cell: (line: TableRow) => string,
): Fault[] {
  const rows = table.rows.map((line, i) => ({
    row: line.row,
    cell: cell(line),
    labels: groups.map((heading) => line.cells[heading]!),
    values: counts.map(({ values }) => values[i] ?? null),
  }))
  return groupSums(rows, groups.length).map(({ column, label, row }) => ({
    file: table.file,
    place: `row ${row}, ${groups[column]}`,
    says: `${label === '' ? 'what has no group' : `"${label}"`} is the sum of the other groups, here and wherever there are others, so that figures would be doubled. Take its rows out of the source.`,
  }))
}

function unitSays(unit: string, { setting: { units }, find }: Context): string {
  if (units.get(unit) !== undefined)
    return `${unit} is the sum of ${units.children(unit).length} units and does not report. Take its rows out of the source.`
  const code = find(unit)
  if (code?.kind === 'padded') return `"${unit}" is ${code.code} without its leading zeros. Write the code in full.`
  if (code?.kind === 'shortened') return `"${unit}" is a code that a spreadsheet has rounded. Write the code in full.`
  return `"${unit}" is no unit of units.csv. Add it there, or take its rows out of the source.`
}

function totalsIn(path: string, context: Context): Map<string, Values> {
  const { format, setting, faults } = context
  const { columns, counters, groups } = format
  const found = faults.length
  // totals may be given by group, or for all of a unit together
  const headings = [columns.unit, ...counters.map((c) => c.heading)].map((heading) => ({ heading }))
  const optional = groups.map((heading) => ({ heading, optional: true }))
  const table = readSourceTable(path, format.totals, [...headings, ...optional], faults)
  const about = ({ cells }: TableRow) => cells[columns.unit]!
  const counts = counters.map(({ key, heading }) => ({ key, values: table.counts(heading, MOST, about) }))
  const totals = new Map<string, Values>()
  const rows = new Map<string, number>()
  table.rows.forEach((line, i) => {
    const say = (says: string) => faults.push({ file: table.file, place: table.place(line, columns.unit), says })
    const unit = line.cells[columns.unit]!
    if (setting.units.get(unit) === undefined) say(unitSays(unit, context))
    const name = [unit, ...groups.map((heading) => line.cells[heading]!)].filter((part) => part !== '').join(' · ')
    const twice = rows.get(name)
    if (twice !== undefined) say(`${name} has a total in row ${twice} already. ${KEEP_ONE}`)
    rows.set(name, line.row)
    const sum = totals.get(unit)
    const values: Values = {}
    for (const { key, values: given } of counts)
      // a sum of which a part is not known is not known
      if (given[i] != null && (sum === undefined || sum[key] !== undefined)) values[key] = (sum?.[key] ?? 0) + given[i]
    totals.set(unit, values)
  })
  faults.push(...sumFaults(table, groups, counts, ({ cells: c }) => c[columns.unit]!))
  return faults.length > found ? new Map() : totals
}

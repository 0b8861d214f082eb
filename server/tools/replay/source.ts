/** A recorded rollout: what changed from one publication to the next, and the totals it must end with. */
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as csvStream } from 'csv-parse'
import { parse as csvParse } from 'csv-parse/sync'
import { ROLES } from '../../../shared/domain/roles.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { day, key, line, parse, reason, z } from '../../../shared/schema.ts'

const person = z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key })

/** `replay.json` of a programme: its source files and their columns. */
const replaySchema = z.strictObject({
  /** file of the rows in order of publication, and file of the totals after the last of them */
  reports: line,
  totals: line,
  /** names of the columns; the counters' by the programme's keys */
  columns: z.strictObject({ publishedAt: line, day: line, unit: line, counters: z.record(key, line) }),
  /** the counter that decides whether a change is `corrected` or `reduced` */
  direction: key,
  /** reasons by type; `{at}` is the moment of the publication */
  reasons: z.strictObject({ late: reason, corrected: reason, reduced: reason }),
  /** the member who enters the figures */
  importer: person,
  /** members to sign in as with one click */
  people: z.array(person),
})
export type Replay = z.infer<typeof replaySchema>

export interface Row {
  unit: string
  day: Day
  values: Values
}

export interface Publication {
  /** as published, e.g. `2021-01-05T23:26Z` */
  at: string
  rows: Row[]
}

/** The source cannot be read; says why and where. */
export class SourceFault extends Error {}

/** Reads `replay.json` of a programme's folder; throws a SourceFault. */
export function readReplay(folder: string): Replay {
  const file = join(folder, 'replay.json')
  let input: unknown
  try {
    input = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new SourceFault(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = parse(replaySchema, input)
  if (parsed.ok) return parsed.value
  throw new SourceFault(parsed.refusals.map((r) => `${file} ${r.at ?? ''}: ${r.code}`).join('\n'))
}

/** Streams the publications in order; rejects with a SourceFault when they are out of order or a row cannot be read. */
export async function* publications(path: string, { columns }: Replay): AsyncGenerator<Publication, void> {
  const records = createReadStream(path).pipe(csvStream({ columns: true, info: true, bom: true }))
  let open: Publication | null = null
  for await (const { record, info } of records as AsyncIterable<{ record: Cells; info: { lines: number } }>) {
    const at = record[columns.publishedAt] ?? ''
    const row = rowOf(record, columns)
    if (row === null || !Number.isFinite(Date.parse(at)))
      throw new SourceFault(`${path} row ${info.lines}: not a report`)
    if (open !== null && at < open.at)
      throw new SourceFault(`${path} row ${info.lines}: earlier than the row before it`)
    if (open === null || at !== open.at) {
      if (open !== null) yield open
      open = { at, rows: [] }
    }
    open.rows.push(row)
  }
  if (open !== null) yield open
}

/** Totals by unit, as the source gives them; throws a SourceFault. */
export function readTotals(path: string, { columns }: Replay): Map<string, Values> {
  const records = csvParse(readFileSync(path, 'utf8'), { columns: true, bom: true }) as Cells[]
  return new Map(
    records.map((record) => {
      const values = valuesOf(record, columns)
      const unit = record[columns.unit]
      if (values === null || unit === undefined)
        throw new SourceFault(`${path}: ${JSON.stringify(record)}: not a total`)
      return [unit, values]
    }),
  )
}

type Cells = Record<string, string | undefined>

function rowOf(record: Cells, columns: Replay['columns']): Row | null {
  const about = day.safeParse(record[columns.day])
  const unit = record[columns.unit]
  const values = valuesOf(record, columns)
  return about.success && unit !== undefined && values !== null ? { unit, day: about.data, values } : null
}

/** Values by counter, without blanks, which are not zero; null when a cell is not a number. */
function valuesOf(record: Cells, { counters }: Replay['columns']): Values | null {
  const values: Values = {}
  for (const [counter, column] of Object.entries(counters)) {
    const text = record[column]
    if (text === '') continue
    if (text === undefined || !/^\d+$/.test(text)) return null
    values[counter] = Number(text)
  }
  return values
}

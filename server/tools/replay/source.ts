/** A rollout as it was published: what changed from one publication to the next, and the totals it must end at. */
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as csvStream } from 'csv-parse'
import { parse as csvParse } from 'csv-parse/sync'
import { ROLES } from '../../../shared/domain/roles.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { day, key, line, parse, reason, z } from '../../../shared/schema.ts'

const person = z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key })

/** `replay.json` of a programme: where its figures stand and how they are called. */
const replaySchema = z.strictObject({
  /** file of the rows in order of publication, and of the totals after the last of them */
  reports: line,
  totals: line,
  /** names of the columns; the counters' by the programme's keys */
  columns: z.strictObject({ publishedAt: line, day: line, unit: line, counters: z.record(key, line) }),
  /** the counter that tells an upward change from a downward one */
  direction: key,
  /** `{at}` is the moment of the publication */
  reasons: z.strictObject({ late: reason, corrected: reason, reduced: reason }),
  /** in whose name the figures are entered */
  importer: person,
  /** to sign in as with one click */
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

/** Why the source cannot be read, and where. */
export class SourceFault extends Error {}

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

/** Publications one after another, without holding the file; rejects when they are out of order or a row is no row. */
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

/** Totals by unit, as the source gives them. */
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

/** A blank is no figure, which is not zero; null where something is no figure at all. */
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

/** Loads a programme's folder (`programme.json`, `units.csv`, `bases.csv`, `calendar.json`) and finds every fault. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import { programmeFaults } from '../../shared/domain/faults.ts'
import { type Programme, programmeSchema } from '../../shared/domain/programme.ts'
import type { Refusal, RefusalCode } from '../../shared/errors.ts'
import { key, named, parse, z } from '../../shared/schema.ts'

/** A fault with its file and place: row and column of a CSV file, or a dotted path in a JSON file. */
export interface ProgrammeFault {
  file: string
  place: string
  code: RefusalCode
  params?: Record<string, string | number>
}

export type LoadedProgramme = { ok: true; programme: Programme } | { ok: false; faults: ProgrammeFault[] }

/** One fault as a line for the console: `units.csv row 12, parent: unit.unknown unit=440399`. */
export function faultLine(fault: ProgrammeFault): string {
  const params = Object.entries(fault.params ?? {}).map(([k, v]) => ` ${k}=${v}`)
  return `${fault.file}${fault.place === '' ? '' : ` ${fault.place}`}: ${fault.code}${params.join('')}`
}

/** CSV columns by the path of their field in the programme; the header may have no others. */
const UNIT_COLUMNS = {
  code: 'code',
  'name.zh': 'name_zh',
  'name.en': 'name_en',
  'short.zh': 'short_zh',
  'short.en': 'short_en',
  level: 'level',
  parent: 'parent',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  into: 'into',
  expected: 'expected',
} as const
/** Columns that may be left out; their cells are then blank. */
const OPTIONAL: readonly string[] = [UNIT_COLUMNS.endsOn, UNIT_COLUMNS.into, UNIT_COLUMNS.expected]
const BASE_COLUMNS = {
  key: 'key',
  version: 'version',
  unit: 'unit',
  value: 'value',
  asOf: 'as_of',
  official: 'official',
  source: 'source',
} as const

const definitionsSchema = z.record(key, named)

type Cells = Record<string, string>
interface Sheet {
  rows: Cells[]
  /** line of the file on which each row begins */
  lines: number[]
}

/** Loads and checks the programme in directory `path`; on failure every fault of every file is listed. */
export function loadProgramme(path: string): LoadedProgramme {
  const faults: ProgrammeFault[] = []
  const head = readJson(path, 'programme.json', faults)
  const calendar = readJson(path, 'calendar.json', faults)
  const units = readSheet(path, 'units.csv', Object.values(UNIT_COLUMNS), faults)
  const bases = readSheet(path, 'bases.csv', Object.values(BASE_COLUMNS), faults)
  const { definitions, ...rest } = head ?? {}
  if (head !== null) {
    const known = parse(definitionsSchema, definitions)
    if (!known.ok)
      faults.push(...known.refusals.map((r) => inFile({ ...r, at: ['definitions', r.at].filter(Boolean).join('.') })))
  }
  const raw = {
    ...rest,
    units: (units?.rows ?? []).map(unitOf),
    bases: (bases?.rows ?? []).map((cells) => baseOf(cells, (definitions ?? {}) as Record<string, unknown>)),
    calendar,
  }
  const shape = parse(programmeSchema, raw)
  const found = shape.ok ? programmeFaults(shape.value) : [...shape.refusals, ...programmeFaults(soundParts(raw))]
  faults.push(...found.filter(isRead).map(inFile))
  return shape.ok && faults.length === 0
    ? { ok: true, programme: shape.value }
    : { ok: false, faults: distinct(faults) }

  /** False for faults caused only by a file that could not be read, which is reported once. */
  function isRead({ at = '' }: Refusal): boolean {
    const [section, , field] = at.split('.')
    if (section === 'units') return units !== null
    if (section === 'bases') return bases !== null && units !== null && (field !== 'definition' || head !== null)
    return section === 'calendar' ? calendar !== null : head !== null && units !== null && bases !== null
  }

  function inFile(refusal: Refusal): ProgrammeFault {
    const { file, place } = placeOf(refusal.at ?? '', units, bases)
    return { file, place, code: refusal.code, ...(refusal.params ? { params: refusal.params } : {}) }
  }
}

/** The file and place of a dotted path in the programme. */
function placeOf(at: string, units: Sheet | null, bases: Sheet | null): { file: string; place: string } {
  const [section, index, ...field] = at.split('.')
  if (section === 'calendar') return { file: 'calendar.json', place: at.split('.').slice(1).join('.') }
  const sheet = section === 'units' ? units : section === 'bases' ? bases : undefined
  if (sheet == null) return { file: 'programme.json', place: at }
  const file = `${section}.csv`
  if (index === undefined) return { file, place: '' }
  const columns: Record<string, string> = section === 'units' ? UNIT_COLUMNS : BASE_COLUMNS
  const path = field.join('.')
  const row = `row ${sheet.lines[Number(index)]}`
  // a base's definition is looked up by its key
  const column = field[0] === 'definition' ? 'key' : columns[path]
  return { file, place: column === undefined ? row : `${row}, ${column}` }
}

const unitOf = (c: Cells): Record<string, unknown> => ({
  code: c.code,
  name: { zh: c.name_zh, en: c.name_en },
  short: { zh: c.short_zh, en: c.short_en },
  level: c.level,
  parent: blank(c.parent),
  startsOn: blank(c.starts_on),
  endsOn: blank(c.ends_on),
  into: blank(c.into),
  expected: blank(c.expected),
})

const baseOf = (c: Cells, definitions: Record<string, unknown>): Record<string, unknown> => ({
  key: c.key,
  version: c.version,
  unit: c.unit,
  value: /^\d+$/.test(c.value!) ? Number(c.value) : c.value,
  asOf: c.as_of,
  official: c.official === 'yes' ? true : c.official === 'no' ? false : c.official,
  source: c.source,
  definition: definitions[c.key!],
})

const blank = (cell: string | undefined): string | null => (cell === undefined || cell === '' ? null : cell)

/**
 * The programme with malformed parts replaced, so that the rest can still be checked for dangling keys. The replacements
 * cause no faults of their own.
 */
function soundParts(raw: Record<string, unknown>): Programme {
  const sound = (part: keyof typeof programmeSchema.shape) => parse<unknown>(programmeSchema.shape[part], raw[part]).ok
  const units = raw.units as Programme['units']
  const levels = [...new Set(units.map((u) => u.level))].map((k) => ({ key: k }))
  const counters = sound('counters')
  return {
    ...raw,
    units,
    levels: sound('levels') ? raw.levels : levels,
    counters: counters ? raw.counters : [],
    baselines: counters && sound('baselines') ? raw.baselines : [],
    reporting: sound('reporting') ? raw.reporting : { expected: 'everyDay' },
    issues: sound('issues') ? raw.issues : { categories: [] },
    regulation: sound('regulation') ? raw.regulation : { articles: [] },
  } as unknown as Programme
}

function distinct(faults: ProgrammeFault[]): ProgrammeFault[] {
  const seen = new Set<string>()
  return faults.filter((f) => {
    const line = faultLine(f)
    return seen.has(line) ? false : seen.add(line)
  })
}

function readText(path: string, file: string, faults: ProgrammeFault[]): string | null {
  try {
    return readFileSync(join(path, file), 'utf8').replace(/^\uFEFF/, '')
  } catch {
    faults.push({ file, place: '', code: 'input.required' })
    return null
  }
}

function readJson(path: string, file: string, faults: ProgrammeFault[]): Record<string, unknown> | null {
  const text = readText(path, file, faults)
  if (text === null) return null
  let place = ''
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    place = /line \d+ column \d+/.exec((error as Error).message)?.[0] ?? ''
  }
  faults.push({ file, place, code: 'input.notJson' })
  return null
}

function readSheet(path: string, file: string, columns: readonly string[], faults: ProgrammeFault[]): Sheet | null {
  const text = readText(path, file, faults)
  if (text === null) return null
  let records: { record: string[]; info: { lines: number } }[]
  try {
    // `info.lines` counts the lines read when the record ends
    records = parseCsv(text, { info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as never
  } catch (error) {
    const lines = error instanceof CsvError ? error.lines : undefined
    faults.push({ file, place: typeof lines === 'number' ? `row ${lines}` : '', code: 'input.invalid' })
    return null
  }
  const header = records[0]?.record ?? []
  const before = faults.length
  for (const name of columns)
    if (!header.includes(name) && !OPTIONAL.includes(name))
      faults.push({ file, place: `row 1, ${name}`, code: 'input.required' })
  for (const name of header)
    if (!columns.includes(name)) faults.push({ file, place: 'row 1', code: 'input.unknownField', params: { name } })
  if (faults.length > before) return null
  const body = records.slice(1)
  for (const { record, info } of body)
    if (record.length > header.length)
      faults.push({ file, place: `row ${info.lines}`, code: 'input.tooMany', params: { max: header.length } })
  return {
    rows: body.map(({ record }) => Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']))),
    lines: body.map(({ info }) => info.lines),
  }
}

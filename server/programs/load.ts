/** Loads a programme's folder (`programme.json`, `units.csv`, `bases.csv`, `calendar.json`) and finds every fault. */
import { programmeFaults } from '../../shared/domain/faults.ts'
import { type Programme, programmeSchema } from '../../shared/domain/programme.ts'
import type { Refusal } from '../../shared/errors.ts'
import { codeFinder } from '../../shared/reading/codes.ts'
import { type Column, readColumn, readTable, type Table } from '../../shared/reading/table.ts'
import { key, named, parse, z } from '../../shared/schema.ts'
import { BASE_COLUMNS, baseOf, columnOf, UNIT_COLUMNS, unitOf } from './columns.ts'
import { bytesIn, jsonIn, ofTable, type ProgrammeFault } from './files.ts'
import type { JsonText } from './json.ts'
import { soundParts } from './sound.ts'

/** What a programme is made of, beside its places. */
interface Parts {
  head: JsonText | null
  calendar: JsonText | null
  units: Table | null
  bases: Table | null
}

export type LoadedProgramme =
  | { ok: true; programme: Programme; place: (at: string) => Pick<ProgrammeFault, 'file' | 'place'> }
  | { ok: false; faults: ProgrammeFault[] }

const definitionsSchema = z.record(key, named)
/** A base may count more people than a report ever does. */
const MOST = Number.MAX_SAFE_INTEGER

/** Loads and checks the programme in directory `path`; on failure every fault of every file is listed. */
export function loadProgramme(path: string): LoadedProgramme {
  const faults: ProgrammeFault[] = []
  const parts: Parts = {
    head: jsonIn(path, 'programme.json', faults),
    calendar: jsonIn(path, 'calendar.json', faults),
    units: tableIn(path, 'units.csv', UNIT_COLUMNS, faults),
    bases: tableIn(path, 'bases.csv', BASE_COLUMNS, faults),
  }
  const { head, units, bases } = parts
  const { definitions, ...rest } = objectIn(head)
  const known = parse(definitionsSchema, definitions ?? {}, Infinity)
  const counts = head === null ? {} : ((known.ok ? known.value : definitions) as Record<string, unknown>)
  const values = bases === null ? [] : valuesIn(bases, faults)
  const raw = {
    ...rest,
    units: (units?.rows ?? []).map(({ cells }) => unitOf(cells)),
    bases: (bases?.rows ?? []).map(({ cells }, i) => baseOf(cells, values[i], counts)),
    calendar: parts.calendar === null ? undefined : objectIn(parts.calendar),
  }
  const shape = parse(programmeSchema, raw, Infinity)
  const refusals = [
    ...(known.ok ? [] : known.refusals.map((r) => ({ ...r, at: ['definitions', r.at].filter(Boolean).join('.') }))),
    ...undefinedIn(parts, counts),
    ...(shape.ok ? [] : shape.refusals),
    ...programmeFaults(shape.ok ? shape.value : soundParts(raw)).filter((r) => isLookedUp(r, parts)),
  ]
  faults.push(...refusals.filter((r) => isRead(r, parts)).map((r) => faultOf(r, parts, { ...raw, definitions })))
  return shape.ok && faults.length === 0
    ? { ok: true, programme: shape.value, place: (at) => placeOf(at, parts) }
    : { ok: false, faults: distinct(withoutConsequences(faults)) }
}

/** What is said of the cells of a row that has too many or too few is not about what was meant. */
function withoutConsequences(faults: readonly ProgrammeFault[]): ProgrammeFault[] {
  const isTorn = ({ code }: ProgrammeFault) => code === 'table.rowLong' || code === 'table.rowShort'
  const torn = new Set(faults.filter(isTorn).map(({ file, place }) => `${file} ${place}`))
  return faults.filter((fault) => isTorn(fault) || !torn.has(`${fault.file} ${fault.place.split(',', 1)[0]}`))
}

/** One for each key that no definition says anything of, however many rows have it. */
function undefinedIn({ bases, head }: Parts, definitions: Record<string, unknown>): Refusal[] {
  if (bases === null || head === null) return []
  const keys = new Set(bases.rows.map(({ cells }) => cells.key!))
  return [...keys]
    .filter((k) => k !== '' && !Object.hasOwn(definitions, k))
    .map((k) => ({ code: 'input.required', at: `definitions.${k}`, params: { key: k } }))
}

/** False for faults caused only by a file that could not be read or by a definition, which are reported once. */
function isRead({ at = '' }: Refusal, { head, calendar, units, bases }: Parts): boolean {
  const [section, , field] = at.split('.')
  if (section === 'units') return units !== null
  if (section === 'bases') return bases !== null && field !== 'definition'
  return section === 'calendar' ? calendar !== null : head !== null
}

/** False for names that may well stand in a table that could not be read. */
function isLookedUp({ at = '', code }: Refusal, { units, bases }: Parts): boolean {
  return (units !== null || !code.startsWith('unit.')) && (bases !== null || !/\.(?:base|shareBy)$/.test(at))
}

function faultOf({ at: place = '', code, params }: Refusal, parts: Parts, raw: object): ProgrammeFault {
  // a text stands for both languages, and has no place within
  const inWords = place.replace(/\.(?:zh|en)$/, '')
  const at = typeof valueAt(raw, inWords) === 'string' ? inWords : place
  const found = valueAt(raw, at)
  // a name that means nothing has a place of its own
  const where = code === 'input.unknownField' ? [at, params?.name].filter(Boolean).join('.') : at
  return {
    ...placeOf(where, parts),
    ...(code === 'unit.unknown'
      ? unknownUnit(String(params?.unit), params!, parts)
      : { code, ...(params && { params }) }),
    ...(found === undefined ? {} : { found }),
    field: fieldOf(at),
  }
}

/** A code that is one but for the zeros before it, as a spreadsheet leaves it, is told from one that is none. */
function unknownUnit(
  text: string,
  params: NonNullable<Refusal['params']>,
  { units }: Parts,
): Pick<ProgrammeFault, 'code' | 'params'> {
  const found = codeFinder(units?.rows.map(({ cells }) => cells.code!) ?? [])(text)
  if (found?.kind === 'padded') return { code: 'table.zerosLost', params: { text, code: found.code } }
  return found?.kind === 'shortened'
    ? { code: 'table.codeShortened', params: { text } }
    : { code: 'unit.unknown', params }
}

/** A path without the numbers of lists, and without the keys that a programme chooses. */
const fieldOf = (at: string): string =>
  at
    .replaceAll(/\.\d+(?=\.|$)/g, '')
    .replace(/^(definitions|baselines\.targets\.(?:allocation|path\.start))\.[^.]+/, '$1.*')

function valueAt(raw: object, at: string): unknown {
  let value: unknown = raw
  for (const step of at.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

/** The file and place of a dotted path in the programme. */
function placeOf(at: string, { head, calendar, units, bases }: Parts): { file: string; place: string } {
  const [section, index, ...field] = at.split('.')
  if (section === 'calendar') return inJson('calendar.json', calendar, at.split('.').slice(1).join('.'))
  const table = section === 'units' ? units : section === 'bases' ? bases : null
  if (table === null) return inJson('programme.json', head, at)
  const file = `${section}.csv`
  const row = index === undefined ? undefined : table.rows[Number(index)]
  if (row === undefined) return { file, place: '' }
  if (field.length === 0) return { file, place: `row ${row.row}` }
  const column = columnOf(field.join('.'), (name) => table.place(row, name).column > 0)
  return { file, place: `row ${row.row}, column ${column}` }
}

function inJson(file: string, text: JsonText | null, path: string): { file: string; place: string } {
  if (text === null || path === '') return { file, place: '' }
  return { file, place: `line ${text.lineOf(path)}, ${path}` }
}

/** The population figures, whole columns read at once; what was none is reported and stands as 1, so that the rest is checked. */
function valuesIn(bases: Table, faults: ProgrammeFault[]): unknown[] {
  const read = readColumn(bases, 'value', MOST)
  faults.push(...read.faults.map((f) => ofTable('bases.csv', f)))
  return read.values.map((value, i) => value ?? (bases.rows[i]!.cells.value === '' ? undefined : 1))
}

const objectIn = (text: JsonText | null): Record<string, unknown> => (text === null ? {} : (text.value as never))

function distinct(faults: ProgrammeFault[]): ProgrammeFault[] {
  const seen = new Set<string>()
  return faults.filter((f) => {
    const one = JSON.stringify([f.file, f.place, f.code, f.params])
    return seen.has(one) ? false : seen.add(one)
  })
}

/** Null where its headings leave open what the columns are. */
function tableIn(path: string, file: string, columns: readonly Column[], faults: ProgrammeFault[]): Table | null {
  const bytes = bytesIn(path, file, faults)
  if (bytes === null) return null
  const table = readTable(bytes, columns, 'refused')
  faults.push(...table.faults.map((f) => ofTable(file, f)))
  return table.rows.length === 0 && table.faults.length > 0 ? null : table
}

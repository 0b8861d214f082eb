/** The columns of a programme's two tables, and what their rows say. */
import type { Column, TableRow } from '../../shared/reading/table.ts'

/** What stands in one column, or in a column for each language: `name`, or `name_zh` and `name_en`. */
const inWords = (field: string): Column[] =>
  ['', '_zh', '_en'].map((language) => ({ key: field + language, names: [field + language], optional: true }))
const columns = (...names: string[]): Column[] => names.map((name) => ({ key: name, names: [name] }))
const optional = (...names: string[]): Column[] => columns(...names).map((c) => ({ ...c, optional: true }))

export const UNIT_COLUMNS: readonly Column[] = [
  ...columns('code'),
  ...inWords('name'),
  ...inWords('short'),
  ...columns('level', 'parent'),
  ...optional('starts_on', 'ends_on', 'into', 'expected'),
]
export const BASE_COLUMNS: readonly Column[] = [
  ...columns('key', 'version', 'unit', 'value', 'as_of', 'official'),
  ...inWords('source'),
]

/** Columns whose field in the programme has another name. */
const FIELDS: Readonly<Record<string, string>> = {
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  asOf: 'as_of',
  'name.zh': 'name_zh',
  'name.en': 'name_en',
  'short.zh': 'short_zh',
  'short.en': 'short_en',
  'source.zh': 'source_zh',
  'source.en': 'source_en',
}

/** The column of a field of a row, of those that the table has; `name.zh` may stand in `name`. */
export const columnOf = (field: string, has: (column: string) => boolean): string => {
  const named = FIELDS[field] ?? field
  const alone = field.split('.')[0]!
  const [other = named] = [`${alone}_zh`, `${alone}_en`].filter(has)
  return has(named) ? named : has(alone) ? alone : other
}

type Cells = TableRow['cells']
const blank = (cell: string | undefined): string | null => (cell === undefined || cell === '' ? null : cell)

/** What a field says in one language or both; undefined where it says nothing. */
function wordsOf(cells: Cells, field: string): unknown {
  const [alone, zh, en] = [blank(cells[field]), blank(cells[`${field}_zh`]), blank(cells[`${field}_en`])]
  if (zh === null && en === null) return alone ?? undefined
  return { ...((zh ?? alone) === null ? {} : { zh: zh ?? alone }), ...(en === null ? {} : { en }) }
}

/** A unit as the programme has it; a unit without a short name has its whole name for it. */
export const unitOf = (c: Cells): Record<string, unknown> => ({
  code: c.code,
  name: wordsOf(c, 'name'),
  short: wordsOf(c, 'short') ?? wordsOf(c, 'name'),
  level: c.level,
  parent: blank(c.parent),
  startsOn: blank(c.starts_on),
  endsOn: blank(c.ends_on),
  into: blank(c.into),
  expected: blank(c.expected),
})

const OFFICIAL: Readonly<Record<string, boolean>> = { yes: true, no: false }

/** A base as the programme has it; `value` as it was read, `definitions` what each key counts. */
export const baseOf = (c: Cells, value: unknown, definitions: Record<string, unknown>): Record<string, unknown> => ({
  key: c.key,
  version: c.version,
  unit: c.unit,
  value,
  asOf: c.as_of,
  official: OFFICIAL[c.official!.toLowerCase()] ?? c.official,
  source: wordsOf(c, 'source'),
  definition: Object.hasOwn(definitions, c.key!) ? definitions[c.key!] : undefined,
})

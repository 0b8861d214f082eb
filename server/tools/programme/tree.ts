/** The units of a new programme, from lines that are typed or from a table of names. */
import { readFileSync } from 'node:fs'
import { type Column, readColumn, readTable } from '../../../shared/reading/table.ts'
import { isTotal } from '../../../shared/reading/sums.ts'
import { faultLine } from '../../programs/words.ts'
import { AnswerFault } from './answers.ts'

export interface NewUnit {
  code: string
  name: string
  /** code of the unit above; '' = the topmost */
  parent: string
  /** from 0, the topmost */
  depth: number
  /** how many people it has, where a table says so */
  base: number | null
}

/** Units from lines: `North` alone, or `North: Oak, Elm` with those below it. */
export function unitsTyped(whole: string, lines: readonly string[]): NewUnit[] {
  const units: NewUnit[] = [{ code: 'T', name: whole, parent: '', depth: 0, base: null }]
  lines.forEach((line, i) => {
    const [name, below] = line.split(/[:：]/).map((part) => part.trim())
    const code = `U${i + 1}`
    units.push({ code, name: name!, parent: 'T', depth: 1, base: null })
    const names = (below ?? '').split(/[,，、]/).map((part) => part.trim())
    for (const [j, street] of names.filter(Boolean).entries())
      units.push({ code: `${code}-${j + 1}`, name: street, parent: code, depth: 2, base: null })
  })
  if (units.length === 1) throw new AnswerFault('needs at least one unit')
  return units
}

const COLUMNS: Column[] = [
  { key: 'name', names: ['name'] },
  { key: 'parent', names: ['parent'], optional: true },
  { key: 'code', names: ['code'], optional: true },
  { key: 'base', names: ['base'], optional: true },
]

/** Units from a file with the columns `name`, `parent` (a name or code of the file; blank = directly below the whole), `code` and `base`. */
export function unitsIn(path: string, whole: string): NewUnit[] {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    throw new AnswerFault(`names "${path}", which is not there`)
  }
  const table = readTable(bytes, COLUMNS, 'refused')
  const bases = readColumn(table, 'base', Number.MAX_SAFE_INTEGER)
  const faults = [...table.faults, ...bases.faults]
  if (faults.length > 0) {
    const lines = faults.map(({ row, column, heading, text, ...f }) =>
      faultLine({
        file: path,
        place: [row && `row ${row}`, column && `column ${heading || column}`].filter(Boolean).join(', '),
        found: text,
        field: 'bases.value',
        ...f,
      }),
    )
    throw new AnswerFault(`cannot be used:\n  ${lines.join('\n  ')}`)
  }
  const rows = table.rows.map(({ cells, row }, i) => ({
    row,
    name: cells.name!,
    above: cells.parent!,
    code: cells.code === '' ? `U${i + 1}` : cells.code!,
    base: bases.values[i]!,
  }))
  const units: NewUnit[] = [{ code: 'T', name: whole, parent: '', depth: 0, base: null }]
  const left = [...rows]
  // those above come first, wherever they stand
  for (let moved = true; moved;) {
    moved = false
    for (const { name, above, code, base, row } of [...left]) {
      if (name === '') throw new AnswerFault(`has no name in row ${row} of ${path}`)
      if (isTotal(name))
        throw new AnswerFault(
          `has "${name}" in row ${row} of ${path}. Take the row out: sums are not given, they are made`,
        )
      const up = above === '' ? units[0] : units.find((u) => u.depth > 0 && (u.name === above || u.code === above))
      if (up === undefined) continue
      units.push({ code, name, parent: up.code, depth: up.depth + 1, base })
      left.splice(
        left.findIndex((r) => r.row === row),
        1,
      )
      moved = true
    }
  }
  const [lost] = left
  if (lost !== undefined)
    throw new AnswerFault(
      `has "${lost.above}" as parent in row ${lost.row} of ${path}, which is the name or code of no row`,
    )
  if (units.length === 1) throw new AnswerFault(`has no units in ${path}`)
  return units
}

/** True of units that have none below them: they report. */
export const reports = (units: readonly NewUnit[], { code }: NewUnit): boolean => !units.some((u) => u.parent === code)

/** Bases of all units: those of sums are what those below them have together. */
export function withSums(units: readonly NewUnit[], given: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(given)
  for (const unit of units.toSorted((a, b) => b.depth - a.depth)) {
    if (all.has(unit.code)) continue
    const below = units.filter((u) => u.parent === unit.code).map((u) => all.get(u.code) ?? 0)
    all.set(
      unit.code,
      below.reduce((sum, n) => sum + n, 0),
    )
  }
  return all
}

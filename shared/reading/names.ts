/** Units by what tables call them. */
import { codeFinder } from './codes.ts'
import { indexNames } from './headings.ts'
import { foldName } from './signs.ts'
import { isTotal } from './sums.ts'
import { SUFFIXES } from './words.ts'

export interface Names {
  /** place in the list of units; undefined = none */
  unit(text: string): number | undefined
  /** place of the unit whose code this is but for the zeros that it begins with */
  code(text: string): number | undefined
  /** it is a code of the list as a spreadsheet leaves it, though perhaps not known of which unit */
  isCode(text: string): boolean
  total(text: string): boolean
}

export interface Named {
  rows: readonly { code: string; names: readonly string[] }[]
  /** names of the whole */
  totals: readonly string[]
}

/** Finds units by name, short name, code, or a name with an ending that offices add. */
export function namesOf({ rows, totals }: Named): Names {
  const index = indexNames(rows.map((r) => [...r.names, r.code]))
  const short = indexNames(rows.map((r) => r.names.map(bared)))
  const find = codeFinder(rows.map((r) => r.code))
  const sums = new Set(totals.map(foldName))
  const rowOf = new Map(rows.map((r, i) => [r.code, i]))
  const coded = (text: string, kind: 'exact' | 'padded') => {
    const found = find(text)
    return found?.kind === kind ? rowOf.get(found.code) : undefined
  }
  return {
    unit: (text) =>
      index.get(foldName(text)) ?? index.get(bared(text)) ?? short.get(bared(text)) ?? coded(text, 'exact'),
    code: (text) => coded(text, 'padded'),
    isCode: (text) => find(text) !== null,
    total: (text) => isTotal(text) || sums.has(foldName(text).replace(/[:：]$/, '')),
  }
}

function bared(text: string): string {
  const name = foldName(text)
  const suffix = SUFFIXES.find((s) => name.endsWith(s) && name.length > s.length)
  return suffix === undefined ? name : name.slice(0, -suffix.length)
}

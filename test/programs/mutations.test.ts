/**
 * Every value of a programme replaced by wrong ones: each is said in words, with its place, and nothing breaks. A full run tries
 * every wrong one at every place, else each at some.
 */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkProgramme } from '../../server/tools/programme/check.ts'
import { copyOf, type Folder } from './folder.ts'

const EACH = process.env.FULL === undefined ? 6 : 1

/** One of `EACH`, another one at the next place. */
const tried = <T>(list: readonly T[], place: number): T[] => list.filter((_, i) => (i + place) % EACH === 0)

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
const WRONG: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  5,
  -1,
  0.5,
  '',
  'x',
  '2026-02-30',
  [],
  {},
  [{}],
  { x: 1 },
  '\u200b',
]

/** All places of a value. */
function* pathsOf(value: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* pathsOf(inner, [...path, key])
}

/** The value with another one at a place; undefined takes it out. */
function withAt(value: Json, [step, ...rest]: readonly string[], other: Json | undefined): Json {
  if (Array.isArray(value)) {
    const at = Number(step)
    if (rest.length === 0 && other === undefined) return value.toSpliced(at, 1)
    return value.with(at, rest.length === 0 ? other! : withAt(value[at]!, rest, other))
  }
  const { [step!]: own, ...others } = value as Record<string, Json>
  if (rest.length === 0) return other === undefined ? others : { ...(value as object), [step!]: other }
  return { ...(value as object), [step!]: withAt(own!, rest, other) }
}

describe('a programme with one wrong value', { timeout: 120_000 }, () => {
  let folder: Folder
  let full: Json
  beforeEach(() => {
    folder = copyOf()
    folder.edit('programme.json', (text) => {
      const programme = JSON.parse(text) as Record<string, Json>
      return JSON.stringify({ ...programme, notes: [{ zh: '注', en: 'note' }] }, null, 1)
    })
    full = JSON.parse(readFileSync(`${folder.path}/programme.json`, 'utf8')) as Json
  })
  afterEach(() => folder.remove())

  /** what no reader should see: codes, words of the programming language, empty remarks */
  const UNSAID =
    /\b(?:undefined|NaN|object Object)\b|\((?:input|programme|unit|counter|report|issue|table|file|count|day)\.\w+\)|: *$/

  test('O8 in programme.json', () => {
    let n = 0
    for (const [place, path] of [...pathsOf(full)].entries())
      for (const wrong of tried(WRONG, place)) {
        folder.write('programme.json', JSON.stringify(withAt(full, path, wrong), null, 1))
        const { faults, doubts } = checkProgramme(folder.path)
        for (const line of [...faults, ...doubts]) {
          expect(line, `${path.join('.')} = ${JSON.stringify(wrong)}`).toMatch(
            /^(programme\.json|units\.csv|bases\.csv)[ :]/,
          )
          expect(line, `${path.join('.')} = ${JSON.stringify(wrong)}`).not.toMatch(UNSAID)
          n++
        }
      }
    expect(n).toBeGreaterThan(1_000 / EACH)
    folder.write('programme.json', JSON.stringify(full))
  })

  test('O8 in calendar.json', () => {
    const calendar: Json = {
      source: 'x',
      weekend: [0, 6],
      off: [{ day: '2027-01-01', name: 'x' }],
      work: [{ day: '2027-01-02', name: 'x' }],
    }
    for (const [place, path] of [...pathsOf(calendar)].entries())
      for (const wrong of tried(WRONG, place)) {
        folder.write('calendar.json', JSON.stringify(withAt(calendar, path, wrong)))
        for (const line of checkProgramme(folder.path).faults) {
          expect(line).toMatch(/^calendar\.json[ :]/)
          expect(line, `${path.join('.')} = ${JSON.stringify(wrong)}`).not.toMatch(UNSAID)
        }
      }
    folder.write('calendar.json', JSON.stringify(calendar))
  })

  test.each(['units.csv', 'bases.csv'])('O8 in %s', (file) => {
    const before = readFileSync(`${folder.path}/${file}`, 'utf8')
    const rows = before
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    const cells = [
      '',
      'x',
      '5',
      '-5',
      '0',
      '5.5',
      '1,5',
      '2026-02-30',
      '"',
      'x y',
      '\u200b',
      'C',
      'S1',
      'yes',
      '=1+1',
      '4.4E+08',
      '٣',
    ]
    for (const [r, row] of rows.entries())
      for (const c of row.keys())
        for (const cell of tried(cells, r + c)) {
          const other = cell.includes(',') ? `"${cell}"` : cell
          folder.write(
            file,
            rows
              .with(r, row.with(c, other))
              .map((line) => line.join(','))
              .join('\n'),
          )
          for (const line of checkProgramme(folder.path).faults) {
            expect(line).toMatch(/^(programme\.json|units\.csv|bases\.csv)[ :]/)
            expect(line, `row ${r} column ${c}: ${cell}`).not.toMatch(UNSAID)
          }
        }
    folder.write(file, before)
  })
})

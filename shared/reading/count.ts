/**
 * The one reader of texts as counts, for what is typed, pasted, or stands in a file. A text is a count only if it can be read
 * in one way; its column says what its marks mean, and no column is read in two ways (J1–J4).
 */
import { LARGEST } from '../domain/count.ts'
import type { Refusal } from '../errors.ts'
import { ANY, type Numeral, readNumeral } from './numeral.ts'
import { shortened } from './shortened.ts'
import { plain } from './signs.ts'

/** `refused` has a suggestion only where the text, if it is a count at all, can only be that one. */
export type Reading =
  | { kind: 'blank' }
  | { kind: 'count'; value: number }
  | { kind: 'refused'; refusal: Refusal; suggestion: number | null }

/** Reads a text by itself: a column of one. */
export const readCount = (text: string): Reading => readerOf([text])(text)

/** Reads a column; one reading for each text. */
export function readCounts(texts: readonly string[], most: number = LARGEST): Reading[] {
  return texts.map(readerOf(texts, most))
}

/**
 * How the texts of a column are read, once all of them have been looked at; for columns that are gone through twice. `most`:
 * the largest count. Refusals: `report.notInteger`, `report.negative`, `report.tooLarge`, `count.unclear {text, n}`,
 * `count.mixed {text, other}`, with texts cut to 40 characters.
 */
export function readerOf(texts: Iterable<string>, most: number = LARGEST): (text: string) => Reading {
  const column = look(texts)

  function read(text: string): Reading {
    const sign = plain(text)
    if (sign === '') return { kind: 'blank' }
    const numeral = readNumeral(sign)
    if (numeral === null && sign.length > LONGEST) return refused({ code: 'report.notInteger' })
    if (numeral === null) return refused({ code: faultOf(sign) }, suggested(sign))
    if (numeral.marked && column.mixed !== null) {
      const other = column.mixed.find((t) => t !== sign) ?? column.mixed[0]
      return refused({ code: 'count.mixed', params: { text: shown(text), other: shown(other) } })
    }
    const { value } = numeral
    if (value === null || (numeral.decimals && column.fractions)) return refused({ code: 'report.notInteger' })
    if (value > most) return refused({ code: 'report.tooLarge' })
    if (!numeral.needsShowing || column.shown) return { kind: 'count', value }
    if (column.fractions) return refused({ code: 'report.notInteger' })
    return refused({ code: 'count.unclear', params: { text: shown(text), n: value } }, value)
  }

  /** only what may be a count is offered as one */
  function suggested(sign: string): number | null {
    const value = meant(sign)
    return value === null || value > most ? null : value
  }

  return read
}

/** The beginning of a text, for a sentence about it: no longer than that, whatever its characters are made of. */
export const shown = (text: string): string => shortened(text, 40, (character) => character.length)

interface Column {
  /** two texts that no convention reads both; null when one reads all */
  mixed: readonly [string, string] | null
  /** some text shows that the comma stands before decimals */
  shown: boolean
  /** some text has decimals that are not zero: whatever it is, the column is not one of counts written with `.0` */
  fractions: boolean
}

function look(texts: Iterable<string>): Column {
  const column: Column = { mixed: null, shown: false, fractions: false }
  const seen: { text: string; numeral: Numeral }[] = []
  let conventions = ANY
  for (const text of texts) {
    const sign = plain(text)
    const numeral = readNumeral(sign) ?? (NONE.test(sign) ? NO_NUMERAL : null)
    if (numeral === null || !numeral.marked) continue
    column.shown ||= numeral.shows
    column.fractions ||= numeral.value === null
    // texts that leave as many conventions as before say nothing new
    if ((conventions & numeral.conventions) === conventions) continue
    if (column.mixed === null && (conventions & numeral.conventions) === 0)
      column.mixed = [against(numeral) ?? sign, sign]
    conventions &= numeral.conventions
    seen.push({ text: sign, numeral })
  }
  return column

  function against({ conventions: own }: Numeral): string | undefined {
    return (seen.find((s) => (s.numeral.conventions & own) === 0) ?? seen.at(-1))?.text
  }
}

/**
 * Digits with marks that no convention makes a number: `80 10` beside `100 300` says that the blank parts two figures, `1,23,4`
 * that somebody has mistyped. Either way the marks of its column say nothing.
 */
const NONE = /^\d[\d.,' ]*\d$/
const NO_NUMERAL: Numeral = {
  value: 0,
  conventions: 0,
  marked: true,
  decimals: false,
  needsShowing: false,
  shows: false,
}

const refused = (refusal: Refusal, suggestion: number | null = null): Reading => ({
  kind: 'refused',
  refusal,
  suggestion,
})

/** No number is longer, whatever stands around it. */
const LONGEST = 60
const NUMBER = "[\\d.,' ]*[1-9][\\d.,' ]*"
/** A sign or brackets of bookkeeping around a number other than zero: less than nothing. */
const NEGATIVE = new RegExp(`^(?:- ?${NUMBER}|${NUMBER}-|\\(${NUMBER}\\))$`)
const faultOf = (sign: string): Refusal['code'] => (NEGATIVE.test(sign) ? 'report.negative' : 'report.notInteger')

/** Words that say of what there are so many, and nothing of how many. */
const PIECES =
  /^(.*\d) ?(?:pcs?|pieces?|permits?|applications?|persons?|people|[\u5F20\u4EF6\u4EFD\u672C\u4E2A\u4EBA\u8BC1\u5B97\u4F8B\u540D])\.?$/iu

/** `1874 pcs` → 1874, `15O8` → 1508; null when the text may mean something else. */
function meant(sign: string): number | null {
  // `0o17` is a number to another base
  if (/^(?!0[oO])\d[\dOolI]*\d$/.test(sign)) return Number(sign.replace(/[Oo]/g, '0').replace(/[lI]/g, '1'))
  const numeral = readNumeral((PIECES.exec(sign)?.[1] ?? /^'(\d+)$/.exec(sign)?.[1] ?? '').trim())
  return numeral === null || numeral.needsShowing ? null : numeral.value
}

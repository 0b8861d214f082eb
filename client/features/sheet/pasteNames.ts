/** Which unit of the sheet a row of a pasted block is about. Pure. */
import { isNumber } from '../../../shared/reading/headings.ts'
import type { Names } from '../../../shared/reading/names.ts'
import { plain } from '../../../shared/reading/signs.ts'
import { isWord, type Rows } from './pasteHead.ts'

/** A column that says which unit a row is about. `codes`: figures, or codes that a count could be as well. */
export interface NameColumn {
  column: number
  kind: 'names' | 'codes'
}

/** More a day is no figure of one reporting unit, so it is a code. */
const LONG = /^\d{7,}$/
/** No count is written with a zero before it. */
const CODE = /^(?:'?0\d+|\d{7,})$/

/** The column that holds most names of the sheet; else the first, when it holds only words beside figures. */
export function nameColumn(body: Rows, width: number, names: Names): NameColumn | null {
  let best: NameColumn | null = null
  let most = 0
  for (let c = 0; c < width; c++) {
    const texts = body.map((cells) => cells[c] ?? '').filter((text) => text !== '')
    const named = texts.filter((text) => names.unit(text) !== undefined)
    if (named.length > most) {
      const isSure = named.some((text) => !isNumber(text) || text.startsWith('0') || LONG.test(plain(text)))
      ;[best, most] = [{ column: c, kind: isSure ? 'names' : 'codes' }, named.length]
    }
  }
  if (best !== null) return best
  for (let c = 0; c < width; c++) {
    const texts = body.map((cells) => cells[c] ?? '').filter((text) => text !== '')
    const coded = texts.filter(names.isCode)
    // most numbers are codes, and none twice
    const isMost = coded.length * 2 > texts.filter(isNumber).length
    const isEach = new Set(coded.map((text) => names.code(text) ?? text)).size === coded.length
    if (coded.length > 0 && isMost && isEach) return { column: c, kind: 'codes' }
  }
  // words, or codes of other units, with figures beside them
  const firsts = body.map((r) => r[0] ?? '').filter((text) => text !== '')
  const isNames = firsts.length > 0 && (firsts.every(isWord) || firsts.every((text) => CODE.test(plain(text))))
  return isNames && body.some((r) => r.slice(1).some(isNumber)) ? { column: 0, kind: 'names' } : null
}

/** Columns beside the one of names that name units of the sheet, and nothing else. */
export const otherNames = (body: Rows, width: number, { column }: NameColumn, names: Names): number[] =>
  Array.from({ length: width }, (_, c) => c).filter((c) => {
    const texts = body.map((cells) => cells[c] ?? '').filter((text) => text !== '')
    const isName = (text: string) => names.unit(text) !== undefined || names.total(text)
    return c !== column && texts.some(isName) && texts.every((text) => isName(text) && !isNumber(text))
  })

/** Signs that are one sign written in several ways. Nothing becomes a digit here but the full-width forms of the digits. */

const QUOTES = /[\u2018\u2019\u02BC]/g
const DASHES = /[\u2010-\u2015\u2212\uFE63]/g
/** Not seen, and of no meaning at the end of a text: marks of direction, joiners, the mark of a file's encoding. */
const UNSEEN = /[\s\u200B\u200E\u200F\u061C\u2060\uFEFF\u202A\u202C\u2066\u2068\u2069]/

/** The text without what is not seen at its ends. */
export function bare(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && UNSEEN.test(text[from]!)) from++
  while (to > from && UNSEEN.test(text[to - 1]!)) to--
  return text.slice(from, to)
}

/**
 * `bare`, with full-width forms of ASCII, blanks of every width, apostrophes and dashes as their ASCII sign. Marks that only
 * resemble a digit (², ①, ½, digits of other scripts) stay what they are.
 */
export const plain = (text: string): string =>
  // nearly all texts of a large file
  /^\d*$/.test(text) ? text : spelled(bare(text))

const spelled = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(QUOTES, "'")
    .replace(DASHES, '-')

/** What two names have in common that differ only in case, blanks and width. */
export const foldName = (name: string): string => plain(name).normalize('NFC').replace(/\s/g, '').toLowerCase()

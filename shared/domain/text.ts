/** What people may write: what cannot be seen, or turns what is seen around, is no part of a name or a text (W7). */
import type { Refusal } from '../errors.ts'

/** One form for what looks alike to Unicode, and line ends of one kind. */
export const written = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .trim()

/** Scripts in which a joiner changes how letters are written, in Persian and in the languages of India. */
const JOINING =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Nko}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}' +
  '\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}]'
/** The same where it joins pictures to one: what stands before it and after. */
const PICTURE = '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F]'

/** Signs that are seen by what they do to the one before them, where they do it: joiners, variants, Mongolian letters, keycaps and flags. */
const USEFUL = new RegExp(
  `(?<=${JOINING})[\\u200C\\u200D](?=${JOINING})` +
    `|(?<=${PICTURE})\\u200D(?=\\p{Extended_Pictographic})` +
    '|(?<=[\\p{Extended_Pictographic}\\p{N}#*])[\\uFE0E\\uFE0F]' +
    '|(?<=[\\p{Script=Han}\\p{Script=Myanmar}\\p{Script=Phags_Pa}\\p{Sm}])[\\uFE00-\\uFE02]' +
    '|(?<=\\p{Script=Han})[\\u{E0100}-\\u{E01EF}]' +
    '|(?<=\\p{Script=Mongolian})[\\u180B-\\u180F]' +
    // numbers are written under these
    '|[\\u0600-\\u0605\\u06DD\\u08E2]',
  'gu',
)
/** Everything else that is not seen: controls, formats, fillers, and halves of characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u
/** Something to be seen; the blank of Braille is none. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u

/** Why a text, as `written`, may not be so: `input.hidden`, `input.lineBreak` where one line is wanted, `input.required` for nothing to be seen. */
export function textFault(text: string, lines: 'one' | 'many'): Refusal | null {
  if (lines === 'one' && text.includes('\n')) return { code: 'input.lineBreak' }
  const plain = text.replace(USEFUL, '').replace(/[\n\t]/g, lines === 'many' ? '' : '$&')
  const [hidden] = HIDDEN.exec(plain) ?? []
  if (hidden !== undefined) return { code: 'input.hidden', params: { sign: signOf(hidden) } }
  return text === '' || SEEN.test(plain.replaceAll('\u2800', '')) ? null : { code: 'input.required' }
}

/** As the Unicode standard names it, e.g. `U+202E`. */
const signOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** The form in which names are compared: case, width, space, the blank of Braille, and what is not seen make no difference. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u2800\p{Default_Ignorable_Code_Point}]+/gu, '')

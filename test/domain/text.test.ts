/** What people may write, and that no script of anybody's suffers by it. */
import { describe, expect, it } from 'vitest'
import { nameKey } from '../../shared/domain/text.ts'
import { line, parse, reason, text } from '../../shared/schema.ts'

/** The refusals' codes, with the sign that they name. */
const faultsOf = (schema: typeof line, value: string) => {
  const parsed = parse(schema, value)
  return parsed.ok ? [] : parsed.refusals.map(({ code, params }) => [code, params?.sign].filter(Boolean).join(' '))
}
const valueOf = (schema: typeof line, value: string) => {
  const parsed = parse(schema, value)
  return parsed.ok ? parsed.value : parsed.refusals
}

/** What is not seen, or turns around what is, each with the name of the sign. */
const HIDDEN: [what: string, sign: string, text: string][] = [
  ['NUL', 'U+0000', 'a\u0000b'],
  ['a bell', 'U+0007', 'a\u0007b'],
  ['an escape of a terminal', 'U+001B', '\u001B[2Ja'],
  ['a delete', 'U+007F', 'a\u007Fb'],
  ['a control of C1', 'U+009B', 'a\u009Bb'],
  ['a soft hyphen', 'U+00AD', 'a\u00ADb'],
  ['a space of no width', 'U+200B', 'a\u200Bb'],
  ['a space of no width alone', 'U+200B', '\u200B\u200B'],
  ['a joiner between Latin letters', 'U+200D', 'a\u200Db'],
  ['a non-joiner between Chinese characters', 'U+200C', '李\u200C娜'],
  ['a joiner at the end', 'U+200D', 'سلام\u200D'],
  ['a mark from left to right', 'U+200E', '李\u200E娜'],
  ['a mark from right to left', 'U+200F', 'a\u200Fb'],
  ['an override that turns a name around', 'U+202E', 'exe\u202Efdp.gpj'],
  ['an embedding', 'U+202B', '\u202Babc\u202C'],
  ['an isolate', 'U+2067', '\u2067abc\u2069'],
  ['a joiner of words', 'U+2060', 'a\u2060b'],
  ['an invisible plus', 'U+2064', 'a\u2064b'],
  ['a byte order mark inside', 'U+FEFF', 'a\uFEFFb'],
  ['a filler of Hangul', 'U+3164', 'a\u3164'],
  ['a joiner of graphemes', 'U+034F', 'a\u034Fb'],
  ['a tag', 'U+E0061', 'a\u{E0061}'],
  ['a variant of a letter that has none', 'U+FE0F', 'a\uFE0F'],
  ['two variants of one', 'U+FE0F', '❤\uFE0F\uFE0F'],
  ['half a character', 'U+D83D', 'a\uD83D'],
  ['no character', 'U+FFFF', 'a\uFFFF'],
]

describe('W7 what cannot be seen, or turns around what can,', () => {
  it.each(HIDDEN)('is refused by its name: %s', (_, sign, value) => {
    for (const schema of [line, text, reason]) expect(faultsOf(schema, value)).toEqual([`input.hidden ${sign}`])
  })

  it('is refused where nothing is left to be seen', () => {
    for (const value of ['', ' ', '\u3000', '\n', '\u2800', '\u0301', '\u00A0\u2003'])
      expect([value, faultsOf(line, value)]).toEqual([value, ['input.required']])
  })

  it('is refused where one line is wanted and there are two', () => {
    for (const brk of ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085']) {
      expect(faultsOf(line, `a${brk}b`)).toEqual(['input.lineBreak'])
      expect(valueOf(text, `a${brk}b`)).toBe('a\nb')
      expect(valueOf(line, ` a${brk}`)).toBe('a')
    }
    expect(faultsOf(line, 'a\tb')).toEqual(['input.hidden U+0009'])
    expect(valueOf(text, 'a\tb\n\n c')).toBe('a\tb\n\n c')
  })
})

/** Names and words as people write them. */
const WRITTEN: [script: string, text: string][] = [
  ['Chinese, rare characters, and one in a variant', '王伟 𠮷野 㐂 葛\u{E0100}城 〇'],
  ['Chinese with marks of width', '深圳市（试点）：第１期，“居住证”——办法〔2008〕1号'],
  ['Uyghur', 'ئۇيغۇر ئاپتونوم رايونى'],
  ['Tibetan', 'བོད་ལྗོངས་ བསྒྲུབས།'],
  ['Mongolian, with variants and vowels set apart', 'ᠮᠣᠩᠭᠣᠯ᠋ ᠬᠡᠯᠡ\u180Eᠠ'],
  ['Zhuang, Vietnamese and a name of Poland', 'Vahcuengh Nguyễn Thị Łukasz'],
  ['Arabic numbers under their signs', '\u0600١٢'],
  ['Persian, with a break between joined letters', 'می\u200Cخواهم'],
  ['Hebrew', 'משה כהן'],
  ['Hindi and Sinhala, with joiners', 'क्\u200Dष श්\u200Dරී'.replace('श', 'ශ')],
  ['Thai, Burmese, Khmer', 'สมชาย မြန်မာ ភាសាខ្មែរ'],
  ['Korean and Japanese', '홍길동 さくら サクラ'],
  ['pictures, one of several, one of a hand in a colour', '👍🏽 👩\u200D👩\u200D👧 ❤\uFE0F 1\uFE0F\u20E3 🇨🇳'],
  ['Yoruba, with marks over marks', 'Ọ̀ṣọ́ ẹ̀'],
]

describe('W7 what people write', () => {
  it.each(WRITTEN)('stays as it is: %s', (_, value) => {
    for (const schema of [line, text, reason]) expect(valueOf(schema, value)).toBe(value.normalize('NFC'))
  })

  it('has one form', () => {
    expect(valueOf(line, 'Zoe\u0308')).toBe('Zoë')
    expect(valueOf(line, '\u1100\u1161')).toBe('가')
    expect(valueOf(line, '\uFEFF 王 伟 ')).toBe('王 伟')
  })

  it('is as long as it was allowed to be', () => {
    expect(faultsOf(line, 'x'.repeat(200))).toEqual([])
    expect(faultsOf(line, 'x'.repeat(201))).toEqual(['input.tooLong'])
  })
})

it('M4 names are the same where only case, width, spaces or what is not seen differ', () => {
  for (const name of ['li na', 'LINA', 'ｌｉ　ｎａ', 'Li\u200Bna', 'Lina\uFE0F', 'Li\u2800na\u2800'])
    expect(nameKey(name)).toBe('lina')
  expect(nameKey('李娜（二科）')).not.toBe(nameKey('李娜'))
})

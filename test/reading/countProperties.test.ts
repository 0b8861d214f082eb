/** Readings of whatever texts there may be, held against what was written and against each other (J1–J4). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCount, readCounts } from '../../shared/reading/count.ts'

/** How a number is written here and there. */
const group = (digits: string, sign: string) => digits.replace(/\B(?=(\d{3})+$)/g, sign)
const lakh = (digits: string) => digits.replace(/\B(?=(\d{2})+\d$)/g, ',')
const WAYS: Record<string, (n: number) => string> = {
  plain: String,
  en: (n) => group(String(n), ','),
  'en-IN': (n) => lakh(String(n)),
  fr: (n) => group(String(n), '\u202f'),
  'fr-FR, older': (n) => group(String(n), '\u00a0'),
  'de-CH': (n) => group(String(n), '’'),
  de: (n) => group(String(n), '.'),
  'de, with decimals': (n) => `${group(String(n), '.')},00`,
  'fr, with decimals': (n) => `${group(String(n), ' ')},00`,
  'en, with decimals': (n) => `${group(String(n), ',')}.00`,
  'full width': (n) => [...group(String(n), ',')].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''),
}
const counts = fc.array(fc.oneof(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 20_000 })), {
  minLength: 1,
  maxLength: 12,
})
const MARKS = [
  '.',
  ',',
  ' ',
  "'",
  '\u202f',
  '’',
  '-',
  '+',
  '(',
  ')',
  '万',
  'k',
  '%',
  '²',
  '½',
  '①',
  '٣',
  '１',
  '，',
  'O',
  'e',
  '<',
  '\n',
]
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789', ...MARKS), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0012', '.', ',', ' ', "'"), maxLength: 10 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

describe('whatever the texts', () => {
  test.each(Object.entries(WAYS))('J2 a column written as in %s is read as it was meant, or refused', (_, write) => {
    fc.assert(
      fc.property(counts, (numbers) => {
        readCounts(numbers.map(write)).forEach((reading, i) => {
          if (reading.kind === 'refused')
            expect([reading.refusal.code, reading.suggestion]).toEqual(['count.unclear', numbers[i]])
          else expect(reading).toEqual({ kind: 'count', value: numbers[i] })
        })
      }),
      { numRuns: 500 },
    )
  })

  test('J2 and as soon as one text shows how, none is refused', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...Object.values(WAYS)), (numbers, write) => {
        const all = [...numbers, 123_456_789]
        expect(readCounts(all.map(write))).toEqual(all.map((value) => ({ kind: 'count', value })))
      }),
      { numRuns: 1_000 },
    )
  })

  test('J1 a count has no digits but those that stand there, in their order', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), (texts) => {
        readCounts(texts).forEach((reading, i) => {
          if (reading.kind !== 'count') return
          const ascii = texts[i]!.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
          expect(ascii).not.toMatch(/[^\d.,'‘’ʼ．，＇\s\p{Zs}\u200B\u200E\u200F\u061C\u2060\uFEFF]/u)
          const digits = ascii.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
          // all of them, or all but the zeros behind a mark
          expect(digits.startsWith(String(reading.value))).toBe(true)
          if (digits !== String(reading.value)) expect(ascii).toMatch(/[.,]0+\D*$/)
        })
      }),
      { numRuns: 5_000 },
    )
  })

  test('J4 no column is read in two ways: what a mark means in one text it means in all that are counts', () => {
    const meaning = (text: string) => {
      const marks = text.trim().match(/[., ']/g) ?? []
      const [, last, fraction] = /([.,])(\d+)$/.exec(text.trim()) ?? []
      const isDecimal = last !== undefined && (fraction!.length !== 3 || marks[0] !== last)
      return { decimal: isDecimal ? last : undefined, group: isDecimal && marks.length === 1 ? undefined : marks[0] }
    }
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'000123', '.', ',', ' ', "'"), maxLength: 9 }), {
          minLength: 2,
          maxLength: 6,
        }),
        (texts) => {
          const groups = new Set<string>()
          const decimals = new Set<string>()
          readCounts(texts).forEach((reading, i) => {
            if (reading.kind !== 'count') return
            const { group, decimal } = meaning(texts[i]!)
            if (group !== undefined) groups.add(group)
            if (decimal !== undefined) decimals.add(decimal)
          })
          expect(groups.size).toBeLessThan(2)
          expect(decimals.size).toBeLessThan(2)
          expect([...groups].filter((g) => decimals.has(g))).toEqual([])
        },
      ),
      { numRuns: 20_000 },
    )
  })

  test('J2 one reading is no other in a longer column: it is the same, or refused', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), (texts) => {
        readCounts(texts).forEach((reading, i) => {
          const own = readCount(texts[i]!)
          if (reading.kind !== 'count') return
          if (own.kind === 'count') expect(reading).toEqual(own)
          else expect(own).toMatchObject({ kind: 'refused', suggestion: reading.value })
        })
      }),
      { numRuns: 5_000 },
    )
  })

  test('J3 what is offered is a count of the digits that stand there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readCount(text)
        if (reading.kind !== 'refused' || reading.suggestion === null) return
        expect(readCount(String(reading.suggestion))).toEqual({ kind: 'count', value: reading.suggestion })
        expect(text).not.toMatch(/[-+()<>~%万k²½①٣e]/)
      }),
      { numRuns: 5_000 },
    )
  })
})

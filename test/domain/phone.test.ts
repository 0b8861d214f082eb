import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PHONE_MAX, phoneLink } from '../../shared/domain/phone.ts'
import { parse, phone } from '../../shared/schema.ts'

const read = (text: unknown) => parse(phone, text)
const codesOf = (text: unknown) => {
  const read_ = read(text)
  return read_.ok ? [] : read_.refusals.map(({ code }) => code)
}

describe('N25 a telephone number', () => {
  test.each([
    ['0755-0000 3061', '0755-0000 3061', 'tel:075500003061'],
    ['  +86 (755) 0000-3061 ', '+86 (755) 0000-3061', 'tel:+8675500003061'],
    ['（0755）００００３０６１', '(0755)00003061', 'tel:075500003061'],
    ['0755–0000\u00a03061 转 12', '0755-0000 3061 转 12', 'tel:075500003061;ext=12'],
    ['020 7946 0000 ext. 7', '020 7946 0000 ext. 7', 'tel:02079460000;ext=7'],
    ['5550100x9', '5550100x9', 'tel:5550100;ext=9'],
    ['5550100#9', '5550100#9', 'tel:5550100;ext=9'],
    ['110', '110', 'tel:110'],
  ])('%s is one', (text, kept, link) => {
    const found = read(text)
    expect(found).toEqual({ ok: true, value: kept })
    expect(phoneLink(kept)).toBe(link)
  })

  test.each([
    ['ask at the desk', 'input.phone'],
    ['12', 'input.phone'],
    ['12 转 34567', 'input.phone'],
    ['1234 or 5678', 'input.phone'],
    ['++1234', 'input.phone'],
    ['javascript:1234', 'input.phone'],
    ['1234;ext=1', 'input.phone'],
    ['1234\n5678', 'input.lineBreak'],
    ['1234\u202e5678', 'input.hidden'],
    ['1'.repeat(PHONE_MAX + 1), 'input.tooLong'],
    ['   ', 'input.required'],
    [12345, 'input.type'],
  ])('%s is none', (text, code) => {
    expect(new Set(codesOf(text))).toEqual(new Set([code]))
  })

  test('what is kept reads the same again, and its link has nothing but what is dialled', () => {
    const sign = fc.constantFrom(...'0123456789０９ +-()（）–转x#. ext')
    let kept = 0
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: PHONE_MAX }), (text) => {
        const found = read(text)
        if (!found.ok) return
        kept++
        expect(read(found.value)).toEqual(found)
        expect(phoneLink(found.value)).toMatch(/^tel:\+?\d{3,}(;ext=\d+)?$/)
      }),
      { numRuns: 5_000 },
    )
    expect(kept).toBeGreaterThan(100)
  })
})

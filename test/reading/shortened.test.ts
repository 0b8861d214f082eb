import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shown } from '../../shared/reading/count.ts'
import { shortened } from '../../shared/reading/shortened.ts'
import { echo } from '../../shared/schema.ts'

const width = (character: string) => (character.codePointAt(0)! > 0x2e7f || character === '…' ? 11 : 5.8)

test('U20 a text is cut by the widths of its characters, with room for the dots', () => {
  expect(shortened('婚育证明能否后补', 200, width)).toBe('婚育证明能否后补')
  expect(shortened('婚育证明能否后补', 60, width)).toBe('婚育证明…')
  expect(shortened('Who signs for collective applications', 100, width)).toBe('Who signs for c…')
  expect(shortened('abc', 3)).toBe('abc')
  expect(shortened('abcd', 3)).toBe('ab…')
})

/** each is one character to who reads it */
const CHARACTERS = ['a', '证', '𠮷', 'e\u0301', '👨‍👩‍👧‍👦', '🇨🇳', '👍🏽', '1️⃣', '\u0ba8\u0bbf', '葛\u{E0100}', '각']

test.each(CHARACTERS)('U20 %s is left whole or out', (character) => {
  const text = character.repeat(5)
  expect([1, 2, 3, 4, 5].map((room) => shortened(text, room))).toEqual([
    '…',
    `${character}…`,
    `${character.repeat(2)}…`,
    `${character.repeat(3)}…`,
    text,
  ])
})

test('U20 of any text what is left are whole characters, which fit, and as many as do', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const split = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment)
  const texts = fc.array(fc.oneof(fc.constantFrom(...CHARACTERS), fc.string({ unit: 'grapheme', maxLength: 3 })))
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 12 }), (parts, room) => {
      const text = parts.join('')
      const all = split(text)
      const expected = all.length <= room ? text : `${all.slice(0, room - 1).join('')}…`
      expect(shortened(text, room)).toBe(expected)
    }),
  )
})

test('H13 what is said again is short, though it be one character without end', () => {
  const endless = `a${'\u0301'.repeat(5_000)}`
  for (const said of [endless, `abc${endless}`, '👍'.repeat(5_000)])
    for (const cut of [echo(said), shown(said)]) {
      expect(cut.length).toBeLessThanOrEqual(101)
      expect(cut.endsWith('…') && cut.isWellFormed()).toBe(true)
    }
})

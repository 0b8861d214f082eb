/** Texts that are cut, whatever the signs: between characters, never within one. */
import { expect, it } from 'vitest'
import { shortened } from '../client/charts/notes.ts'
import { sentenceOf } from '../server/programs/words.ts'
import { characters } from '../shared/clip.ts'
import { readCount, shown } from '../shared/reading/count.ts'
import { echo } from '../shared/schema.ts'

/** one character each: a family, a flag, a skin, letters with marks, a keycap, characters of the extensions, Hangul, CR LF */
const SIGNS = ['👨‍👩‍👧‍👦', '🇨🇳', '👍🏽', 'é', 'ạ̈', '1️⃣', '𠮷', '𫚈', '葛󠄀', '각', 'नि', '字', 'x']

it('Q9 what readers take for one sign is one character', () => {
  for (const sign of SIGNS) expect(characters(sign.repeat(3)), sign).toEqual([sign, sign, sign])
})

/** the text as it is, or the beginning of it in whole characters */
function expectWhole(cut: string, text: string): void {
  if (cut === text) return
  expect(cut.endsWith('…'), cut).toBe(true)
  const [kept, all] = [characters(cut.slice(0, -1)), characters(text)]
  expect(kept).toEqual(all.slice(0, kept.length))
}

it('Q9 every text that is cut ends between two characters, at whatever place', () => {
  for (const sign of SIGNS)
    for (let before = 0; before < 12; before++) {
      const text = 'x'.repeat(before) + sign.repeat(150)
      for (const width of [60, 83, 120, 161]) expectWhole(shortened(text, width), text)
      expectWhole(shown(text), text)
      expectWhole(echo(text), text)
      const said = sentenceOf({ file: 'units.csv', place: '', field: 'none', code: 'input.invalid', found: text })
      const found = /"(.*)…/su.exec(said)![1]!
      expectWhole(`${found}…`, text)
    }
})

it('Q9 a character of two halves takes the room of one', () => {
  expect(shortened('𠮷'.repeat(8), 60)).toBe(`${'𠮷'.repeat(4)}…`)
  expect(shortened('👨‍👩‍👧‍👦'.repeat(8), 60)).toBe(`${'👨‍👩‍👧‍👦'.repeat(4)}…`)
  expect(shortened('é'.repeat(8), 60)).toBe('é'.repeat(8))
})

it('H13 a character without end is cut all the same', () => {
  const endless = `a${'\u0301'.repeat(5_000)}`
  expect(echo(endless).length).toBeLessThanOrEqual(100)
  expect(shown(endless).length).toBeLessThanOrEqual(40)
  expect(echo('👍'.repeat(5_000)).isWellFormed()).toBe(true)
  expect(readCount(endless).kind).toBe('refused')
})

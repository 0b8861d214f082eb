import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REFUSAL_CODES } from '../../shared/errors.ts'
import { wordsOf } from '../../client/i18n/index.ts'

/** Every message by its dotted key; a list is one message, since a language may need more words than another. */
function flat(words: unknown, at = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(words as Record<string, unknown>)) {
    const key = at === '' ? name : `${at}.${name}`
    if (typeof value === 'string') found.set(key, value)
    else if (Array.isArray(value)) found.set(key, value.every((v) => String(v).trim() !== '') ? value.join(' ') : '')
    else for (const [k, v] of flat(value, key)) found.set(k, v)
  }
  return found
}

const zh = flat(wordsOf('zh'))
const en = flat(wordsOf('en'))
const params = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()

describe('words', () => {
  it('has the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  })

  it('has no empty word', () => {
    for (const [language, words] of [
      ['zh', zh],
      ['en', en],
    ] as const)
      for (const [key, text] of words) expect(text.trim(), `${language} ${key}`).not.toBe('')
  })

  it('says one of a thing in the singular', () => {
    /** there are always several of these, or it is no number of things */
    const several = [
      ...['charts.cumulative.points', 'sheet.goal.pointsUnit', 'files.check.more', 'outbox.places'],
      ...['people.machines.forDays', 'work.why.silent', 'questions.first.copied', 'questions.sentence.copied'],
      ...['questions.sentence.above', 'questions.sentence.below', 'refusals.table.blankKept', 'refusals.total.fall'],
      ...['questions.second.above', 'questions.second.below'],
    ]
    const isOne =
      /\{(?:n|rest|days|events|commands|count)\} (?:more |other |of )?(?!is\b|this\b|does\b|counts\b|belongs\b)[a-z]+s\b/
    const wrong = [...en].filter(([key, text]) => isOne.test(text) && !text.includes(' | ') && !several.includes(key))
    expect(wrong).toEqual([])
  })

  it('has words for every refusal', () => {
    for (const code of REFUSAL_CODES)
      for (const words of [zh, en]) expect(words.get(`refusals.${code}`), code).toBeTypeOf('string')
  })

  it('has words for no refusal that does not exist', () => {
    const codes = new Set<string>(REFUSAL_CODES)
    for (const key of zh.keys()) {
      const [, code] = /^refusals\.(?:plain\.)?(\w+\.\w+)$/.exec(key) ?? []
      if (code !== undefined && !code.startsWith('words.')) expect(codes, key).toContain(code)
    }
  })

  it('gives a plain form to every refusal with figures where figures may be absent', () => {
    for (const key of zh.keys()) if (key.startsWith('refusals.plain.')) expect(params(zh.get(key)!)).toEqual([])
  })

  it('fills refusals with the same figures in both languages', () => {
    for (const [key, text] of zh)
      if (key.startsWith('refusals.')) expect(params(en.get(key)!), key).toEqual(params(text))
  })
})

/** Cells of the rows of a table of the glossary, by the heading that it stands under. */
function glossary(heading: string): string[][] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/glossary.md'), 'utf8')
  const part = text.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!
  const rows = part.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
const terms = (cell: string) => cell.split(/、|, /).map((term) => term.replace('…', '').toLowerCase())
/** What is said, without the names of what is filled in. */
const said = (message: string) => message.replace(/\{\w+\}/g, '').toLowerCase()

describe('the glossary holds', () => {
  it('in both directions: what one language calls by its term, the other does', () => {
    const rows = glossary('Kept apart')
    expect(rows.length).toBeGreaterThan(5)
    const apart = rows.flatMap(([chinese, english]) =>
      [...zh].flatMap(([key, text]) => {
        const other = en.get(key)!
        const isIn = (cell: string, message: string) => terms(cell).some((term) => said(message).includes(term))
        return isIn(chinese!, text) === isIn(english!, other)
          ? []
          : [`${chinese!} ↔ ${english!}, ${key}: ${text} | ${other}`]
      }),
    )
    expect(apart).toEqual([])
  })

  it('and what is not used is not said', () => {
    const rows = glossary('Not used')
    expect(rows.length).toBeGreaterThan(10)
    const wrong = rows.flatMap(([not]) =>
      terms(not!).flatMap((term) =>
        [...zh, ...en].filter(([, text]) => said(text).includes(term)).map(([key, text]) => `${term}, ${key}: ${text}`),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('a word of it that is turned around is found', () => {
    expect(glossary('Not used').flatMap(([not]) => terms(not!))).toEqual(
      expect.arrayContaining(['发送', 'i stand by it']),
    )
    expect(said('{sent} 发送 {n}')).toBe(' 发送 ')
  })
})

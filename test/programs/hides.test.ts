/** Faults in one part of a programme and in others: none hides another, and none is said of what was only not read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { copyOf, type Folder } from './folder.ts'

let folder: Folder
beforeEach(() => {
  folder = copyOf()
})
afterEach(() => folder.remove())

const json = (change: (programme: never) => unknown) =>
  folder.edit('programme.json', (text) => {
    const programme = JSON.parse(text) as never
    change(programme)
    return JSON.stringify(programme, null, 1)
  })

describe('O8 a fault hides none of another part', () => {
  const inHead = () => folder.faults().map((line) => line.replace(/^programme\.json line \d+, /, ''))

  test('headings of a table: what programme.json says by itself is looked through, what names rows of it is not', () => {
    folder.edit('units.csv', (text) => text.replace('starts_on', 'begins'))
    folder.edit('bases.csv', (text) => text.replace('value', 'number'))
    json((p: Record<string, unknown>) => Object.assign(p, { timeZone: 'Mars', language: 'de' }))
    json((p: { counters: object[] }) => Object.assign(p.counters[1]!, { within: 'asked' }))
    json((p: { baselines: { targets: object[] }[] }) =>
      Object.assign(p.baselines[0]!.targets[0]!, { unit: 'X', base: 'nobody', counter: 'gone' }),
    )
    expect(inHead()).toEqual([
      'units.csv row 1, column 8: no column is called "begins". Correct the heading, or take the column out.',
      'bases.csv row 1, column 4: no column is called "number". Correct the heading, or take the column out.',
      'bases.csv row 1: the column "value" is missing. Add it.',
      'language: "de" is no language that the pages have. Write "en" or "zh".',
      'timeZone: "Mars" is no time zone. Write one such as "Asia/Shanghai" or "Europe/Berlin".',
      'counters.1.within: "asked" is the key of no other counter. Name the counter that this one cannot exceed, or write null.',
      'baselines.0.targets.0.counter: "gone" is the key of none of the counters. Correct it.',
    ])
  })

  test('a malformed field: what the others of its target, and other targets, name is looked up', () => {
    json((p: { counters: object[] }) => Object.assign(p.counters[1]!, { name: 5 }))
    json((p: { baselines: { targets: object[] }[] }) => {
      const [baseline] = p.baselines
      const [first] = baseline!.targets
      baseline!.targets.push({ ...first, key: 'second', due: 'soon', unit: 'X', base: 'nobody' })
      Object.assign(first!, { threshold: '90%', counter: 'gone' })
    })
    expect(inHead()).toEqual([
      'counters.1.name: 5 is no text. Write a text, or { "zh": "…", "en": "…" }; one language is enough.',
      'baselines.0.targets.0.threshold: "90%" is not a number, without quotation marks. For a coverage write a share, such as 0.9 for 90%.',
      expect.stringContaining('targets.1.due: "soon" is no day of the calendar.'),
      'baselines.0.targets.0.counter: "gone" is the key of none of the counters. Correct it.',
      'baselines.0.targets.1.unit: units.csv has no unit "X". Correct the code.',
      expect.stringContaining('targets.1.base: bases.csv has no row with the key "nobody" for the unit "X"'),
    ])
  })

  test('a text that is blank has its place where it stands, and a role that is missing is one', () => {
    json((p: { item: string; roles: { district?: string } }) => {
      p.item = ''
      delete p.roles.district
    })
    const write = 'is missing or empty. Write a text, or { "zh": "…", "en": "…" }; one language is enough.'
    expect(inHead()).toEqual([`item: ${write}`, `roles.district: ${write}`])
  })
})

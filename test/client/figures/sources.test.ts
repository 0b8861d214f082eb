import { describe, expect, it } from 'vitest'
import { baseGroups, sharedOf, spansOf } from '../../../client/features/figures/sources.ts'
import type { Base } from '../../../shared/domain/programme.ts'

const both = (name: string) => ({ zh: name, en: name })
const base = (unit: string, source: string, version = '1'): Base => ({
  ...{ key: 'people', unit, value: 1, asOf: '2008-01-01', version, official: false },
  definition: both('people'),
  source: both(source),
})

describe('H8 what the page about the figures lists', () => {
  it('keeps bases of another source apart, and their order', () => {
    const groups = baseGroups({ bases: [base('A', 'census'), base('B', 'register'), base('C', 'census', '2')] })
    expect(groups.map(({ source, bases }) => [source.zh, bases.map(({ unit }) => unit)])).toEqual([
      ['census', ['A', 'C']],
      ['register', ['B']],
    ])
  })

  it('says once what all bases of a source have in common, and of each what differs', () => {
    expect(sharedOf([base('A', 'census'), base('B', 'census')])).toEqual({
      ...{ asOf: '2008-01-01', version: '1', official: false },
    })
    const later = { ...base('B', 'census', '2'), asOf: '2008-06-30' }
    expect(sharedOf([base('A', 'census'), later])).toEqual({ official: false })
    expect(sharedOf([base('A', 'census'), { ...base('B', 'census'), official: true }])).toEqual({
      ...{ asOf: '2008-01-01', version: '1' },
    })
  })

  it('says days of one name that follow each other as one span, over months too, and others apart', () => {
    const day = (d: string, name: string) => ({ day: d, name: both(name) })
    const spans = spansOf([
      day('2008-02-01', 'Festival'),
      day('2008-01-31', 'Festival'),
      day('2008-02-02', 'Eve'),
      day('2008-02-04', 'Festival'),
    ])
    expect(spans.map(({ from, to, name }) => `${name.en} ${from} ${to}`)).toEqual([
      'Festival 2008-01-31 2008-02-01',
      'Eve 2008-02-02 2008-02-02',
      'Festival 2008-02-04 2008-02-04',
    ])
  })
})

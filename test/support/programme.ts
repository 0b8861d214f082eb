/** A small programme for tests: a city, two districts, five streets, two counters. */
import type { Programme, Target } from '../../shared/domain/programme.ts'

const both = (name: string) => ({ zh: name, en: name })
const unit = (code: string, level: string, parent: string | null, startsOn: string | null = null) => ({
  code,
  name: both(`Unit ${code}`),
  short: both(code),
  level,
  parent,
  startsOn,
  endsOn: null,
  into: null,
  expected: null,
})
const base = (unitCode: string, value: number) => ({
  key: 'people',
  unit: unitCode,
  value,
  asOf: '2008-01-01',
  definition: both('people'),
  source: both('test'),
  version: '1',
  official: false,
})

/** Measured by `issued`: 10,000 by 2008-03-31, from 2008-01-01, no ramp, shared out by people. */
export const countTarget: Target = {
  key: 'count',
  name: both('count'),
  unit: 'C',
  measure: 'count',
  counter: 'issued',
  threshold: 10_000,
  base: null,
  due: '2008-03-31',
  path: { from: '2008-01-01', start: {}, ramp: { workdays: 0, from: 1 } },
  allocation: {},
  shareBy: 'people',
}

/** 2008 weekdays without holidays; the city starts on 2008-01-01, street B2 on 2008-02-01. */
export function tinyProgramme(overrides: Partial<Programme> = {}): Programme {
  return {
    key: 'tiny',
    name: both('Tiny programme'),
    item: both('permits'),
    timeZone: 'Asia/Shanghai',
    startsOn: '2008-01-01',
    endsOn: '2008-12-31',
    levels: ['city', 'district', 'street'].map((key) => ({ key, name: both(key) })),
    units: [
      unit('C', 'city', null),
      unit('A', 'district', 'C'),
      unit('B', 'district', 'C'),
      unit('A1', 'street', 'A'),
      unit('A2', 'street', 'A'),
      unit('A3', 'street', 'A'),
      unit('B1', 'street', 'B'),
      unit('B2', 'street', 'B', '2008-02-01'),
    ],
    counters: [
      { key: 'accepted', name: both('accepted'), within: null, expected: null },
      { key: 'issued', name: both('issued'), within: 'accepted', expected: null },
    ],
    calendar: {
      source: both('test'),
      weekend: [0, 6],
      off: [{ day: '2008-01-01', name: both('New Year') }],
      work: [{ day: '2008-02-02', name: both('make-up') }],
    },
    bases: [
      base('C', 20_000),
      base('A', 12_000),
      base('B', 8_000),
      base('A1', 6_000),
      base('A2', 3_000),
      base('A3', 3_000),
      base('B1', 5_000),
      base('B2', 3_000),
    ],
    baselines: [
      {
        key: 'T1',
        name: both('T1'),
        inForceFrom: '2008-01-01',
        official: false,
        targets: [
          countTarget,
          {
            ...countTarget,
            key: 'cover',
            name: both('cover'),
            unit: 'A',
            measure: 'coverage',
            threshold: 0.5,
            base: 'people',
            due: '2008-02-29',
            shareBy: null,
          },
        ],
      },
    ],
    reporting: { deadline: '17:30', expected: 'workdays', graceDays: 0, reviewLevels: 0 },
    roles: { office: both('office'), district: both('district'), legal: both('legal'), viewer: both('viewer') },
    pace: { severe: -5 },
    issues: { series: 'T〔{year}〕{n}', categories: [{ key: 'fee', name: both('fee') }] },
    regulation: { name: both('measure'), articles: [{ key: 'fees', number: null, subject: both('fees') }] },
    notes: [],
    ...overrides,
  }
}

/** A rollout of 100 streets whose figures are published day by day and revised for ten days, like a replay's. */
import type { CommandData } from '../../shared/command.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'

const STREETS = 100
const START = '2020-01-01'
const COUNTERS = ['accepted', 'approved', 'produced', 'issued']

const both = (name: string) => ({ zh: name, en: name })

export const programme: Programme = {
  key: 'bench',
  name: both('Bench'),
  item: both('things'),
  timeZone: 'UTC',
  startsOn: START,
  endsOn: '2021-12-31',
  levels: ['city', 'street'].map((key) => ({ key, name: both(key) })),
  units: [
    { code: 'city', name: both('City'), short: both('City'), level: 'city', parent: null, startsOn: null },
    ...Array.from({ length: STREETS }, (_, i) => {
      const name = both(`Street ${i}`)
      return { code: `street-${i}`, name, short: name, level: 'street', parent: 'city', startsOn: null }
    }),
  ],
  counters: COUNTERS.map((key, i) => ({ key, name: both(key), within: i === 0 ? null : COUNTERS[i - 1]! })),
  calendar: { source: 'none', weekend: [], off: [], work: [] },
  bases: [],
  baselines: [
    {
      key: 'plan',
      name: both('Plan'),
      inForceFrom: START,
      official: true,
      targets: [
        {
          key: 'all',
          name: both('All'),
          unit: 'city',
          measure: 'count',
          counter: 'issued',
          threshold: 10_000_000,
          base: null,
          due: '2021-12-31',
          path: { from: START, start: {}, ramp: { workdays: 0, from: 1 } },
          allocation: {},
          shareBy: null,
        },
      ],
    },
  ],
  reporting: { deadline: '18:00', expected: 'everyDay', graceDays: 0, reviewLevels: 0 },
  roles: { office: both('Office'), district: both('District'), legal: both('Legal'), viewer: both('Viewer') },
  pace: { severe: -5 },
  issues: { series: '{year}/{n}', categories: [{ key: 'other', name: both('Other') }] },
  regulation: { name: both('None'), articles: [] },
  notes: [],
}

export type Item = CommandData<'SubmitReports'>['items'][number]

/** One day's publication: today's first values, and the days before counted again. */
export interface Publication {
  day: Day
  items: Item[]
}

/** Days of which a publication brings figures. */
const REACH = 10

/** Each publication has a first value of every street for its day, and nine revisions of earlier days; nothing in them is unusual. */
export function publicationsOf(reports: number): Publication[] {
  const each = STREETS * REACH
  return Array.from({ length: reports / each }, (_, p) => {
    const items: Item[] = []
    for (let back = 0; back < REACH; back++)
      for (let street = 0; street < STREETS; street++) items.push(itemOf(street, p + REACH - 1 - back, back, p))
    return { day: addDays(START, p + REACH - 1), items }
  })
}

function itemOf(street: number, day: number, back: number, publication: number): Item {
  const issued = 500 + street * 7 + ((day * 37) % 41) + back
  const values = { accepted: issued + 9, approved: issued + 6, produced: issued + 3, issued }
  const item = { unit: `street-${street}`, day: addDays(START, day), values, basedOn: 0 }
  if (back === 0) return item
  const type = publication === 0 ? 'late' : 'corrected'
  return { ...item, type, reason: `Published on day ${publication} at 18:00Z` }
}

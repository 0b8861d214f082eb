/** Rollouts of many streets as programmes and commands: figures published day by day and revised, or reviewed and moved about. */
import type { Answer, CommandKind } from '../../shared/command.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Core, SYSTEM } from '../../server/core/core.ts'

const START = '2008-01-01'
const COUNTERS = ['applications', 'cleared', 'produced', 'issued']

const both = (name: string) => ({ zh: name, en: name })

export interface Shape {
  /** 100 unless told */
  streets?: number
  /** last day of the programme; the year after the start's unless told */
  endsOn?: Day
  reviewLevels?: number
  /** streets that end on a day and go into the one before them */
  ended?: { every: number; on: Day }
}

export function programmeOf({
  streets: count = 100,
  endsOn = '2009-12-31',
  reviewLevels = 0,
  ended,
}: Shape = {}): Programme {
  const streets = Array.from({ length: count }, (_, i) => {
    const name = both(`Street ${i}`)
    const ends = ended !== undefined && i % ended.every === 1
    const end = ends ? { endsOn: ended.on, into: `street-${i - 1}` } : { endsOn: null, into: null }
    return {
      code: `street-${i}`,
      name,
      short: name,
      level: 'street',
      parent: 'city',
      startsOn: null,
      expected: null,
      ...end,
    }
  })
  const city = { code: 'city', name: both('City'), short: both('City'), level: 'city', parent: null }
  return {
    key: 'bench',
    name: both('Bench'),
    item: both('things'),
    timeZone: 'UTC',
    startsOn: START,
    endsOn,
    levels: ['city', 'street'].map((key) => ({ key, name: both(key) })),
    units: [{ ...city, startsOn: null, endsOn: null, into: null, expected: null }, ...streets],
    counters: COUNTERS.map((key, i) => ({
      key,
      name: both(key),
      within: i === 0 ? null : COUNTERS[i - 1]!,
      expected: null,
    })),
    calendar: { source: { zh: 'none', en: 'none' }, weekend: [], off: [], work: [] },
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
            due: endsOn,
            path: { from: START, start: {}, ramp: { workdays: 0, from: 1 } },
            allocation: {},
            shareBy: null,
          },
        ],
      },
    ],
    reporting: { deadline: '18:00', expected: 'everyDay', graceDays: 0, reviewLevels },
    roles: { office: both('Office'), district: both('District'), legal: both('Legal'), viewer: both('Viewer') },
    pace: { severe: -5 },
    issues: { series: '{year}/{n}', categories: [{ key: 'other', name: both('Other') }] },
    regulation: { name: both('None'), articles: [] },
    notes: [],
  }
}

/** Two of the office, so that one reviews what the other has entered. */
export const MEMBERS = ['office', 'reviewer'] as const

/** Sends commands, each with an id of its own, and throws when one is refused. */
export interface Sender {
  send(by: Actor, kind: CommandKind, data: unknown): Promise<Accepted>
  /** reports, based on all that has been answered so far */
  submit(by: Actor, items: readonly Item[]): Promise<Accepted>
  /** seq of the latest answer */
  seen(): number
}

type Accepted = Extract<Answer, { ok: true }>
export type Item = Omit<ReportItem, 'basedOn'>

export function createSender(core: Core): Sender {
  let sent = 0
  let seen = 0
  const send: Sender['send'] = async (by, kind, data) => {
    const answer = await core.dispatch({ id: `bench-${String(sent++).padStart(8, '0')}`, kind, data }, by)
    if (!answer.ok) throw new Error(`${kind}: ${JSON.stringify(answer.refusals.slice(0, 3))}`)
    seen = Math.max(seen, answer.seq)
    return answer
  }
  return {
    send,
    submit: (by, items) =>
      send(by, 'SubmitReports', { items: items.map((item): ReportItem => ({ ...item, basedOn: seen })) }),
    seen: () => seen,
  }
}

/** Opens the programme and adds the members. */
export async function openWorkload(
  core: Core,
  { send }: Sender,
  programme: Programme,
): Promise<Record<(typeof MEMBERS)[number], Actor>> {
  await send(SYSTEM, 'OpenProgramme', { programme, origin: 'simulated' })
  for (const member of MEMBERS) await send(SYSTEM, 'AddMember', { member, name: member, role: 'office', unit: 'city' })
  return { office: core.actor('office')!, reviewer: core.actor('reviewer')! }
}

/** One day's publication: today's first values, and days before counted again. */
export interface Publication {
  day: Day
  items: Item[]
}

/** `revisions` of earlier days go with each day's first values. Nothing in them is unusual. */
export function publicationsOf(publications: number, revisions = 9, streets = 100): Publication[] {
  return Array.from({ length: publications }, (_, p) => {
    const items: Item[] = []
    for (let back = 0; back <= revisions; back++)
      for (let street = 0; street < streets; street++) items.push(itemOf(street, p + revisions - back, back, p))
    return { day: addDays(START, p + revisions), items }
  })
}

/** Values of a street for a day, counted for the nth time. */
function valuesOf(street: number, day: number, back: number): Record<string, number> {
  const issued = 500 + street * 7 + ((day * 37) % 41) + back
  return { applications: issued + 9, cleared: issued + 6, produced: issued + 3, issued }
}

function itemOf(street: number, day: number, back: number, publication: number): Item {
  const item = { unit: `street-${street}`, day: addDays(START, day), values: valuesOf(street, day, back) }
  if (back === 0) return item
  const type = publication === 0 ? 'late' : 'corrected'
  return { ...item, type, reason: `Published on day ${publication} at 18:00Z` }
}

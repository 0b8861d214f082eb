/** Two officials and three reviewers of the tiny programme, and any order of what they send about a few reports (fast-check). */
import * as fc from 'fast-check'
import type { CommandKind } from '../../shared/command.ts'
import { isOpenState } from '../../shared/domain/carrying.ts'
import type { Figure } from '../../shared/domain/cells.ts'
import { standing } from '../../shared/domain/inquiry.ts'
import { ASKED, QUESTIONS } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import { qualityQuestions } from '../../shared/quality/questions.ts'
import { sceneIn } from '../../shared/quality/scene.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { type FileStep, fileSteps } from './imports.ts'
import { districtA, office, otherA } from './people.ts'

/** With two levels of review it is of the first, with one of none. */
export const streetsReviewer: Actor = {
  ...{ id: 'reviewerA', name: 'Reviewer A', role: 'district', unit: 'A' },
  tasks: ['review'],
}
export const cityReviewer: Actor = {
  ...{ id: 'reviewerC', name: 'Reviewer C', role: 'office', unit: 'C' },
  tasks: ['review'],
}

const UNITS = ['A1', 'A2', 'B1']
/** of a figure that was ever given */
const GIVEN = ['submitted', 'approved', 'returned', 'disputed'] as const
/** a Monday and the two days after it, the last of them today at first */
export const REPORT_DAYS = ['2008-01-07', '2008-01-08', '2008-01-09']
const COUNTERS = ['accepted', 'issued']

/**
 * What is sent; `data` undefined = there is nothing to send it about. `again`: the command before that many others, as it was.
 * `restart`: whoever projects goes on from a saved state.
 */
export type Step =
  | { by: Actor; kind: CommandKind; data(world: World, own: readonly string[]): unknown; look: boolean }
  | { again: number; look: boolean }
  | { restart: true; look: boolean }
  | FileStep

interface Cell {
  unit: string
  day: string
}

/** mostly one report, so that people get into each other's way */
const cell = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom({ unit: 'A1', day: '2008-01-08' }) },
  { weight: 1, arbitrary: fc.record({ unit: fc.constantFrom(...UNITS), day: fc.constantFrom(...REPORT_DAYS) }) },
)
const official = fc.constantFrom(districtA, districtA, otherA, otherA, office)
const reviewer = fc.constantFrom(streetsReviewer, cityReviewer, office, otherA)
const anybody = fc.constantFrom(districtA, otherA, streetsReviewer, cityReviewer, office)
const named = fc.subarray(COUNTERS, { minLength: 1 })
const values = fc.dictionary(fc.constantFrom(...COUNTERS), fc.oneof(fc.constantFrom(0, 1, 10, 25_000), fc.nat(200)), {
  minKeys: 1,
})
/** running totals, alone or beside the values */
const totals = fc.option(
  fc.dictionary(fc.constantFrom(...COUNTERS), fc.integer({ min: 480, max: 560 }), { minKeys: 1 }),
  {
    freq: 2,
    nil: undefined,
  },
)
const text = fc.constantFrom('because', 'a box was found')
/** mostly what stands; sometimes older, or the id of a command of one's own */
const basis = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ back: 0, own: false }) },
  { weight: 1, arbitrary: fc.record({ back: fc.constantFrom(3, 8, 1_000), own: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ back: fc.nat(3), own: fc.constant(true) }) },
)
const basedOn = ({ back, own }: { back: number; own: boolean }, { seq }: World, ids: readonly string[]) =>
  (own ? ids.at(-1 - back) : undefined) ?? Math.max(0, seq - back)

const figureAt = (world: World, { unit, day }: Cell, key: string): Figure =>
  world.cells.figure(unit, dayNumber(day), world.setting!.counters.get(key)!)

/** Figures of a report that are in one of these states, with their versions; undefined when there are none. */
function versionsOf(world: World, at: Cell, keys: readonly string[], ...states: Figure['state'][]) {
  const found = keys.flatMap((key) => {
    const { state, version } = figureAt(world, at, key)
    return states.includes(state) ? [[key, version] as const] : []
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** Reports of which some figure is like this. */
const reportsWith = (world: World, fits: (figure: Figure, at: Cell, key: string) => boolean) =>
  UNITS.flatMap((unit) => REPORT_DAYS.map((day) => ({ unit, day }))).flatMap((at) => {
    const counters = COUNTERS.filter((key) => fits(figureAt(world, at, key), at, key))
    return counters.length === 0 ? [] : [{ ...at, counters }]
  })

/** All that keeps a lock from these days, named as a lock names it. */
const openThrough = (world: World, through: string) =>
  reportsWith(world, ({ state }, { day }) => day <= through && isOpenState(state))

type Made = Omit<Extract<Step, { kind: CommandKind }>, 'look'>
const step = <X>(
  arbitrary: fc.Arbitrary<X>,
  by: fc.Arbitrary<Actor>,
  kind: CommandKind,
  data: (x: X) => Made['data'],
) => fc.record({ by, x: arbitrary }).map(({ by, x }): Made => ({ by, kind, data: data(x) }))

const item = fc.record({
  at: cell,
  values,
  totals,
  isBare: fc.boolean(),
  holds: fc.constantFrom({}, {}, { accepted: 'in', issued: 'in' }, { accepted: 'out', issued: 'out' }),
  basis,
  type: fc.constantFrom('corrected', 'corrected', 'corrected', 'reduced', undefined),
  confirmed: fc.constantFrom([...ASKED], [...ASKED], []),
  onConflict: fc.constantFrom(undefined, 'refuse'),
})
const submits = step(
  fc.record({ items: fc.array(item, { minLength: 1, maxLength: 3 }), partial: fc.boolean() }),
  official,
  'SubmitReports',
  ({ items, partial }) =>
    (world, own) => ({
      items: items.map(({ at, basis, type, isBare, ...rest }) => ({
        ...at,
        ...(JSON.parse(JSON.stringify(rest)) as object),
        ...(isBare && rest.totals !== undefined && { values: {} }),
        // a first value takes no correction
        ...(type !== undefined &&
          versionsOf(world, at, Object.keys({ ...rest.values, ...rest.totals }), ...GIVEN) && { type }),
        ...{ basedOn: basedOn(basis, world, own), reason: 'because' },
      })),
      ...(partial && { partial }),
    }),
)
const withdrawals = step(
  fc.record({ at: cell, counters: named, basis }),
  official,
  'WithdrawReports',
  ({ at, counters, basis }) =>
    (world, own) => ({ items: [{ ...at, counters, basedOn: basedOn(basis, world, own) }], reason: 'because' }),
)
const settlements = step(
  fc.record({ nth: fc.nat(9), to: fc.nat(200) }),
  official,
  'SettleDispute',
  ({ nth, to }) =>
    (world) => {
      const disputed = reportsWith(world, ({ state }) => state === 'disputed')
      if (disputed.length === 0) return undefined
      const { counters, ...at } = disputed[nth % disputed.length]!
      const values = Object.fromEntries(counters.map((key) => [key, to]))
      return { ...at, values, basedOn: world.seq, reason: 'because', confirmed: [...QUESTIONS] }
    },
)
const moves = step(
  fc.record({ from: cell, to: cell, counters: named, back: fc.constantFrom(0, 0, 0, 5) }),
  official,
  'ReattributeReports',
  ({ from, to, counters, back }) =>
    ({ seq }) => ({
      ...{ from: { ...from, basedOn: seq - back }, to: { ...to, basedOn: seq - back } },
      ...{ counters, reason: 'because', confirmed: [...QUESTIONS] },
    }),
)
const offers = fc
  .record({ accept: fc.boolean(), by: fc.constantFrom(office, districtA) })
  .map(({ accept, by }): Made => ({
    ...{ by, kind: accept ? 'AcceptReattribution' : 'DeclineReattribution' },
    data: ({ offers, seq }) =>
      offers.size === 0
        ? undefined
        : { offer: offers.size, ...(accept ? { basedOn: seq, confirmed: [...QUESTIONS] } : { reason: 'because' }) },
  }))
/** of several reports at once, as they are sent from the queue; now and then of what does not wait */
const reviews = fc
  .record({ by: reviewer, cells: fc.uniqueArray(cell, { minLength: 1, maxLength: 3, selector: keyOf }), keys: named })
  .chain((x) => fc.record({ x: fc.constant(x), back: fc.constantFrom(false, false, true), any: fc.nat(9) }))
  .map(({ x: { by, cells, keys }, back, any }): Made => ({
    ...{ by, kind: back ? 'ReturnReports' : 'ApproveReports' },
    data(world) {
      const states: Figure['state'][] = any === 0 ? ['approved', 'returned'] : ['submitted']
      const items = cells.flatMap((at) => {
        const versions = versionsOf(world, at, keys, ...states)
        return versions === undefined ? [] : [{ ...at, versions }]
      })
      return items.length === 0 ? undefined : { items, ...(back && { reason: 'because' }) }
    },
  }))
const questions = step(
  fc.record({ at: cell, keys: named, text }),
  reviewer,
  'AskAboutFigures',
  ({ at, keys, text }) =>
    (world) => {
      const versions = versionsOf(world, at, keys, 'submitted')
      return versions && { ...at, versions, text }
    },
)
const answers = step(fc.record({ nth: fc.nat(9), text }), anybody, 'AnswerInquiry', ({ nth, text }) => (world) => {
  const open = reportsWith(world, (_, at, key) =>
    standing(world, at).some(({ counter, answer }) => counter === key && answer === undefined),
  )
  return open.length === 0 ? undefined : { ...open[nth % open.length]!, text }
})
/** what the tests of quality ask about a report, and nobody has answered for its version */
const said = step(fc.record({ at: cell, text }), anybody, 'AnswerQuestions', ({ at, text }) => (world) => {
  const asked = qualityQuestions(sceneIn(world, world.setting!), at.unit, at.day)
  if (asked.length === 0) return undefined
  const codes: Record<string, string[]> = {}
  for (const { counter, code } of asked) (codes[COUNTERS[counter]!] ??= []).push(code)
  const versions = Object.fromEntries(Object.keys(codes).map((key) => [key, figureAt(world, at, key).version]))
  return { ...at, versions, codes, text }
})
const day = fc.constantFrom(...REPORT_DAYS.slice(0, 2))
const locks = step(
  fc.record({ through: day, carry: fc.constantFrom(true, true, false) }),
  fc.constant(office),
  'LockPeriod',
  ({ through, carry }) =>
    (world) => {
      const carried = carry ? openThrough(world, through) : []
      return { through, ...(carried.length > 0 && { carried }) }
    },
)
const reopenings = step(day, fc.constant(office), 'ReopenPeriod', (from) => () => ({ from, reason: 'because' }))
const clock = fc.constantFrom<Made[]>(
  { by: SYSTEM, kind: 'BeginDay', data: () => ({ day: '2008-01-10' }) },
  { by: SYSTEM, kind: 'PassDeadline', data: ({ today }) => ({ day: today! }) },
  { by: SYSTEM, kind: 'Escalate', data: () => ({ official: REPORT_DAYS[0], supervision: REPORT_DAYS[0] }) },
)
/** mostly of the day that no report is about, so that there is something left to take up */
const takings = step(
  fc.record({ text, any: fc.nat(4) }),
  fc.constant(office),
  'TakeDayBack',
  ({ text, any }) =>
    ({ today }) =>
      any > 0 && today! <= REPORT_DAYS[2]! ? undefined : { day: today!, reason: text },
)
const reminders = step(cell, fc.constant(office), 'RemindOfficials', (at) => () => ({ cells: [at], text: 'please' }))

function keyOf({ unit, day }: Cell): string {
  return `${unit}/${day}`
}

const look = fc.constantFrom(true, false, false, false)
const sent = fc
  .oneof(
    { weight: 9, arbitrary: submits },
    { weight: 9, arbitrary: reviews },
    { weight: 3, arbitrary: withdrawals },
    { weight: 8, arbitrary: settlements },
    { weight: 4, arbitrary: moves },
    { weight: 1, arbitrary: offers },
    { weight: 2, arbitrary: questions },
    { weight: 2, arbitrary: answers },
    { weight: 1, arbitrary: said },
    { weight: 1, arbitrary: takings },
    { weight: 2, arbitrary: locks },
    { weight: 1, arbitrary: reopenings },
    { weight: 2, arbitrary: clock },
    { weight: 1, arbitrary: reminders },
  )
  .chain((made) => look.map((looks): Step => ({ ...made, look: looks })))
const repeated = fc.record({ again: fc.nat(20), look })
const restarts = fc.record({ restart: fc.constant(true as const), look })

/** Any order of them, `most` at most. */
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 18, arbitrary: sent },
      { weight: 4, arbitrary: fileSteps(REPORT_DAYS, UNITS) },
      { weight: 2, arbitrary: repeated },
      { weight: 1, arbitrary: restarts },
    ),
    {
      minLength: Math.min(most, 10),
      maxLength: most,
      size: 'max',
    },
  )

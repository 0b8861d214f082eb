/** Any order of what two officials and their reviewers send leaves every total the sum of its breakdown, and every row that of a fresh fold. */
import { deserialize, serialize } from 'node:v8'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createProjector, type Projector } from '../../server/live/projector.ts'
import { restoreState, saveState } from '../../server/live/state.ts'
import { breakdownOf, breakdownOn, estimateOn } from '../../server/live/sums.ts'
import { SYSTEM } from '../../server/core/core.ts'
import type { Answer, CommandKind } from '../../shared/command.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import { dayOf } from '../../shared/progress/day.ts'
import type { Breakdown } from '../../shared/progress/breakdown.ts'
import { breakdownByHand, daysOf } from '../support/byHand.ts'
import { type Bench, newId, startBench } from '../support/core.ts'
import {
  freshFold,
  heldBy,
  liveChanges,
  logOf,
  missingFrom,
  rowsIn,
  take,
  type Watcher,
  watcher,
} from '../support/equation.ts'
import { type FileStep, importer } from '../support/imports.ts'
import { cityReviewer, REPORT_DAYS, type Step, steps, streetsReviewer } from '../support/officials.ts'
import { tinyProgramme } from '../support/programme.ts'

/** orders of each number of levels */
const RUNS = process.env.FULL === undefined ? 24 : 240
const UNITS = ['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2']
const SCOPES = [
  ...UNITS.map((unit) => `unit:${unit}`),
  ...['C', 'A', 'A1'].flatMap((unit) => ['queue', 'work', 'calendar', 'silence'].map((kind) => `${kind}:${unit}`)),
  ...REPORT_DAYS.map((day) => `sheet:C/${day}`),
  'history:report/A1/2008-01-08',
  'history:period',
]
/** kinds of what was accepted, and of events, by levels: what the orders have been through */
const seen = new Map<number, Set<string>>()

/** Figures as they were given: what would be the total if all that was reported counted. */
function reported(world: World, unit: string, counter: number): number {
  const values = world.setting!.units.leaves(unit).flatMap((leaf) =>
    daysOf(world).map((day) => {
      const { state, value, approved, claim } = world.cells.figure(leaf, day, counter)
      return (state === 'disputed' && approved !== null && value === approved ? claim!.value : value) ?? 0
    }),
  )
  return values.reduce((sum, n) => sum + n, 0)
}

const whole = ({ approved, waiting, disputed, returned }: Breakdown): number[] =>
  approved.map((n, c) => [waiting, disputed, returned].reduce((sum, { up, down }) => sum + up[c]! - down[c]!, n))

/** Every total of the ledger: the sum of its parts, of its figures by hand, of the units below it and of its days. */
function holdTotals({ world, ledger }: ReturnType<Projector['state']>): void {
  const { units, programme } = world.setting!
  const days = daysOf(world)
  for (const unit of UNITS) {
    const total = breakdownOf(ledger!, unit)
    const { missing, ...parts } = total
    expect(parts, `parts of ${unit}`).toEqual(breakdownByHand(world, unit, days))
    expect(whole(total), `${unit}: parts make what was reported`).toEqual(
      programme.counters.map((_, c) => reported(world, unit, c)),
    )
    const owed = programme.counters.map((_, c) =>
      units
        .leaves(unit)
        .flatMap((leaf) => days.map((day) => estimateOn(ledger!, leaf, day)?.[c] ?? 0))
        .reduce((sum, n) => sum + n, 0),
    )
    expect(missing, `missing of ${unit}`).toEqual(owed)
    for (const add of [whole, (x: Breakdown) => [...x.approved], (x: Breakdown) => [...x.missing]]) {
      const sumOf = (all: Breakdown[]) => programme.counters.map((_, c) => all.reduce((sum, x) => sum + add(x)[c]!, 0))
      expect(sumOf(days.map((day) => breakdownOn(ledger!, unit, day))), `days of ${unit}`).toEqual(add(total))
      if (units.isLeaf(unit)) continue
      const below = units.children(unit).map((child) => breakdownOf(ledger!, child))
      expect(sumOf(below), `units below ${unit}`).toEqual(add(total))
    }
  }
}

/** Running totals by unit, counter and day. */
const totalsIn = ({ totals }: World): Map<string, number> =>
  new Map(
    [...totals.entries()].flatMap(([name, all]) =>
      all.map(({ day, total }) => [`${name}/${dayOf(day)}`, total] as const),
    ),
  )

/** Nothing but giving a running total anew has made it another one (F25). */
function holdTold(before: ReadonlyMap<string, number>, world: World, data: object): void {
  const items = 'items' in data ? (data.items as readonly { unit: string; day: string; totals?: Values }[]) : []
  for (const [name, total] of totalsIn(world)) {
    const [unit, counter, day] = name.split('/') as [string, string, string]
    if (before.get(name) !== total)
      expect(
        items.map((item) => item.unit === unit && item.day === day && item.totals?.[counter]),
        name,
      ).toContain(total)
  }
}

/** What is approved counts as it stands, nothing waits that every level has approved, and no day is below zero. */
function holdStates(world: World): void {
  for (const unit of ['A1', 'A2', 'B1'])
    for (const day of daysOf(world))
      for (const counter of [0, 1]) {
        const { state, level, approved, value } = world.cells.figure(unit, day, counter)
        expect(value ?? 0, `${unit} ${day}`).toBeGreaterThanOrEqual(0)
        if (state === 'approved') expect(approved, `${unit} ${day}`).toBe(value)
        if (state === 'submitted')
          expect(level, `${unit} ${day}`).toBeLessThan(world.setting!.programme.reporting.reviewLevels)
      }
}

async function holdRows(bench: Bench, watchers: readonly Watcher[]): Promise<void> {
  const events = await logOf(bench.store)
  const fresh = freshFold(events)
  for (const w of watchers) {
    take(w, await liveChanges(bench, w.scope, w.at))
    expect(heldBy(w), w.scope).toEqual(rowsIn(fresh.state(), w.scope, events))
  }
  holdTotals(fresh.state())
}

/** Some of the items were left out. */
const isSplit = (answer: Answer): boolean => answer.ok && (answer.refused?.length ?? 0) > 0

async function run(levels: number, order: readonly Step[]): Promise<void> {
  const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels: levels } })
  const bench = await startBench({ programme, day: REPORT_DAYS[2]!, tickMs: 0 })
  for (const { id, name, role, unit, tasks } of [streetsReviewer, cityReviewer])
    await bench.must(SYSTEM, 'AddMember', { member: id, name, role: role as 'office', unit, tasks: [...tasks!] })
  const known = seen.get(levels) ?? new Set<string>()
  seen.set(levels, known)
  let live = createProjector({ now: () => 0 })
  const catchUp = async () => live.fold(await bench.store.read(live.state().world.seq, 1_000_000))
  await catchUp()
  const watchers = SCOPES.map(watcher)
  await holdRows(bench, watchers)
  const sent: { call: Parameters<Bench['core']['dispatch']>; answer: string }[] = []
  const files = importer(bench.core)
  async function send(by: Actor, kind: CommandKind, data: object): Promise<Answer> {
    const call: (typeof sent)[number]['call'] = [{ id: newId(), kind, data }, by]
    const answer = await bench.core.dispatch(...call)
    sent.push({ call, answer: JSON.stringify(answer) })
    if (answer.ok) known.add(isSplit(answer) ? 'partial' : kind)
    else for (const { code } of answer.refusals) known.add(code)
    const last = live.state().world.seq
    const told = totalsIn(live.state().world)
    await catchUp()
    holdTold(told, live.state().world, data)
    if (!answer.ok) expect(live.state().world.seq, 'a refusal writes nothing').toBe(last)
    return answer
  }
  async function sendFile(step: FileStep, before: number): Promise<void> {
    const offer = await files.offer(step, live.state().world)
    expect(await bench.store.head(), 'F15 a check writes nothing').toBe(before)
    if (offer === undefined) return
    const answer = await send(offer.by, 'SubmitReports', { items: offer.items })
    known.add(
      `${'giveAgain' in step ? 'again' : offer.fresh ? 'at once' : 'later'}: ${answer.ok ? 'taken' : 'refused'}`,
    )
    if (!offer.fresh) return
    expect(answer.ok ? [] : answer.refusals, `F15 what is offered is taken: ${offer.text}`).toEqual([])
    await files.holdSent(offer)
  }
  for (const step of order) {
    const before = await bench.store.head()
    if ('restart' in step) {
      // through bytes, as a checkpoint goes
      const state = restoreState(deserialize(serialize(saveState(live.state()))))
      live = createProjector({ now: () => 0, state })
      known.add('restart')
    } else if ('again' in step) {
      const earlier = sent.at(-1 - step.again)
      if (earlier === undefined) continue
      const answer = await bench.core.dispatch(...earlier.call)
      // what was refused may be accepted by now
      await catchUp()
      if (!(JSON.parse(earlier.answer) as Answer).ok) continue
      known.add('again')
      expect(JSON.stringify(answer), 'a retry has the answer that it had').toBe(earlier.answer)
      expect(await bench.store.head(), 'and writes nothing').toBe(before)
    } else if ('kind' in step) {
      const own = sent.filter(({ call }) => call[1].id === step.by.id).map(({ call }) => (call[0] as { id: string }).id)
      const data = step.data(live.state().world, own)
      if (data === undefined) continue
      await send(step.by, step.kind, data as object)
    } else {
      await sendFile(step, before)
    }
    if (step.look) await holdRows(bench, watchers)
    holdTotals(live.state())
    holdStates(live.state().world)
  }
  await catchUp()
  await holdRows(bench, watchers)
  const log = await logOf(bench.store)
  expect(missingFrom(log), 'the log is whole to whoever checks it').toEqual([])
  for (const { type, data } of log) {
    known.add(type)
    if (type === 'PeriodLocked' && data.carried !== undefined) known.add('carried')
  }
  await bench.close()
}

const EVERYWHERE = [
  'SubmitReports',
  'SettleDispute',
  'WithdrawReports',
  'ReattributeReports',
  'LockPeriod',
  'ReopenPeriod',
  'again',
  'AnswerQuestions',
  'TakeDayBack',
  'partial',
  'restart',
  'report.stale',
  'TotalsReported',
  'total.fall',
  'at once: taken',
  'again: taken',
  'later: taken',
  'later: refused',
]
const REVIEWED = ['ApproveReports', 'ReturnReports', 'AskAboutFigures', 'AnswerInquiry', 'carried', 'review.own']

describe('U7 K1 K3 K5 P4 L15 F15 F17 F21 F24 F25 F34 any order leaves every total the sum of its breakdown', () => {
  for (const levels of [0, 1, 2]) {
    test(`with ${levels} levels of review`, { timeout: 15_000 * RUNS }, async () => {
      await fc.assert(
        fc.asyncProperty(steps(60), (order) => run(levels, order)),
        // seeded, so that what the orders have been through stays the same
        { numRuns: RUNS, seed: 2009 + levels },
      )
    })
  }

  test('the orders have been through everything', () => {
    const [none, one, two] = [0, 1, 2].map((levels) => seen.get(levels)!) as [Set<string>, Set<string>, Set<string>]
    const reviewed = one.union(two)
    expect(EVERYWHERE.filter((what) => !reviewed.union(none).has(what))).toEqual([])
    expect(REVIEWED.filter((what) => !reviewed.has(what))).toEqual([])
    expect(two).toContain('review.level')
  })
})

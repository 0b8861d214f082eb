/** What a total is made of, against a count by hand over the figures as they stand. */
import { describe, expect, test } from 'vitest'
import type { State } from '../../server/live/state.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import {
  breakdownOf,
  breakdownOn,
  countedThroughReference,
  estimateOn,
  reachedOf,
  reportsOf,
  weekToDue,
} from '../../server/live/sums.ts'
import { accountOf } from '../../server/live/ledger.ts'
import { usualValues } from '../../shared/domain/asking.ts'
import type { Figure } from '../../shared/domain/cells.ts'
import { dueThrough } from '../../shared/domain/world.ts'
import { movesClock, type Recorded } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { median } from '../../shared/progress/usual.ts'
import { breakdownByHand, daysOf, owedByHand, reachedByHand, reportsByHand } from '../support/byHand.ts'
import { chance } from '../support/chance.ts'
import { startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { logOf } from '../support/equation.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

/** The value that counts, the approved one or else the one that stands, was confirmed against a question. */
const isStoodBy = ({ value, approved, confirmed, approvedConfirmed }: Figure): boolean =>
  (approved === null || approved === value ? confirmed : approvedConfirmed) !== undefined

const UNITS = ['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2']

/** A log of disorder in a programme whose targets are near, one of them a rate. */
async function logOfDisorder(seed: number, reviewLevels: number): Promise<Recorded[]> {
  const tiny = tinyProgramme()
  const near = { ...countTarget, threshold: 1_500, path: { ...countTarget.path, from: '2008-01-07' } }
  const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, counter: 'accepted', threshold: 90 }
  const programme = tinyProgramme({
    reporting: { ...tiny.reporting, reviewLevels, graceDays: seed % 2 },
    baselines: [{ ...tiny.baselines[0]!, targets: [near, rate] }],
  })
  const bench = await startBench({ programme, day: '2008-01-08' })
  const { act } = disorder(chance(seed), '2008-01-08')
  for (let i = 0; i < 160; i++) await act(bench)
  const log = await logOf(bench.store)
  await bench.close()
  return log
}

/** Everything that the ledger says of a state, against a count by hand. */
function compare({ world, ledger }: State): void {
  const days = daysOf(world)
  const { units, programme } = world.setting!
  const due = dueThrough(world)
  for (const unit of UNITS) {
    const { missing, ...total } = breakdownOf(ledger!, unit)
    expect(total, `total of ${unit}`).toEqual(breakdownByHand(world, unit, days))
    const estimates = programme.counters.map(() => 0)
    for (const day of days) {
      const { missing: owed, ...on } = breakdownOn(ledger!, unit, day)
      expect(on, `${unit} on ${day}`).toEqual(breakdownByHand(world, unit, [day]))
      const sum = programme.counters.map((_, c) =>
        units.leaves(unit).reduce((s, leaf) => s + (estimateOn(ledger!, leaf, day)?.[c] ?? 0), 0),
      )
      expect(owed, `missing of ${unit} on ${day}`).toEqual(sum)
      sum.forEach((n, c) => (estimates[c]! += n))
    }
    expect(missing, `missing of ${unit}`).toEqual(estimates)
    const reports = reportsByHand(world, unit)
    expect(reportsOf(ledger!, unit)).toEqual({ ...reports, expected: reports.in + reports.partial + reports.missing })
    const closed = due === null ? [] : days.filter((day) => day <= dayNumber(due))
    expect(countedThroughReference(ledger!, unit)).toEqual(breakdownByHand(world, unit, closed).approved)
    expect(weekToDue(ledger!, unit)).toMatchObject(breakdownByHand(world, unit, closed.slice(-7)))
    const stoodBy = units
      .leaves(unit)
      .flatMap((leaf) =>
        days.flatMap((day) => programme.counters.filter((__, c) => isStoodBy(world.cells.figure(leaf, day, c)))),
      )
    const { confirmed, confirmedOn } = accountOf(ledger!, unit)
    expect(confirmed).toBe(stoodBy.length)
    expect([...confirmedOn.values()].reduce((sum, n) => sum + n, 0)).toBe(confirmed)
  }
  for (const leaf of units.leaves('C'))
    for (const day of days) {
      const owed = (estimateOn(ledger!, leaf, day) ?? []).flatMap((n, c) => (n === null ? [] : [c]))
      expect(owed, `owed of ${leaf} on ${day}`).toEqual(owedByHand(world, leaf, day))
    }
}

/** Whenever the clock has moved, every estimate is what is usual then. */
function compareEstimates({ world, ledger }: State): void {
  const setting = world.setting!
  for (const leaf of setting.units.leaves('C'))
    for (const day of daysOf(world))
      estimateOn(ledger!, leaf, day)?.forEach((estimate, counter) => {
        if (estimate === null) return
        const past = usualValues(setting, world.cells, leaf, counter, day)
        expect(estimate, `${leaf} on ${day}`).toBe(past.length === 0 ? 0 : Math.round(median(past)))
      })
}

describe('every sum is the sum of the figures', () => {
  for (const [seed, reviewLevels] of [11, 12, 13, 14].map((s) => [s, s % 3] as const))
    test(`U7 U8 U9 U10 U12 C12 by part, day and unit; counts of reports; seed ${seed}, ${reviewLevels} levels`, async () => {
      const state = emptyState()
      for (const event of await logOfDisorder(seed, reviewLevels)) {
        fold(state, event)
        if (event.seq % 40 === 0) compare(state)
        if (movesClock(event)) compareEstimates(state)
      }
      compare(state)
    })

  let found = 0
  for (const [seed, reviewLevels] of [21, 22, 23, 24].map((s) => [s, s % 2] as const))
    test(`A15 A12 days reached, and what took them back, at every event; seed ${seed}, ${reviewLevels} levels`, async () => {
      const state = emptyState()
      /** the first day that was taken back, and by which event */
      type Marks = Map<string, { was: string; seq: number }>
      let marks: Marks = new Map()
      let now = new Map<string, string | null>()
      /** as it was before the events of the command */
      let first = { command: '', days: now, marks }
      for (const event of await logOfDisorder(seed, reviewLevels)) {
        const change = fold(state, event)
        if (state.ledger === null) continue
        if (event.command !== first.command) first = { command: event.command, days: now, marks }
        now = new Map()
        for (const unit of UNITS)
          for (const [target, day] of reachedByHand(state.world, unit)) now.set(`${unit} ${target}`, day)
        const { days, marks: old } = first
        const during = marks
        marks = new Map(old)
        if (change.cell !== null)
          for (const [key, day] of now) {
            const was = days.get(key) ?? null
            const mark = old.get(key)
            if (was !== null && (day === null || day > was))
              marks.set(key, mark ?? during.get(key) ?? { was, seq: event.seq })
            else if (mark !== undefined && day !== null && day <= mark.was) marks.delete(key)
          }
        for (const unit of UNITS) {
          const said = reachedOf(state.ledger, unit)
          for (const [key, day] of now) {
            const [of, target] = key.split(' ') as [string, string]
            if (of !== unit) continue
            const row = said.find((r) => `${r.baseline}/${r.target}` === target)
            expect(row?.on ?? null, `${key} at ${event.seq}`).toBe(day)
            const mark = marks.get(key)
            expect(row?.takenBack ?? undefined, `${key} at ${event.seq}`).toEqual(
              mark && (expect.objectContaining({ was: mark.was, seq: mark.seq }) as unknown),
            )
            if (mark !== undefined) found++
          }
        }
      }
    })
  test('A12 the disorder took days back', () => expect(found).toBeGreaterThan(0))
})

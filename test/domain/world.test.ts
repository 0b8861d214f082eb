import { deserialize, serialize } from 'node:v8'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsOf } from '../../shared/domain/moves.ts'
import type { Table } from '../../shared/domain/table.ts'
import { emptyWorld, forkWorld, restoreWorld, saveWorld, type World } from '../../shared/domain/world.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { partOf } from '../../shared/view/parts.ts'
import { legal } from '../support/people.ts'
import { event, fold, given, ready, reviewed } from './given.ts'
import { attempts, COUNTERS, DAYS, play, UNITS } from './random.ts'

/** The same with every table, however deep, as its entries: a table that is added to the world is read without being named. */
function tablesRead(part: unknown): unknown {
  if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
  if ('fork' in part) return [...(part as Table<unknown, unknown>).entries()]
  return Object.fromEntries(Object.entries(part).map(([name, of]) => [name, tablesRead(of)]))
}

/** Everything that can be read of a world. */
function readingsOf(world: World) {
  const { setting, cells, ...rest } = world
  const figures = UNITS.flatMap((unit) =>
    DAYS.flatMap((day) =>
      COUNTERS.map((_, c) => [
        cells.figure(unit, dayNumber(day), c),
        cells.value(unit, dayNumber(day), c),
        cells.approved(unit, dayNumber(day), c),
        cells.state(unit, dayNumber(day), c),
        cells.counted(unit, dayNumber(day), c),
        cells.totalThrough(unit, dayNumber(day), c),
        cells.latest(unit, c, dayNumber(day), dayNumber(DAYS[0]!), () => true, 2),
      ]),
    ),
  )
  return {
    ...(tablesRead(rest) as object),
    programme: setting?.programme,
    origin: setting?.origin,
    figures,
    totals: setting?.units.all.map((unit) => COUNTERS.map((_, c) => cells.total(unit, c))),
    spans: UNITS.map((unit) => cells.span(unit)),
  }
}

const levels = fc.constantFrom(0, 1, 2)

describe('a fork', () => {
  test('L3 reads as a world that has folded the same events, and leaves its base as it was', () => {
    fc.assert(
      fc.property(levels, attempts(25), attempts(25), attempts(10), (review, before, first, second) => {
        const past = reviewed(review)
        const base = given(past)
        const begun = play(base, before)
        const untouched = readingsOf(base)
        const fork = forkWorld(base)
        const then = play(fork, first)
        const further = forkWorld(fork)
        const last = play(further, second)
        expect(readingsOf(fork)).toEqual(readingsOf(given([...past, ...begun, ...then])))
        expect(readingsOf(further)).toEqual(readingsOf(given([...past, ...begun, ...then, ...last])))
        expect(readingsOf(base)).toEqual(untouched)
      }),
      { numRuns: 150 },
    )
  })

  test('L3 holds its own members, questions and clock', () => {
    const base = given(ready())
    const fork = forkWorld(base)
    const issue = { title: 'x', text: 'x', category: 'fee', unit: 'A', to: null, article: null, counters: [] }
    fold(fork, [
      event('MemberEnded', { member: 'viewer', reason: 'moved' }),
      event('IssueLogged', { ...issue, issue: 1, number: '1', from: '2008-01-10' }, legal),
      event('IssueReplied', { issue: 1, text: 'x' }, legal),
      event('DeadlinePassed', { day: '2008-01-10' }),
      event('PeriodLocked', { through: '2008-01-09' }),
    ])
    expect(fork.members.get('viewer')!.ended).toBe(true)
    expect(fork.members.size).toBe(base.members.size)
    expect([fork.issues.size, fork.issues.get(1)!.replies, fork.issueCount.get('2008')]).toEqual([1, 1, 1])
    expect([base.members.get('viewer')!.ended, base.issues.size, base.closed, base.lockedThrough]).toEqual([
      false,
      0,
      '2008-01-09',
      null,
    ])
  })

  test('L3 of an empty world takes a programme that is opened in it', () => {
    const base = emptyWorld()
    const fork = forkWorld(base)
    fold(fork, ready())
    expect(readingsOf(fork)).toEqual(readingsOf(given(ready())))
    expect([base.setting, base.seq, base.members.size]).toEqual([null, 0, 0])
  })
})

describe('saving', () => {
  test('S17 a world that was saved and restored reads the same, and folds on alike', () => {
    fc.assert(
      fc.property(levels, attempts(25), attempts(15), (review, before, after) => {
        const world = given(reviewed(review))
        play(world, before)
        const saved: unknown = deserialize(serialize(saveWorld(world)))
        const restored = restoreWorld(saved as ReturnType<typeof saveWorld>)
        const now = readingsOf(world)
        expect(readingsOf(restored)).toEqual(now)
        play(restored, after)
        expect(readingsOf(world)).toEqual(now)
        play(world, after)
        expect(readingsOf(restored)).toEqual(readingsOf(world))
      }),
      { numRuns: 100 },
    )
  })

  test('S17 what was saved is not touched by what is folded afterwards', () => {
    const world = given(ready())
    const early = structuredClone(saveWorld(world))
    const saved = saveWorld(world)
    play(world, fc.sample(attempts(30), { numRuns: 1, seed: 7 })[0]!)
    expect(saved).toEqual(early)
    expect(readingsOf(restoreWorld(saveWorld(emptyWorld())))).toEqual(readingsOf(emptyWorld()))
  })
})

describe('what a figure holds', () => {
  test('U7 R38 approved, ups and downs make the newest values, but where an approved value is disputed', () => {
    fc.assert(
      fc.property(levels, attempts(40), (review, tries) => {
        const world = given(reviewed(review))
        play(world, tries)
        for (const unit of UNITS)
          COUNTERS.forEach((_, c) => {
            let sum = 0
            for (const day of DAYS) {
              const figure = world.cells.figure(unit, dayNumber(day), c)
              const { approved, shift } = partOf(figure)
              const disputed =
                figure.claim !== undefined && figure.approved !== null && figure.value === figure.approved
              expect(approved + shift).toBe(disputed ? figure.claim!.value : (figure.value ?? 0))
              // what waits to be taken back is counted until then, and what waits to be moved where it goes
              const newest = figure.returned === undefined ? figure.value : null
              sum += newest ?? (figure.approved ?? 0) - (figure.away ?? 0)
            }
            expect(world.cells.total(unit, c)).toBe(sum)
          })
        for (const c of COUNTERS.keys())
          expect(world.cells.total('C', c)).toBe(UNITS.reduce((sum, unit) => sum + world.cells.total(unit, c), 0))
      }),
      { numRuns: 150 },
    )
  })

  test('R30 D13 R38 the states that a figure can have', () => {
    fc.assert(
      fc.property(levels, attempts(40), (review, tries) => {
        const world = given(reviewed(review))
        play(world, tries)
        for (const unit of UNITS)
          for (const day of DAYS)
            COUNTERS.forEach((_, c) => {
              const figure = world.cells.figure(unit, dayNumber(day), c)
              const { value, approved, state, claim, returned, level, version, foreign } = figure
              expect(claim !== undefined).toBe(state === 'disputed')
              if (review === 0) expect(approved).toBe(state === 'disputed' ? null : value)
              if (state === 'blank') expect([value, approved]).toEqual([null, null])
              if (state === 'approved') expect(approved).toBe(value)
              if (state === 'submitted') expect(approved).not.toBe(value)
              if (state === 'returned') expect(returned).toBeDefined()
              expect(level).toBeLessThanOrEqual(review)
              expect(foreign).toBeLessThan(Math.max(1, version))
              if (figure.moves !== undefined) expect(['submitted', 'returned', 'disputed']).toContain(state)
              if (figure.away === undefined) return
              expect(figure.moves).toBeDefined()
              expect(figure.away).toBeLessThanOrEqual(approved!)
              // what does not count here is part of a value that counts elsewhere
              const parts = partsOf(world, { unit, day }, COUNTERS[c]!).map((part) =>
                world.cells.figure(part.unit, dayNumber(part.day), c),
              )
              const counted = parts.filter((part) => part.returned === undefined)
              const [away, there] = [parts.map((part) => part.away ?? 0), counted.map((part) => part.value ?? 0)]
              const sum = (list: readonly number[]) => list.reduce((s, n) => s + n, 0)
              expect(sum(away)).toBeLessThanOrEqual(sum(there))
              if (figure.approvedConfirmed !== undefined) expect(approved).not.toBe(value)
            })
      }),
      { numRuns: 150 },
    )
  })

  test('D8 no value of anybody else is overwritten unseen', () => {
    fc.assert(
      fc.property(levels, attempts(40), (review, tries) => {
        const world = given(reviewed(review))
        for (const attempt of tries) {
          const data = attempt.data(world) as { items?: { unit: string; day: string; basedOn: number }[] }
          const before = forkWorld(world)
          const events = play(world, [{ ...attempt, data: () => data }])
          if (attempt.kind !== 'SubmitReports') continue
          const { unit, day, basedOn } = data.items![0]!
          for (const e of events)
            if (e.type === 'ReportSubmitted' || e.type === 'ReportRestated')
              for (const key of Object.keys(e.data.values)) {
                const was = before.cells.figure(unit, dayNumber(day), before.setting!.counters.get(key)!)
                expect(was.by === attempt.by.id ? was.foreign : was.version).toBeLessThanOrEqual(basedOn)
              }
        }
      }),
      { numRuns: 100 },
    )
  })
})

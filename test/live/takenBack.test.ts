/** Days that are taken back: what is left is the log in which they never began. */
import { deserialize, serialize } from 'node:v8'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SYSTEM } from '../../server/core/core.ts'
import { emptyState, fold, restoreState, saveState, type State } from '../../server/live/state.ts'
import { spanOf } from '../../server/live/views/unit.ts'
import type { World } from '../../shared/domain/world.ts'
import { dueThrough } from '../../shared/domain/world.ts'
import { cellOf, type DomainEvent, type Recorded, versionOf } from '../../shared/event.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { AT, began, event, fold as foldWorld, given, opened, type Past, passed } from '../domain/given.ts'
import { type Attempt, attempts, DAYS, play, UNITS } from '../domain/random.ts'
import { districtA, item, legal, office, startBench } from '../support/core.ts'
import { holdEquation, logOf, rowsIn, SCOPES } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'

const TODAY = '2008-01-08'
const WRONG = '2008-02-20'
const question = {
  ...{ issue: 1, number: 'T〔2008〕1', title: 'Who signs?', text: 'x', category: 'fee', unit: 'A1' },
  ...{ from: TODAY, to: null, article: null, counters: [] },
}
const CLOCK: ReadonlySet<string> = new Set(['DayBegan', 'DeadlinePassed', 'ProgrammeEnded', 'DayTakenBack'])
/** Does nothing where nothing is doubted, and keeps the seqs of what comes after. */
const NOTHING = event('DoubtEnded', { day: TODAY })

function record(log: readonly Recorded[], { by, ...next }: Past): Recorded {
  const seq = log.length + 1
  const placed = { ...(next as DomainEvent), seq, at: AT, actor: by?.id ?? 'system', command: `c-${seq}`, hash: '' }
  return { ...placed, v: versionOf(next as DomainEvent) } as Recorded
}

/** A log, and the world that decides what may be written next. */
function writer(past: readonly Past[]) {
  const world = given(past)
  const log: Recorded[] = []
  const add = (events: readonly Past[]) => {
    for (const e of events) log.push(record(log, e))
  }
  add(past)
  const write = (...events: Past[]) => {
    add(events)
    foldWorld(world, events)
  }
  return {
    log,
    write,
    attempt: (tries: readonly Attempt[]) => add(play(world, tries)),
    /** those that would be accepted */
    lock(events: readonly Past[]) {
      for (const e of events) if (isAccepted(world.lockedThrough, e)) write(e)
    },
  }
}

function isAccepted(locked: string | null, e: Past): boolean {
  if (e.type === 'PeriodLocked') return locked === null || e.data.through > locked
  if (e.type !== 'PeriodReopened') return false
  return locked !== null && (e.data.through === null || e.data.through < locked)
}

/** The event that stands in the log without the wrong day in place of one that was written on it. */
function without(world: World, e: Recorded): Recorded {
  const keep = (event: Past): Recorded => ({ ...e, ...event, v: 1 }) as Recorded
  const day = cellOf(e)?.day ?? null
  if (CLOCK.has(e.type)) return keep(NOTHING)
  if (e.type === 'PeriodLocked') return e.data.through < TODAY ? e : keep(NOTHING)
  if (e.type === 'PeriodReopened') return isAccepted(world.lockedThrough, e) ? e : keep(NOTHING)
  if (e.type === 'ReattributionOffered' || e.type === 'ReattributionDeclined') return e
  if (day !== null && day > TODAY) return keep(NOTHING)
  if (e.type !== 'ReportRestated') return e
  const due = dueThrough(world)
  const { unit, day: of, values, confirmed } = e.data
  const open = { unit, day: of, values, ...(confirmed === undefined ? {} : { confirmed }) }
  return due !== null && of <= due ? e : keep(event('ReportSubmitted', open))
}

/** Rows but for what names the log itself, and the ticker, which holds so many changes and no more. */
function comparable(state: State, scope: string, log: readonly Recorded[]): WireRow[] {
  const isOther = ([key]: WireRow) => 'ohx'.includes(key[0]!)
  return rowsIn(state, scope, log).filter((row) => !isOther(row))
}
const ticker = (state: State, unit: string) => [...(state.rings.get(unit)?.entries ?? [])].sort((a, b) => a.seq - b.seq)

describe('C18 days that are taken back', () => {
  const levels = fc.constantFrom(0, 1, 2)
  const clockOfWrongDays = fc.subarray(
    [passed(WRONG), began('2008-02-21'), event('ProgrammeEnded', { day: '2009-01-01' })],
    { minLength: 0 },
  )
  const locks = fc.array(
    fc.oneof(
      fc
        .constantFrom('2008-01-05', '2008-01-07', '2008-01-10', '2008-02-01')
        .map((through) => event('PeriodLocked', { through })),
      fc
        .constantFrom(null, '2008-01-03', '2008-01-08')
        .map((through) => event('PeriodReopened', { through, reason: 'x' })),
    ),
    { maxLength: 3 },
  )

  test(
    'leave what the log would be in which they never began, apart from what was reported for them',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(
          fc.record({ levels, grace: fc.constantFrom(0, 1), isPassed: fc.boolean(), clock: clockOfWrongDays, locks }),
          attempts(20),
          attempts(30),
          attempts(10),
          attempts(10),
          (how, before, during, after, last) => {
            const { reporting } = tinyProgramme()
            const programme = { reporting: { ...reporting, reviewLevels: how.levels, graceDays: how.grace } }
            const { log, write, attempt, lock } = writer([...opened(programme), began('2008-01-07'), began(TODAY)])
            attempt(before)
            if (how.isPassed) write(passed(TODAY))
            const from = log.length
            write(began(WRONG))
            const half = during.length >> 1
            attempt(during.slice(0, half))
            lock(how.locks)
            write(event('IssueLogged', question, legal), event('IssueClosed', { issue: 1, reason: 'x' }, legal))
            attempt(during.slice(half))
            write(...how.clock)
            const to = log.length + 1
            write(event('DayTakenBack', { day: WRONG, to: TODAY, reason: 'x' }, office), NOTHING)
            attempt(after)
            write(began('2008-01-10'))
            attempt(last)
            write(began('2008-03-03'))

            const [real, other] = [emptyState(), emptyState()]
            const otherLog: Recorded[] = []
            for (const e of log) {
              fold(real, e)
              const kept = e.seq > from && e.seq <= to ? without(other.world, e) : e
              otherLog.push(kept)
              fold(other, kept)
            }
            for (const scope of SCOPES.filter((name) => !name.startsWith('history:')))
              expect(comparable(real, scope, log), scope).toEqual(comparable(other, scope, otherLog))
            for (const unit of ['C', 'A', 'B', ...UNITS]) {
              expect(spanOf(real, unit, '2008-01')?.days, unit).toEqual(spanOf(other, unit, '2008-01')?.days)
              const shown = ticker(real, unit)
              expect(shown, unit).toEqual(ticker(other, unit).slice(-shown.length || Infinity))
            }
            expect(real.world.lockedThrough).toBe(other.world.lockedThrough)
            for (const unit of UNITS)
              for (const day of DAYS.map((d) => Date.parse(d) / 86_400_000))
                for (const counter of [0, 1])
                  expect(real.world.cells.figure(unit, day, counter)).toEqual(
                    other.world.cells.figure(unit, day, counter),
                  )
          },
        ),
        { numRuns: 100 },
      )
    },
  )
})

describe('C19 what was reported for days that were taken back', () => {
  /** The 8th, then a day that is weeks ahead, on which figures came in for both and days were locked. */
  async function wrong() {
    const bench = await startBench({ day: TODAY })
    const { must } = bench
    await must(districtA, 'SubmitReports', { items: [item('A1', TODAY, { accepted: 10, issued: 5 })] })
    await must(SYSTEM, 'BeginDay', { day: WRONG })
    await must(districtA, 'SubmitReports', {
      items: [
        item('A1', WRONG, { accepted: 7, issued: 3 }),
        item('A2', TODAY, { accepted: 4, issued: 4 }, { type: 'late', reason: 'x' }),
        item('A1', '2008-01-04', { accepted: 1, issued: 1 }, { type: 'late', reason: 'x' }),
      ],
    })
    await must(office, 'LockPeriod', { through: '2008-02-01' })
    await must(SYSTEM, 'PassDeadline', { day: WRONG })
    return bench
  }

  test('is out of the sums and listed for the office; a lock that needed the day is gone; types stay where a day is due', async () => {
    const bench = await wrong()
    const seq = await bench.must(office, 'TakeDayBack', { day: WRONG, reason: 'the clock was wrong' })
    const [sums] = await bench.rows('sums', 'unit:A1')
    expect(sums!.total.approved).toEqual([11, 6])
    expect((await bench.rows('clock', 'unit:A1'))[0]).toEqual({
      ...{ kind: 'clock', key: 'k', today: TODAY, closed: '2008-01-07', due: '2008-01-07', lockedThrough: null },
      doubted: WRONG,
    })
    const version = (await bench.rows('version', 'history:clock')).find((v) => v.seq === seq)
    expect(version).toMatchObject({ type: 'DayTakenBack', day: WRONG, to: TODAY, reason: 'the clock was wrong' })
    const by = { id: districtA.id, name: districtA.name }
    expect(version!.notBegun).toMatchObject([{ unit: 'A1', day: WRONG, values: { accepted: 7, issued: 3 }, by }])
    const restated = async (unit: string, day: string) =>
      (await bench.rows('report', `sheet:${unit}/${day}`))[0]!.figures.map((f) => f.restated?.type)
    expect(await restated('A2', TODAY)).toEqual([undefined, undefined])
    expect(await restated('A1', '2008-01-04')).toEqual(['late', 'late'])
    await bench.close()
  })

  test('R50 what a correction has left of itself goes with the day for which it was one', async () => {
    const bench = await startBench({ day: TODAY })
    const { must } = bench
    await must(districtA, 'SubmitReports', { items: [item('A1', TODAY, { accepted: 10, issued: 5 })] })
    await must(SYSTEM, 'BeginDay', { day: WRONG })
    const versions = (await bench.rows('report', `sheet:A1/${TODAY}`))[0]!.figures.map((f) => f.version)
    const basedOn = { accepted: versions[0]!, issued: versions[1]! }
    const corrected = { type: 'corrected', reason: 'x', basedOn } as const
    await must(districtA, 'SubmitReports', { items: [item('A1', TODAY, { accepted: 40, issued: 9 }, corrected)] })
    const figure = async () =>
      foldAll(await logOf(bench.store)).world.cells.figure('A1', Date.parse(TODAY) / 86_400_000, 0)
    expect(await figure()).toMatchObject({ value: 40, was: 10, swing: 30 })
    await must(office, 'TakeDayBack', { day: WRONG, reason: 'wrong' })
    expect(await figure()).toMatchObject({ value: 40 })
    for (const left of ['restated', 'was', 'swing']) expect(await figure()).not.toHaveProperty(left)
    await bench.close()
  })

  test('S18 stands in the history of locking, without the reports, where locks went with the day and only there', async () => {
    const bench = await wrong()
    await bench.must(SYSTEM, 'BeginDay', { day: '2008-02-21' })
    const history = async () => (await bench.rows('version', 'history:period')).sort((a, b) => a.seq - b.seq)
    await holdEquation(bench, () => bench.must(office, 'TakeDayBack', { day: '2008-02-21', reason: 'no lock' }))
    expect((await history()).map((v) => v.type)).toEqual(['PeriodLocked'])
    await holdEquation(bench, () => bench.must(office, 'TakeDayBack', { day: WRONG, reason: 'wrong' }))
    const [, back, ...more] = await history()
    expect(more).toEqual([])
    const { type, day, to, through, reason, by, notBegun } = back!
    expect({ type, day, to, through, reason }).toEqual({
      ...{ type: 'DayTakenBack', day: WRONG, to: TODAY, through: null, reason: 'wrong' },
    })
    expect([by.id, notBegun]).toEqual([office.id, undefined])
    await bench.close()
  })

  test('S1 every screen goes back: rows before + patches = rows after = rows of a fresh fold', async () => {
    const bench = await wrong()
    const scopes = [...SCOPES, `sheet:A1/${WRONG}`, `sheet:A/${WRONG}`, `history:report/A1/${WRONG}`]
    await holdEquation(bench, () => bench.must(office, 'TakeDayBack', { day: WRONG, reason: 'wrong' }), scopes)
    await bench.must(SYSTEM, 'EndDoubt', { day: TODAY })
    await holdEquation(bench, () => bench.must(SYSTEM, 'BeginDay', { day: WRONG }), scopes)
    // reported anew: its history tells from what, and the figure begins with a blank
    const again = { items: [item('A1', WRONG, { accepted: 8, issued: 3 })] }
    await holdEquation(bench, () => bench.must(districtA, 'SubmitReports', again), scopes)
    const history = await bench.rows('version', `history:report/A1/${WRONG}`)
    expect(history.map((v) => v.changes)).toEqual([
      [
        { counter: 0, before: null, after: 7 },
        { counter: 1, before: null, after: 3 },
      ],
      [
        { counter: 0, before: null, after: 8 },
        { counter: 1, before: null, after: 3 },
      ],
    ])
    await bench.close()
  })

  test('S17 a state that was saved in between goes on alike', async () => {
    const bench = await wrong()
    await bench.must(office, 'TakeDayBack', { day: WRONG, reason: 'wrong' })
    const log = await logOf(bench.store)
    const state = restoreState(deserialize(serialize(saveState(foldAll(log)))))
    for (const scope of [...SCOPES, `history:report/A1/${WRONG}`])
      expect(rowsIn(state, scope, log), scope).toEqual(rowsIn(foldAll(log), scope, log))
    await bench.close()
  })

  test('C18 two days and the end are taken back together, down to none', async () => {
    const bench = await startBench({ day: TODAY })
    await bench.must(SYSTEM, 'BeginDay', { day: WRONG })
    await bench.must(SYSTEM, 'EndProgramme', { day: '2009-03-01' })
    expect(bench.core.clock()).toMatchObject({ today: WRONG, closed: WRONG, over: '2009-03-01' })
    await bench.must(office, 'TakeDayBack', { day: '2009-03-01', reason: 'wrong' })
    expect(bench.core.clock()).toMatchObject({ today: WRONG, closed: '2008-02-19', over: null, doubted: '2009-03-01' })
    await bench.must(office, 'TakeDayBack', { day: TODAY, reason: 'wrong' })
    expect(bench.core.clock()).toMatchObject({ today: null, closed: null, over: null, doubted: TODAY })
    await bench.must(office, 'ConfirmDay', { day: '2008-01-09', reason: 'it is the 9th' })
    expect(bench.core.clock()).toMatchObject({ today: '2008-01-09', closed: '2008-01-08', doubted: TODAY })
    await bench.close()
  })
})

const foldAll = (log: readonly Recorded[]): State => {
  const state = emptyState()
  for (const e of log) fold(state, e)
  return state
}

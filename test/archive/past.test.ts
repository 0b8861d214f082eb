import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCheckpoints } from '../../server/archive/checkpoints.ts'
import { createPast, type Past } from '../../server/archive/past.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { addressAt, seqIn } from '../../server/live/addresses.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { ok, type Result } from '../../shared/errors.ts'
import type { Recorded } from '../../shared/event.ts'
import { chance } from '../support/chance.ts'
import { type Bench, districtA, districtB, item, legal, office, startBench, viewer } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES, sorted } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'

let folder: string
let bench: Bench
/** what the writer takes the time to be */
let clock: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-past-'))
  clock = Date.parse('2008-01-02T09:00:00Z')
})
afterEach(async () => {
  await bench.close()
  rmSync(folder, { recursive: true })
})

const DAY = '2008-01-02'

/** A rollout in disorder, by a clock that goes on unevenly and is set back now and then. */
async function unruly(seed: number, reviewLevels: number, commands = 250): Promise<Recorded[]> {
  const store = openSqlite(':memory:')
  const past = createPast({
    store,
    checkpoints: openCheckpoints({
      folder,
      code: 'code',
      hashAt: async (seq) => (await store.read(seq - 1, 1))[0]?.hash,
      say: () => undefined,
      least: 20,
    }),
    failed: (error) => {
      throw error
    },
  })
  const base = tinyProgramme()
  const programme = { ...base, reporting: { ...base.reporting, reviewLevels } }
  bench = await startBench({ day: DAY, programme, store, past, now: () => new Date(clock) })
  const luck = chance(seed)
  const { act } = disorder(luck, DAY)
  for (let n = 0; n < commands; n++) {
    clock += luck.below(20) === 0 ? -luck.below(100_000) : luck.below(3) * luck.below(10_000)
    await act(bench)
  }
  return logOf(store)
}

/** Seq of the last event before the first one recorded later than the moment. */
function seqAt(events: readonly Recorded[], moment: number): number {
  const later = events.findIndex((e) => Date.parse(e.at) > moment)
  return later < 0 ? events.length : later
}

const opened = (events: readonly Recorded[]): number => events.find((e) => e.type === 'ProgrammeOpened')!.seq

describe.each([0, 1, 2])(
  'V1 what is asked of the past is equal to a fold that is cut there: %d levels of review',
  (levels) => {
    test('every scope, at random seqs and moments, forwards and backwards', async () => {
      const events = await unruly(7 + levels, levels)
      const luck = chance(levels + 1)
      const latest = Math.max(...events.map((e) => Date.parse(e.at)))
      clock = latest + 1_000
      for (let n = 0; n < 24; n++) {
        const seq = opened(events) + luck.below(events.length - opened(events) + 1)
        const moment = Date.parse(luck.pick(events).at) + luck.below(3) - 1
        const [asOf, cut] = n % 2 === 0 ? [seq, seq] : [new Date(moment).toISOString(), seqAt(events, moment)]
        if (cut < opened(events)) continue
        const there = freshFold(events.slice(0, cut)).state()
        for (const scope of SCOPES) {
          const found = await bench.core.changes(office, scope, 0, asOf)
          if (!found.ok) {
            // what was not there yet is said to be unknown
            expect(
              found.refusals.map((r) => r.code),
              scope,
            ).toEqual(['scope.unknown'])
            expect(rowsIn(there, scope, events.slice(0, cut)), scope).toEqual([])
            continue
          }
          expect(found.value).toMatchObject({ scope, from: 0, to: cut, reset: true })
          const rows = sorted(JSON.parse(JSON.stringify(found.value.rows)))
          expect(rows, `${scope} as of ${asOf}`).toEqual(rowsIn(there, scope, events.slice(0, cut)))
        }
      }
      expect(readdirSync(folder).length, 'checkpoints were left on the way').toBeGreaterThan(3)
    })
  },
)

describe('V2 what cannot be answered', () => {
  const codes = async (asOf: number | string, scope = 'unit:C') => {
    const found = await bench.core.changes(office, scope, 0, asOf)
    return found.ok ? [] : found.refusals.map((r) => r.code)
  }
  beforeEach(async () => {
    bench = await startBench({ day: DAY, now: () => new Date(clock) })
  })

  test('before the opening, after the head, and later than now', async () => {
    const head = await bench.store.head()
    expect(await codes(0)).toEqual(['asOf.beforeOpening'])
    expect(await codes(1)).toEqual([])
    expect(await codes(head)).toEqual([])
    expect(await codes(head + 1)).toEqual(['asOf.future'])
    expect(await codes('2008-01-02T08:59:59.999Z')).toEqual(['asOf.beforeOpening'])
    expect(await codes('2008-01-02T09:00:00.000Z')).toEqual([])
    expect(await codes('2008-01-02T17:00:00+08:00')).toEqual([])
    expect(await codes('2008-01-02T09:00:00.001Z')).toEqual(['asOf.future'])
  })

  test('what was not there then', async () => {
    const before = await bench.store.head()
    const issue = {
      title: 'x',
      text: 'x',
      category: 'fee',
      unit: 'A',
      from: DAY,
      to: null,
      article: null,
      counters: [],
    }
    await bench.must(legal, 'LogIssue', issue)
    expect(await codes(before, 'issue:1')).toEqual(['scope.unknown'])
    expect(await codes(before + 1, 'issue:1')).toEqual([])
    expect(await codes(before + 1, 'unit:Z9')).toEqual(['scope.unknown'])
  })

  test('rights are those of now', async () => {
    const seq = await bench.store.head()
    await bench.must(office, 'AddMember', { member: 'fresh', name: 'Fresh', role: 'district', unit: 'A' })
    const fresh = bench.core.actor('fresh')!
    const asked = (unit: string) => bench.core.changes(fresh, `sheet:${unit}/${DAY}`, 0, seq)
    expect(await asked('A')).toMatchObject({ ok: true })
    expect(await asked('B')).toMatchObject({ ok: false, refusals: [{ code: 'may.not' }] })
  })
})

describe('what is asked of the past at once', () => {
  /** questions that have begun and wait for `answer`, by their scope or unit */
  let begun: string[]
  let answers: (() => void)[]
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const answer = async () => {
    answers.shift()!()
    await turn()
  }
  const isBusy = (found: Result<unknown>) => !found.ok && found.refusals[0]!.code === 'command.busy'

  beforeEach(async () => {
    begun = []
    answers = []
    const later = <T>(about: string, value: T) =>
      new Promise<Result<T>>((resolve) => {
        begun.push(about)
        answers.push(() => resolve(ok(value)))
      })
    const past: Past = {
      changes: (scope) => later(scope, { scope, from: 0, to: 1, rows: [], reset: true }),
      span: (unit) => later(unit, { days: [] }),
      grown: () => undefined,
      close: async () => undefined,
    }
    bench = await startBench({ day: DAY, past })
  })

  test('V11 four run at once, two of one person; the others wait for their turn, whose turn it is by who has one', async () => {
    const people = [office, office, office, legal, districtA, districtB]
    const units = ['C', 'A', 'B', 'A1', 'A2', 'A3']
    const found = Promise.all(people.map((actor, i) => bench.core.changes(actor, `unit:${units[i]}`, 0, 1)))
    await turn()
    expect(begun).toEqual(['unit:C', 'unit:A', 'unit:A1', 'unit:A2'])
    await answer()
    expect(begun.slice(4)).toEqual(['unit:B'])
    await answer()
    expect(begun.slice(5)).toEqual(['unit:A3'])
    while (answers.length > 0) await answer()
    expect((await found).every((a) => a.ok)).toBe(true)
  })

  test('V11 all that a page asks together is answered: its scopes, and two years of months', async () => {
    const scopes = ['programme', 'unit:C', 'issues', 'people', `sheet:A/${DAY}`]
    const months = Array.from({ length: 24 }, (_, i) => `20${String(8 + (i % 2)).padStart(2, '0')}-01`)
    const found = Promise.all([
      ...scopes.map((scope) => bench.core.changes(office, scope, 0, 1)),
      ...months.map((month) => bench.core.span(office, 'unit:C', month, '1-1-0123abcd')),
    ])
    await turn()
    let most = 0
    while (answers.length > 0) {
      most = Math.max(most, answers.length)
      await answer()
    }
    expect((await found).filter(isBusy)).toEqual([])
    expect(most).toBe(2)
  })

  test('V11 who has 32 waiting is told that the server is busy, and others are not', async () => {
    const asked = Array.from({ length: 36 }, () => bench.core.changes(office, 'unit:C', 0, 1))
    const other = bench.core.changes(legal, 'unit:A', 0, 1)
    await turn()
    expect(begun).toEqual(['unit:C', 'unit:C', 'unit:A'])
    while (answers.length > 0) await answer()
    expect((await Promise.all(asked)).map(isBusy)).toEqual(asked.map((_, i) => i >= 34))
    expect((await other).ok).toBe(true)
  })

  test('V9 a history as it was is not read beside the writer', async () => {
    const read = vi.spyOn(bench.store, 'bySubject')
    const found = bench.core.changes(office, `history:report/A1/${DAY}`, 0, 1)
    await turn()
    expect(begun).toEqual([`history:report/A1/${DAY}`])
    await answer()
    expect((await found).ok).toBe(true)
    expect(read).not.toHaveBeenCalled()
  })
})

describe('V10 addresses of the past that never change', () => {
  test('a month is found by the address of any of its changes, whatever came after', async () => {
    bench = await startBench({ day: '2008-01-10' })
    const seen: { address: string; days: unknown }[] = []
    const remember = async () => {
      const [span] = await bench.rows('span', 'unit:A')
      const found = await bench.core.span(office, 'unit:A', '2008-01', span!.address)
      if (!found.ok) throw new Error(JSON.stringify(found.refusals))
      seen.push({ address: span!.address, days: found.value.days })
    }
    await bench.must(districtA, 'SubmitReports', { items: [item('A1', '2008-01-10', { accepted: 5, issued: 1 })] })
    await bench.must(SYSTEM, 'BeginDay', { day: '2008-03-20' })
    await remember()
    for (const issued of [2, 3]) {
      await bench.must(districtA, 'SubmitReports', {
        items: [
          item('A1', '2008-01-10', { issued }, { type: 'corrected', reason: 'x', basedOn: await bench.store.head() }),
        ],
      })
      await remember()
    }
    expect(new Set(seen.map((s) => JSON.stringify(s.days))).size).toBe(3)
    for (const { address, days } of seen)
      expect(await bench.core.span(office, 'unit:A', '2008-01', address)).toEqual({ ok: true, value: { days } })
    // nothing in the month changed with this event: an address that there never was
    await bench.must(office, 'LockPeriod', { through: '2008-01-02' })
    const [lock] = (await logOf(bench.store)).slice(-1)
    const other = addressAt(lock!)
    expect(await bench.core.span(office, 'unit:A', '2008-01', other)).toMatchObject({
      refusals: [{ code: 'scope.unknown' }],
    })
    expect(await bench.core.span(viewer, 'sheet:A/2008-01-10', '2008-01', seen[0]!.address)).toMatchObject({
      ok: false,
    })
  })

  test('a month of another log has another address, though its seqs are the same, and is unknown to this one', async () => {
    const addressOf = async (issued: number) => {
      bench = await startBench({ day: '2008-01-10' })
      await bench.must(districtA, 'SubmitReports', { items: [item('A1', '2008-01-10', { accepted: 9, issued })] })
      await bench.must(SYSTEM, 'BeginDay', { day: '2008-03-20' })
      return (await bench.rows('span', 'unit:A'))[0]!.address
    }
    const first = await addressOf(1)
    await bench.close()
    const second = await addressOf(2)
    expect(seqIn(second)).toBe(seqIn(first))
    expect(second).not.toBe(first)
    expect(await bench.core.span(office, 'unit:A', '2008-01', second)).toMatchObject({ ok: true })
    expect(await bench.core.span(office, 'unit:A', '2008-01', first)).toMatchObject({
      refusals: [{ code: 'scope.unknown' }],
    })
  })

  test('a programme is found by its hash, also after a re-baselining', async () => {
    bench = await startBench({ day: DAY })
    const hashOf = async () => (await bench.rows('programme', 'programme'))[0]!.hash
    const first = await hashOf()
    const before = bench.core.setting()!.programme
    const baseline = { ...before.baselines[0]!, key: 'T2', inForceFrom: '2008-02-01' }
    await bench.must(office, 'AddBaseline', { baseline, reason: 'decided' })
    const second = await hashOf()
    expect(second).not.toBe(first)
    expect(await bench.core.programme(first)).toEqual(before)
    expect((await bench.core.programme(second))!.baselines.map((b) => b.key)).toEqual(['T1', 'T2'])
    expect(await bench.core.programme('nothing')).toBeUndefined()
    expect((await bench.rows('programme', 'programme', (await bench.store.head()) - 1))[0]!.hash).toBe(first)
  })
})

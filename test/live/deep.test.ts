/** Trees deeper and wider than the tiny one: the equation of synchronisation, and how large a scope may grow. */
import { afterEach, describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import { digestOf, type Patch } from '../../shared/view/patch.ts'
import { CHANGE_SLOTS } from '../../shared/view/rows.ts'
import { kindOf, type WireRow } from '../../shared/view/wire.ts'
import { GRANDCHILDREN } from '../../shared/view/within.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { type Chance, chance } from '../support/chance.ts'
import { type Bench, item, office, startBench } from '../support/core.ts'
import { deepProgramme } from '../support/deep.ts'
import { freshFold, heldBy, liveChanges, logOf, rowsIn, take, watcher } from '../support/equation.ts'

const BEGUN = '2008-01-08'
const confirmed = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const

/**
 * City, districts (the first two under the codes that the bench's people have), streets and blocks: one counter weekly, a
 * block and a street that end, one that starts late.
 */
function programmeOf(size: Parameters<typeof deepProgramme>[0]): Programme {
  const named = JSON.stringify(deepProgramme(size)).replaceAll('"D0"', '"A"').replaceAll('"D1"', '"B"')
  const deep = JSON.parse(named) as Programme
  const [first, second] = deep.units.filter((u) => u.parent === 'D0S0')
  return {
    ...deep,
    counters: deep.counters.map((counter, i) => (i === 0 ? { ...counter, expected: 'weekly' as const } : counter)),
    units: deep.units.map((u) => {
      if (u.code === first!.code) return { ...u, endsOn: '2008-01-21', into: second!.code }
      if (u.code === 'D1S1') return { ...u, endsOn: '2008-02-04' }
      return u.code === 'D1S0' ? { ...u, startsOn: '2008-01-14' } : u
    }),
  }
}

let bench: Bench
afterEach(() => bench.close())

/** Figures come, are corrected and taken back; days begin and become due. */
function rollout({ next, below, pick }: Chance, leaves: readonly string[]) {
  let day: Day = BEGUN
  return async () => {
    const dice = next()
    if (dice < 0.12) {
      day = addDays(day, next() < 0.1 ? 30 : 1 + below(3))
      return bench.send(SYSTEM, 'BeginDay', { day })
    }
    if (dice < 0.2) return bench.send(SYSTEM, 'PassDeadline', { day })
    const cell = { unit: pick(leaves), day: addDays(day, -below(10)) }
    const basedOn = await bench.store.head()
    if (dice < 0.27)
      return bench.send(office, 'WithdrawReports', { items: [{ ...cell, basedOn }], reason: 'wrong day' })
    const values = {
      ...(next() < 0.6 && { accepted: below(300) }),
      ...(next() < 0.8 && { issued: below(3) * below(99) }),
    }
    for (const type of ['corrected', 'late'] as const) {
      const more = { basedOn, type, reason: 'because', confirmed: [...confirmed] }
      const answer = await bench.send(office, 'SubmitReports', { items: [item(cell.unit, cell.day, values, more)] })
      if (answer.ok) return answer
    }
  }
}

describe('S1 S3 of four levels', () => {
  for (const seed of [1, 2, 3])
    test(`whoever watches ends like a fresh client; seed ${seed}`, { timeout: 60_000 }, async () => {
      const luck = chance(seed)
      const programme = programmeOf({ districts: 2, streets: 2, blocks: 3 })
      bench = await startBench({ programme, day: BEGUN })
      const { units } = bench.core.setting()!
      const act = rollout(luck, units.leaves('C'))
      const sheets = ['D0S0', 'D1S1', 'D0S0B1'].map((unit) => `sheet:${unit}/2008-01-10`)
      const watchers = [...units.all.map((unit) => `unit:${unit}`), ...sheets].map(watcher)
      const catchUp = async (w: (typeof watchers)[number]) => take(w, await liveChanges(bench, w.scope, w.at))
      for (let n = 0; n < 150; n++) {
        await act()
        for (const w of watchers) if (luck.next() < 0.15) await catchUp(w)
      }
      const events = await logOf(bench.store)
      expect(events.length).toBeGreaterThan(100)
      const fresh = freshFold(events).state()
      for (const w of watchers) {
        await catchUp(w)
        expect(heldBy(w), w.scope).toEqual(rowsIn(fresh, w.scope, events))
        expect(digestOf(w.rows), w.scope).toBe(bench.core.live.head(w.scope).digest)
      }
      const below = await bench.rows('below', 'unit:C')
      expect(below.map((row) => row.unit).sort()).toEqual(['A', 'B'])
    })
})

/** Rows of a patch by kind. */
const countOf = (rows: readonly WireRow[]): Partial<Record<string, number>> =>
  Object.fromEntries(
    Map.groupBy(rows, ([key]) => kindOf(key))
      .entries()
      .map(([kind, of]) => [kind, of.length]),
  )

describe('S16 how much a scope holds', () => {
  test('of a city with 300 streets and 1,200 blocks after months', { timeout: 120_000 }, async () => {
    const luck = chance(4)
    bench = await startBench({ programme: programmeOf({ districts: 4, streets: 75, blocks: 4 }), day: BEGUN })
    const { units } = bench.core.setting()!
    const leaves = units.leaves('C')
    expect(leaves.length).toBe(1_200)
    let day: Day = BEGUN
    for (let n = 0; n < 40; n++) {
      const items = Array.from({ length: 100 }, () =>
        item(
          luck.pick(leaves),
          day,
          { accepted: luck.below(90), issued: luck.below(60) },
          { confirmed: [...confirmed] },
        ),
      )
      await bench.send(office, 'SubmitReports', { items: [...new Map(items.map((i) => [i.unit, i])).values()] })
      day = addDays(day, 2)
      await bench.send(SYSTEM, 'BeginDay', { day })
    }
    const whole = async (scope: string): Promise<Patch> => liveChanges(bench, scope, 0)
    const size = (patch: Patch): number => JSON.stringify(patch).length
    for (const [scope, most] of [
      ['unit:C', 6_000],
      ['unit:A', 20_000],
      ['unit:D0S0', 6_000],
      ['unit:D0S0B1', 6_000],
    ] as const) {
      const patch = await whole(scope)
      const counts = countOf(patch.rows)
      const unit = scope.slice('unit:'.length)
      const grandchildren = units.children(unit).flatMap((child) => units.children(child)).length
      const near = 1 + units.children(unit).length + (grandchildren <= GRANDCHILDREN ? grandchildren : 0)
      expect(counts.sums).toBe(near)
      expect(counts.closed).toBe(near)
      expect(counts.day).toBeLessThanOrEqual(62)
      expect(counts.change ?? 0).toBeLessThanOrEqual(CHANGE_SLOTS)
      expect(size(patch), scope).toBeLessThan(most)
    }
    const before = (await whole('unit:C')).to
    const one = await bench.must(office, 'SubmitReports', {
      items: [item('D2S9B1', day, { accepted: 5, issued: 4 }, { confirmed: [...confirmed] })],
    })
    const patch = await liveChanges(bench, 'unit:C', before)
    expect(patch).toMatchObject({ from: before, to: one })
    expect(size(patch)).toBeLessThan(400)
  })
})

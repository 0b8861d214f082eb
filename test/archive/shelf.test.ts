import { afterAll, beforeAll, expect, test } from 'vitest'
import { after, BEGINNING } from '../../server/archive/position.ts'
import { createShelf, type Shelf } from '../../server/archive/shelf.ts'
import { isWanted, leastMissed } from '../../server/archive/spread.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import type { Recorded } from '../../shared/event.ts'
import { type Bench, districtA, item, startBench } from '../support/core.ts'
import { freshFold, logOf, rowsIn } from '../support/equation.ts'

let bench: Bench
let events: Recorded[]
beforeAll(async () => {
  bench = await startBench({ day: '2008-12-01' })
  for (let n = 0; n < 40; n++)
    await bench.must(districtA, 'SubmitReports', {
      items: [item('A1', '2008-12-01', { accepted: n + 1 }, { basedOn: n === 0 ? 0 : await bench.store.head() })],
    })
  events = await logOf(bench.store)
})
afterAll(() => bench.close())

function fill(shelf: Shelf, every: number): void {
  const state = emptyState()
  let position = BEGINNING
  for (const event of events) {
    fold(state, event)
    position = after(position, event)
    if (position.seq % every === 0) shelf.put({ position, state })
  }
}

test('it gives copies: what is folded on leaves the shelf as it was', () => {
  const shelf = createShelf(1_000_000)
  fill(shelf, 10)
  for (let n = 0; n < 2; n++) {
    const { position, state } = shelf.latest((m) => m.seq <= 25, 0)!
    expect(position.seq).toBe(20)
    expect(rowsIn(state, 'unit:A1', events)).toEqual(rowsIn(freshFold(events.slice(0, 20)).state(), 'unit:A1', events))
    for (const event of events.slice(20)) fold(state, event)
  }
  expect(shelf.latest((m) => m.seq <= 25, 20)).toBeUndefined()
  shelf.clear()
  expect(shelf.latest(() => true, 0)).toBeUndefined()
})

test('where there is no more room, some give way and the rest stay spread', () => {
  const shelf = createShelf(1_000_000)
  fill(shelf, 40)
  const size = JSON.stringify(shelf.latest(() => true, 0)).length
  const small = createShelf(size * 4)
  fill(small, 1)
  const kept = new Set(events.map((_, i) => small.latest((m) => m.seq <= i + 1, 0)?.position.seq))
  expect(kept.size).toBeGreaterThan(2)
  expect(kept.size).toBeLessThan(12)
  expect(kept).toContain(events.length)
  const none = createShelf(10)
  fill(none, 1)
  expect(none.latest(() => true, 0)).toBeUndefined()
  expect(none.wanted(1_000_000, 1_000_000)).toBe(false)
})

test('which places are wanted, and which is least missed', () => {
  expect(isWanted([], 9, 10)).toBe(false)
  expect(isWanted([], 10, 10)).toBe(true)
  expect(isWanted([10, 24], 20, 10)).toBe(false)
  expect(isWanted([10, 25], 20, 10)).toBe(true)
  expect(leastMissed([])).toBeUndefined()
  expect(leastMissed([5])).toBeUndefined()
  expect(leastMissed([10, 20, 21, 40])).toBe(20)
  expect(leastMissed([1, 30, 60])).toBe(1)
})

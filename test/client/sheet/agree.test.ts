/** The sheet and the server judge with the same rules: what one lets through, the other accepts. */
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReportItem } from '../../../shared/domain/report.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { NowRow, ReportRow } from '../../../shared/view/rows.ts'
import { SYSTEM } from '../../../server/core/core.ts'
import { checkRow, type Grounds } from '../../../client/features/sheet/check.ts'
import { itemOf, mapRefusals, type TypedRow } from '../../../client/features/sheet/submit.ts'
import { bookOf } from '../../../client/features/sheet/rows.ts'
import { type Bench, districtA, item, newId, otherA, startBench } from '../../support/core.ts'
import { cellKey, frame, storedOf, typed } from './sample.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: '2008-02-01' })
  for (let n = 4; n <= 15; n++) {
    const day = `2008-02-${String(n).padStart(2, '0')}`
    await bench.must(SYSTEM, 'BeginDay', { day })
    if (![9, 10].includes(n))
      await bench.must(otherA, 'SubmitReports', {
        items: ['A1', 'A2'].map((unit) => item(unit, day, { accepted: 100, issued: 95 })),
      })
  }
  await bench.must(SYSTEM, 'BeginDay', { day: '2008-02-18' })
})
afterEach(() => bench.close())

function held(day: string): { rows: ReportRow[]; grounds: Grounds } {
  const patch = bench.core.changes(districtA, 'sheet:A', 0)
  if (!patch.ok) throw new Error('not watched')
  const rows = patch.value.rows.filter((r): r is ReportRow => r.kind === 'report')
  const now = patch.value.rows.find((r): r is NowRow => r.kind === 'now')!
  const ground = { book: bookOf(rows, frame.programme.counters), closed: now.closed }
  return { rows, grounds: { frame, clock: now, ground, me: districtA, day } }
}

const said = (refusals: readonly Refusal[]) => [...new Set(refusals.map((r) => r.code))].sort()

test('every refusal and warning of the server stands in the sheet beforehand, and no other', async () => {
  const text = fc.oneof(
    fc.integer({ min: 0, max: 260 }).map(String),
    fc.constantFrom('1,000', '１２', '0', '999999999', '1000000000', '6000'),
  )
  const day = fc.constantFrom('2008-02-18', '2008-02-14', '2008-02-19', '2007-12-31')
  const cells = fc.uniqueArray(
    fc.record({
      unit: fc.constantFrom('A1', 'A2', 'A3', 'B1'),
      counter: fc.constantFrom('accepted', 'issued'),
      text,
    }),
    { selector: (c) => cellKey(c.unit, c.counter), minLength: 1, maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(day, cells, async (on, list) => {
      const { rows, grounds } = held(on)
      const grid = typed(rows, on, Object.fromEntries(list.map((c) => [cellKey(c.unit, c.counter), c.text])))
      const judged: TypedRow[] = [...new Set(list.map((c) => c.unit))]
        .map((unit) => {
          const stored = storedOf(rows, unit, on)
          return { unit, stored, cells: checkRow(grounds, unit, grid.edits, stored) }
        })
        .filter((r) => r.cells.size > 0)
      if (judged.length === 0) return
      const items: ReportItem[] = judged.map((r) => {
        const meaning = { type: 'corrected' as const, reason: 'test' }
        const rest = itemOf(r, on, r.stored[0]!.version > 0 ? meaning : { ...meaning, type: 'late' })
        delete rest.confirmed
        const values = Object.fromEntries([...r.cells].map(([k, c]) => [k, c.value ?? 1e9]))
        return { ...rest, values }
      })
      const answer = await bench.core.dispatch({ id: newId(), kind: 'SubmitReports', data: { items } }, districtA)
      const mapped = mapRefusals(items, answer.ok ? [] : answer.refusals)
      expect(mapped.sheet).toEqual([])
      // a number beyond reading is refused before anything else is looked at
      const unreadable = judged.some((r) => [...r.cells.values()].some((c) => c.value === null))
      for (const row of judged) {
        const own = [...row.cells.values()]
        const place = own.flatMap((c) => c.refusals).filter((r) => r.code !== 'report.tooLarge')
        if (unreadable) continue
        expect(said(mapped.rows.get(row.unit) ?? [])).toEqual(said(place))
        for (const [counter, cell] of row.cells)
          if (place.length === 0)
            expect(said(mapped.cells.get(cellKey(row.unit, counter)) ?? [])).toEqual(said(cell.warnings))
      }
      if (unreadable) expect(answer.ok).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('a confirmed sheet goes through, and what it says is then what stands', async () => {
  const day = '2008-02-18'
  const { rows, grounds } = held(day)
  const grid = typed(rows, day, { 'A1/accepted': '400', 'A1/issued': '90', 'A2/issued': '0' })
  const judged = ['A1', 'A2'].map((unit) => {
    const stored = storedOf(rows, unit, day)
    return { unit, stored, cells: checkRow(grounds, unit, grid.edits, stored) }
  })
  const items = judged.map((r) => itemOf(r, day))
  expect(items[0]!.confirmed).toEqual(['report.unusual'])
  const answer = await bench.send(districtA, 'SubmitReports', { items })
  expect(answer.ok).toBe(true)
  const after = held(day).rows.filter((r) => r.day === day)
  expect(after.map((r) => [r.unit, r.values])).toEqual([
    ['A1', [400, 90]],
    ['A2', [null, 0]],
  ])
})

test('a stale base is a dispute with both claims; a fresh one is not', async () => {
  const day = '2008-02-18'
  const { rows } = held(day)
  const grid = typed(rows, day, { 'A1/accepted': '100' })
  await bench.must(otherA, 'SubmitReports', { items: [item('A1', day, { accepted: 98 })] })
  const now = held(day)
  const stored = storedOf(now.rows, 'A1', day)
  const contest = new Map([...grid.edits].map(([k, e]) => [k, { ...e, contest: true }]))
  const cells = checkRow(now.grounds, 'A1', contest, stored)
  await bench.must(districtA, 'SubmitReports', { items: [itemOf({ unit: 'A1', stored, cells }, day)] })
  const row = held(day).rows.find((r) => r.unit === 'A1' && r.day === day)!
  expect([row.state, row.values, row.claim?.values]).toEqual(['disputed', [98, null], [100, null]])
})

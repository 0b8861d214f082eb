import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyDigest } from '../../shared/view/patch.ts'
import { districtA, districtB, item, newId, office, otherA, startBench, type Bench } from '../support/core.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: '2008-01-02' })
})
afterEach(() => bench.close())

const rowsOf = (scope: string) => {
  const answer = bench.core.changes(office, scope, 0)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  return new Map(answer.value.rows.map((r) => [r.key, r]))
}

test('smoke: a submitted count is on the city page', async () => {
  const seq = await bench.must(districtA, 'SubmitReports', {
    items: [item('A1', '2008-01-02', { accepted: 7, issued: 5 })],
  })
  expect(rowsOf('unit:C').get('day/C/2008-01-02')).toMatchObject({ makeup: { a: [7, 5] } })
  expect(rowsOf('sheet:A').get('report/A1/2008-01-02')).toMatchObject({
    values: [7, 5],
    version: seq,
    state: 'approved',
  })
  expect(emptyDigest().value()).toBe('0000000000000000')
})

test('smoke: outside own unit is refused', async () => {
  const answer = await bench.send(districtB, 'SubmitReports', {
    items: [item('A1', '2008-01-02', { accepted: 7, issued: 5 })],
  })
  expect(answer).toEqual({
    ok: false,
    refusals: [{ code: 'may.outsideUnit', params: { unit: 'A1' }, at: 'items.0.unit' }],
  })
})

test('smoke: two edits conflict', async () => {
  const first = await bench.must(districtA, 'SubmitReports', {
    items: [item('A1', '2008-01-02', { accepted: 7, issued: 5 })],
  })
  await bench.must(otherA, 'SubmitReports', { items: [item('A1', '2008-01-02', { accepted: 8, issued: 5 })] })
  expect(rowsOf('sheet:A').get('report/A1/2008-01-02')).toMatchObject({
    values: [7, 5],
    state: 'disputed',
    claim: { values: [8, 5] },
  })
  expect(rowsOf('unit:C').get('total/C')).toMatchObject({ makeup: { a: [0, 0], d: [7, 5] } })
  expect(first).toBeGreaterThan(0)
  const id = newId()
  const command = {
    id,
    kind: 'SettleDispute',
    data: { unit: 'A1', day: '2008-01-02', values: { accepted: 8, issued: 5 }, basedOn: first + 1, reason: 'agreed' },
  }
  const [one, two] = await Promise.all([bench.core.dispatch(command, otherA), bench.core.dispatch(command, otherA)])
  expect(one).toEqual({ ok: true, seq: first + 2 })
  expect(two).toEqual(one)
})

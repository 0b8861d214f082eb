/** What a batch of items is answered: stored with what was left out, and tried without effect. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Accepted } from '../../shared/command.ts'
import { addDays } from '../../shared/progress/day.ts'
import { type Bench, districtA, districtB, item, newId, startBench } from '../support/core.ts'

const DAY = '2008-01-10'
let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: DAY })
})
afterEach(() => bench.close())

const batch = (items: unknown[], more: object = {}) => ({
  id: newId(),
  kind: 'SubmitReports',
  data: { items, ...more },
})
const good = item('A1', DAY, { accepted: 7, issued: 5 })
const bad = item('B1', DAY, { accepted: 7 })
const accepted = (answer: unknown): Accepted => {
  expect(answer).toMatchObject({ ok: true })
  return answer as Accepted
}

describe('L15 L2 the same id gives the same split again', () => {
  const refused = [{ item: 1, refusals: [{ code: 'may.outsideUnit', params: { unit: 'B1' }, at: 'items.1.unit' }] }]

  test('also when what was refused would be valid by now, and after a restart', async () => {
    const early = item('A2', addDays(DAY, 1), { accepted: 3 })
    const sent = batch([good, bad, early], { partial: true })
    const first = accepted(await bench.core.dispatch(sent, districtA))
    expect(first.refused?.map((r) => [r.item, r.refusals.map((f) => f.code)])).toEqual([
      [1, ['may.outsideUnit']],
      [2, ['report.future']],
    ])
    expect(first.happened).toHaveLength(1)
    await bench.must({ id: 'system', name: 'system', role: 'system', unit: '' }, 'BeginDay', { day: addDays(DAY, 1) })
    expect(await bench.core.dispatch(sent, districtA)).toEqual(first)
    const again = await startBench({ store: bench.store })
    expect(await again.core.dispatch(sent, districtA)).toEqual(first)
    await again.core.close()
  })

  test('with and without `partial` are two commands; together in one batch it is one answer', async () => {
    const sent = batch([good, bad], { partial: true })
    const [one, two] = await Promise.all([bench.core.dispatch(sent, districtA), bench.core.dispatch(sent, districtA)])
    expect(two).toEqual(one)
    expect(accepted(one).refused).toEqual(refused)
    expect(await bench.core.dispatch({ ...sent, data: { items: [good, bad] } }, districtA)).toMatchObject({
      refusals: [{ code: 'command.idReused' }],
    })
  })

  test('L9 where nothing is valid nothing happens, and that is the answer that is kept', async () => {
    const sent = batch([bad], { partial: true })
    const head = await bench.store.head()
    const answer = accepted(await bench.core.dispatch(sent, districtA))
    expect(answer).toMatchObject({ seq: head, happened: [], refused: [{ item: 0 }] })
    expect(await bench.core.dispatch(sent, districtA)).toEqual(answer)
    expect(await bench.core.dispatch(sent, districtB)).toMatchObject({ refusals: [{ code: 'command.idReused' }] })
  })

  test('D7 a later command that names it has seen nothing of an item that was left out', async () => {
    await bench.must(districtB, 'SubmitReports', { items: [item('B1', DAY, { accepted: 1 })] })
    const sent = batch([{ ...bad, day: addDays(DAY, 1) }, good], { partial: true })
    accepted(await bench.core.dispatch(sent, districtB))
    const after = await bench.send(districtB, 'SubmitReports', {
      items: [item('B1', DAY, { accepted: 2 }, { basedOn: sent.id })],
    })
    expect(after).toMatchObject({ refusals: [{ code: 'report.stale' }] })
  })
})

describe('L14 a dry run', () => {
  test('says what would happen, and nothing has', async () => {
    const head = await bench.store.head()
    const sent = batch([good, bad], { partial: true })
    const tried = accepted(await bench.core.dispatch({ ...sent, dryRun: true }, districtA))
    expect(tried).toMatchObject({
      seq: head,
      happened: [],
      refused: [{ item: 1 }],
      would: [{ type: 'ReportSubmitted', subject: `report/A1/${DAY}` }],
    })
    expect(await bench.store.head()).toBe(head)
    expect((await bench.store.answers([sent.id])).size).toBe(0)
    // the id is free: what is meant comes by it
    const done = accepted(await bench.core.dispatch(sent, districtA))
    expect(done.would).toBeUndefined()
    expect(done).toMatchObject({ seq: head + 1, refused: tried.refused })
  })

  test('names questions and refusals as the command itself does', async () => {
    const sent = batch([item('A1', DAY, { accepted: 1, issued: 900 })])
    const tried = await bench.core.dispatch({ ...sent, dryRun: true }, districtA)
    expect(tried).toEqual(await bench.core.dispatch(sent, districtA))
    expect(tried).toMatchObject({ ok: false, refusals: [{ code: 'report.exceeds', level: 'warning' }] })
  })

  test('those beside it see nothing of it, and it sees those before it', async () => {
    const [tried, real, last] = await Promise.all([
      bench.core.dispatch({ ...batch([good]), dryRun: true }, districtA),
      bench.core.dispatch(batch([good]), districtA),
      bench.core.dispatch({ ...batch([good]), dryRun: true }, districtA),
    ])
    expect(accepted(tried).would).toHaveLength(1)
    expect(accepted(real).happened).toHaveLength(1)
    expect(accepted(last).would).toEqual([])
  })

  test('of a command that was accepted before it is its answer', async () => {
    const sent = batch([good])
    const answer = await bench.core.dispatch(sent, districtA)
    expect(await bench.core.dispatch({ ...sent, dryRun: true }, districtA)).toEqual(answer)
  })

  test('a word that is not the flag is refused, and does nothing', async () => {
    const head = await bench.store.head()
    for (const flag of [{ dryrun: true }, { dryRun: 'yes' }, { dryRun: false }])
      expect(await bench.core.dispatch({ ...batch([good]), ...flag }, districtA)).toMatchObject({ ok: false })
    expect(await bench.store.head()).toBe(head)
  })
})

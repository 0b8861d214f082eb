import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CommandData, CommandKind } from '../../shared/command.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { addDays } from '../../shared/progress/day.ts'
import { type Bench, districtA, districtB, item, newId, otherA, startBench } from '../support/core.ts'

const DAY = '2008-01-10'
let bench: Bench

beforeEach(async () => (bench = await startBench({ day: DAY })))
afterEach(() => bench.close())

const go = async <K extends CommandKind>(id: string, by: Actor, kind: K, data: CommandData<K>) => {
  const answer = await bench.core.dispatch({ id, kind, data }, by)
  return answer.ok ? answer.happened.map((h) => h.subject) : answer.refusals.map((r) => r.code)
}
const sheet = (values: Values, basedOn: string | number | Record<string, string | number> = 0, unit = 'A1') => ({
  items: [item(unit, DAY, values, { basedOn })],
})
const submit = (id: string, by: Actor, ...about: Parameters<typeof sheet>) =>
  go(id, by, 'SubmitReports', sheet(...about))
const figures = async (unit = 'A1') => {
  const [row] = await bench.rows('report', `sheet:${unit}/${DAY}`)
  return row!.figures.map((f) => [f.value, f.state, f.claim?.value ?? null])
}

describe('D7 an own earlier command as a basis', () => {
  test('says nothing of a counter that it did not carry', async () => {
    await submit('theirs-1', otherA, { issued: 9 })
    await submit('own-0001', districtA, { accepted: 10 })
    // nobody has shown the sender the 9 of another
    await submit('own-0002', districtA, { accepted: 11, issued: 5 }, 'own-0001')
    expect(await figures()).toEqual([
      [11, 'approved', null],
      [9, 'disputed', 5],
    ])
    await submit('theirs-2', otherA, { issued: 8 }, 0, 'A2')
    await submit('own-0003', districtA, { accepted: 10 }, 0, 'A2')
    await submit('own-0004', districtA, { issued: 6 }, { issued: 'own-0003' }, 'A2')
    expect((await figures('A2'))[1]).toEqual([8, 'disputed', 6])
  })

  test('nor of another report, or another day', async () => {
    await submit('theirs-1', otherA, { issued: 9 })
    await submit('own-0001', districtA, { issued: 10 }, 0, 'A2')
    await submit('own-0002', districtA, { issued: 5 }, 'own-0001')
    expect((await figures())[1]).toEqual([9, 'disputed', 5])
  })

  test('nor when a whole report is taken back or moved by it', async () => {
    await submit('theirs-1', otherA, { issued: 9 })
    await submit('own-0001', districtA, { accepted: 10 })
    const wrong = { reason: 'wrong street' }
    const cell = { unit: 'A1', day: DAY, basedOn: 'own-0001' }
    expect(await go('own-0002', districtA, 'WithdrawReports', { items: [cell], ...wrong })).toEqual(['report.stale'])
    const to = { unit: 'A2', day: DAY, basedOn: 0 }
    expect(await go('own-0003', districtA, 'ReattributeReports', { from: cell, to, ...wrong })).toEqual([
      'report.stale',
    ])
  })

  test('that changed nothing stands for what stood then, of what it carried alone', async () => {
    const seen = await bench.must(otherA, 'SubmitReports', sheet({ accepted: 40, issued: 7 }))
    expect(await submit('own-0001', districtA, { accepted: 40 })).toEqual([])
    await submit('own-0002', districtA, { accepted: 41, issued: 3 }, 'own-0001')
    expect(await figures()).toEqual([
      [41, 'approved', null],
      [7, 'disputed', 3],
    ])
    // what another has written since is newer
    expect(await submit('own-0003', districtA, { accepted: 41 }, seen)).toEqual([])
    await bench.must(otherA, 'SubmitReports', sheet({ accepted: 42 }, seen + 1))
    await submit('own-0004', districtA, { accepted: 43 }, 'own-0003')
    expect((await figures())[0]).toEqual([42, 'disputed', 43])
  })

  test('that took back stands for the blank, one that moved for both sides of what moved', async () => {
    await submit('own-0001', districtA, { accepted: 41, issued: 4 })
    const from = { unit: 'A1', day: DAY, basedOn: 'own-0001' }
    const moved = { from, to: { unit: 'A2', day: DAY, basedOn: 0 }, counters: ['accepted'], reason: 'wrong street' }
    await submit('theirs-1', otherA, { issued: 9 }, 0, 'A2')
    await go('own-0002', districtA, 'ReattributeReports', moved)
    await submit('own-0003', districtA, { accepted: 50 }, 'own-0002')
    await submit('own-0004', districtA, { accepted: 42, issued: 5 }, 'own-0002', 'A2')
    expect([await figures(), await figures('A2')]).toEqual([
      [
        [50, 'approved', null],
        [4, 'approved', null],
      ],
      [
        [42, 'approved', null],
        [9, 'disputed', 5],
      ],
    ])
    const back = { items: [{ unit: 'A1', day: DAY, counters: ['issued'], basedOn: 'own-0001' }], reason: 'x' }
    await go('own-0005', districtA, 'WithdrawReports', back)
    await submit('own-0006', districtA, { issued: 6 }, 'own-0005')
    expect((await figures())[1]).toEqual([6, 'approved', null])
  })

  test('of many reports is looked up for the one that is meant, also in the same batch', async () => {
    const items = ['A1', 'A2', 'A3'].map((unit) => item(unit, DAY, { accepted: 3 }))
    const both = [
      go('own-0001', districtA, 'SubmitReports', { items }),
      submit('own-0002', districtA, { accepted: 4, issued: 1 }, 'own-0001', 'A2'),
    ]
    await Promise.all(both)
    expect(await figures('A2')).toEqual([
      [4, 'approved', null],
      [1, 'approved', null],
    ])
    await submit('own-0003', districtA, { accepted: 5 }, 'own-0002', 'A2')
    expect(await submit('own-0004', districtA, { accepted: 6 }, 'own-0002', 'A2')).toEqual(['report.stale'])
    expect(await submit('own-0005', districtA, { accepted: 6 }, 'own-0001', 'A3')).toHaveLength(1)
    expect(await submit('own-0006', otherA, { accepted: 7 }, 'own-0005', 'A3')).toEqual(['report.basisUnknown'])
  })

  test('is asked for once, and only the events that are meant are read, however many items name it', async () => {
    const days = Array.from({ length: 20 }, (_, i) => addDays('2008-01-10', -i)).filter((d) => d >= '2008-01-02')
    const cells = ['A1', 'A2', 'A3'].flatMap((unit) => days.map((day) => ({ unit, day })))
    const late = { reason: 'late' }
    const all = cells.map(({ unit, day }) => item(unit, day, { accepted: 3 }, day === DAY ? {} : late))
    await go('own-0001', districtA, 'SubmitReports', { items: all })
    const { store } = bench
    const [answers, read] = [vi.spyOn(store, 'answers'), vi.spyOn(store, 'read')]
    const more = cells
      .filter((_, i) => i % 3 < 2)
      .map(({ unit, day }) => item(unit, day, { issued: 1 }, { basedOn: 'own-0001', ...(day === DAY ? {} : late) }))
    expect(await go('own-0002', districtA, 'SubmitReports', { items: more })).toHaveLength(18)
    expect(answers.mock.calls).toEqual([[['own-0002', 'own-0001']]])
    // two by two, as they stand side by side in the log
    expect(read.mock.calls.map(([, limit]) => limit)).toEqual(Array(9).fill(2))
  })

  test('keeps what it left as it was over a restart', async () => {
    const { core, store } = bench
    const seen = await bench.must(otherA, 'SubmitReports', sheet({ accepted: 40, issued: 7 }))
    await submit('own-0001', districtA, { accepted: 40 })
    await core.close()
    bench = await startBench({ store })
    await submit('own-0002', districtA, { accepted: 41, issued: 3 }, 'own-0001')
    expect(await figures()).toEqual([
      [41, 'approved', null],
      [7, 'disputed', 3],
    ])
    expect((await store.answers(['own-0001'])).get('own-0001')).toMatchObject({
      stood: { [`A1/${DAY}`]: { accepted: seen } },
    })
  })

  test('that became a claim stands for the claim: the next edit takes its place', async () => {
    await submit('theirs-1', otherA, { accepted: 9 })
    await submit('own-0001', districtA, { accepted: 10 })
    expect((await figures())[0]).toEqual([9, 'disputed', 10])
    await submit('own-0002', districtA, { accepted: 11 }, 'own-0001')
    expect((await figures())[0]).toEqual([9, 'disputed', 11])
    // and to say what stands ends it
    await submit('own-0003', districtA, { accepted: 9 }, 'own-0002')
    expect((await figures())[0]).toEqual([9, 'approved', null])
  })

  test('that repeated the own claim stands for the claim, one that repeated what stands beside it for that', async () => {
    await submit('theirs-1', otherA, { accepted: 20 })
    await submit('own-0001', districtA, { accepted: 12 })
    expect(await submit('own-0002', districtA, { accepted: 12, issued: 4 }, 'own-0001')).toHaveLength(1)
    await submit('own-0003', districtA, { accepted: 14 }, 'own-0002')
    expect((await figures())[0]).toEqual([20, 'disputed', 14])
    // another device has not seen the claim, and says what stands
    expect(await submit('own-0004', districtA, { accepted: 20 })).toEqual([])
    expect(await submit('own-0005', districtA, { accepted: 15 }, 'own-0004')).toEqual(['report.stale'])
    expect((await figures())[0]).toEqual([20, 'disputed', 14])
  })

  test('L5 of an acceptance is looked up also where the offer came in the same batch', async () => {
    await submit('theirs-1', districtA, { accepted: 10 })
    await submit('own-0001', districtB, { accepted: 3 }, 0, 'B1')
    const side = { day: DAY, basedOn: 'theirs-1' }
    const offer = { from: { unit: 'A1', ...side }, to: { unit: 'B1', day: DAY, basedOn: 0 }, reason: 'theirs' }
    const answers = await Promise.all([
      go('theirs-2', districtA, 'ReattributeReports', offer),
      go('own-0002', districtB, 'AcceptReattribution', { offer: 1, basedOn: 'own-0001' }),
      submit('own-0003', districtB, { issued: 1 }, 'own-0002', 'B1'),
    ])
    expect(answers.map((answer) => answer.length)).toEqual([1, 2, 1])
    expect(await figures('B1')).toEqual([
      [13, 'approved', null],
      [1, 'approved', null],
    ])
  })

  test('that only made an offer stands for nothing', async () => {
    await submit('theirs-1', districtA, { accepted: 5 })
    const side = { day: DAY, basedOn: 0 }
    const offer = { from: { unit: 'A1', ...side }, to: { unit: 'B1', ...side }, reason: 'ours' }
    await go('own-0001', districtB, 'ReattributeReports', offer)
    const { stood } = (await bench.store.answers(['own-0001'])).get('own-0001')!
    expect(stood).toBeNull()
  })
})

test('D7 a version that nobody can have seen is unknown', async () => {
  const head = await bench.store.head()
  expect(await submit(newId(), districtA, { accepted: 5 }, head + 1)).toEqual(['report.basisUnknown'])
  expect(await submit(newId(), districtA, { accepted: 5 }, head)).toHaveLength(1)
})

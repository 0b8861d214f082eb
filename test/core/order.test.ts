import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../shared/policy.ts'
import { openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { type Bench, districtA, districtB, item, legal, newId, office, startBench, viewer } from '../support/core.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: '2008-01-02' })
})
afterEach(() => bench.close())

const DAY = '2008-01-02'
const codes = async (actor: Actor, data: unknown, kind = 'SubmitReports') => {
  const answer = await bench.core.dispatch({ id: newId(), kind, data }, actor)
  return answer.ok ? [] : answer.refusals.map((r) => r.code)
}

describe('L8 a refusal of one kind ends the questions', () => {
  const nobody: Actor = { ...viewer, id: 'nobody' }

  test('shape before who, who before may, may before the decision', async () => {
    const unreadable = { items: [{ unit: 'A1', day: 'today', values: {}, basedOn: 0 }] }
    const unknown = { items: [item('Z9', DAY, {})] }
    expect(await codes(nobody, unreadable)).toEqual(['day.invalid'])
    expect(await codes(nobody, unknown)).toEqual(['may.signIn'])
    expect(await codes(viewer, unknown)).toEqual(['may.not'])
    expect(await codes(districtA, unknown)).toEqual(['unit.unknown'])
  })
})

describe('L9 what changes nothing', () => {
  test('is accepted at the head, without an event', async () => {
    const seq = await bench.must(districtA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 1 })] })
    await bench.must(districtB, 'SubmitReports', { items: [item('B1', DAY, { accepted: 1 })] })
    expect(await bench.must(office, 'SubmitReports', { items: [item('A1', DAY, { accepted: 1 })] })).toBe(seq + 1)
    expect(await bench.store.head()).toBe(seq + 1)
  })
})

describe('L10 a queue that is full', () => {
  test('says when to come again, and takes commands again when it is shorter', async () => {
    const asked = (n: number) => Array.from({ length: n }, () => bench.send(viewer, 'LockPeriod', { through: DAY }))
    const answers = await Promise.all(asked(20_001))
    const code = (a: (typeof answers)[0]) => (a.ok ? '' : a.refusals[0]!.code)
    expect(new Set(answers.slice(0, -1).map(code))).toEqual(new Set(['may.not']))
    expect(answers.at(-1)).toEqual({ ok: false, refusals: [{ code: 'command.busy', params: { ms: 1_000 } }] })
    expect((await Promise.all(asked(1))).map(code)).toEqual(['may.not'])
  })
})

describe('L2 the same command at two writers', () => {
  test('has one effect, and both give its one answer', async () => {
    const command = {
      id: newId(),
      kind: 'SubmitReports',
      data: { items: [item('A1', DAY, { accepted: 1 })] },
    }
    const { store } = bench
    const head = await store.head()
    const other = await openCore({ store, now: () => new Date('2008-01-02T09:00:00Z') })
    const answers = [await other.dispatch(command, districtA), await bench.core.dispatch(command, districtA)]
    await other.close()
    expect(answers).toEqual([1, 1].map((n) => ({ ok: true, seq: head + n })))
    expect(await store.head()).toBe(head + 1)
  })

  test('also when the other one writes it between the decision and the append', async () => {
    await bench.close()
    const inner = openSqlite(':memory:')
    let overtake: (() => Promise<unknown>) | null = null
    const append: Store['append'] = async (expected, entries) => {
      const first = overtake
      overtake = null
      await first?.()
      return inner.append(expected, entries)
    }
    bench = await startBench({ day: DAY, store: { ...inner, append } })
    const command = { id: newId(), kind: 'SubmitReports', data: { items: [item('A1', DAY, { accepted: 1 })] } }
    const head = await inner.head()
    overtake = async () => {
      const other = await openCore({ store: inner, now: () => new Date('2008-01-02T09:00:00Z') })
      await other.dispatch(command, districtA)
      await other.close()
    }
    expect(await bench.core.dispatch(command, districtA)).toEqual({ ok: true, seq: head + 1 })
    expect(await inner.head()).toBe(head + 1)
  })
})

describe('Y6 who may read a history', () => {
  test.each<[string, Actor[]]>([
    [`report/A1/${DAY}`, [office, legal, districtA]],
    [`report/B1/${DAY}`, [office, legal, districtB, viewer]],
    ['issue/1', [office, legal, districtA, districtB, viewer]],
    ['member/viewer', [office]],
    ['period', [office]],
  ])('of %s', async (subject, readers) => {
    for (const actor of [office, legal, districtA, districtB, viewer])
      expect((await bench.core.history(actor, subject)).ok, actor.id).toBe(readers.includes(actor))
  })

  test('what is no subject has none', async () => {
    for (const subject of ['', 'report', 'report/Z9/2008-01-02', 'programme', 'toString/x'])
      expect(await bench.core.history(office, subject)).toMatchObject({
        ok: false,
        refusals: [{ code: 'scope.unknown' }],
      })
  })

  test('it names the person as the log knows them', async () => {
    await bench.must(districtA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 1 })] })
    const history = await bench.core.history(office, `report/A1/${DAY}`)
    expect(history).toMatchObject({ ok: true, value: [{ type: 'ReportSubmitted', actorName: 'District A' }] })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../shared/policy.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Bench, districtA, districtB, item, legal, newId, office, startBench, viewer } from '../support/core.ts'
import { elsewhere, watchStore } from '../support/store.ts'

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
  const nobody: Actor = { ...districtA, id: 'nobody' }

  test('what it is before who, who before may, may before its data, its data before the decision', async () => {
    const unreadable = { items: [{ unit: 'A1', day: 'today', values: {}, basedOn: 0 }] }
    const unknown = { items: [item('Z9', DAY, {})] }
    await bench.must(office, 'EndMember', { member: districtB.id, reason: 'moved' })
    expect(await codes(districtB, unreadable, 'Submit')).toEqual(['command.unknown'])
    for (const data of [unreadable, unknown]) {
      expect(await codes(districtB, data)).toEqual(['may.signIn'])
      expect(await codes(viewer, data)).toEqual(['may.not'])
    }
    expect(await codes(nobody, unknown)).toEqual(['may.signIn'])
    expect(await codes(districtA, unreadable)).toEqual(['day.invalid'])
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
    const data = { items: [item('Z9', DAY, { accepted: 1 })] }
    const asked = (n: number) => Array.from({ length: n }, () => bench.send(districtA, 'SubmitReports', data))
    const answers = await Promise.all(asked(20_001))
    const code = (a: (typeof answers)[0]) => (a.ok ? '' : a.refusals[0]!.code)
    expect(new Set(answers.slice(0, -1).map(code))).toEqual(new Set(['unit.unknown']))
    expect(answers.at(-1)).toEqual({ ok: false, refusals: [{ code: 'command.busy', params: { ms: 1_000 } }] })
    expect((await Promise.all(asked(1))).map(code)).toEqual(['unit.unknown'])
  })
})

describe('L2 the same command at another writer', () => {
  test('has one effect also when the other one writes it between the decision and the append', async () => {
    await bench.close()
    const inner = openSqlite(':memory:')
    const watched = watchStore(inner)
    bench = await startBench({ day: DAY, store: watched.store })
    const items = [item('A1', DAY, { accepted: 1 })]
    const id = newId()
    const head = await inner.head()
    watched.overtake = () => elsewhere(inner, districtA, items, id)
    const answer = await bench.core.dispatch({ id, kind: 'SubmitReports', data: { items } }, districtA)
    expect(answer).toMatchObject({ ok: true, seq: head + 1 })
    expect(await inner.head()).toBe(head + 1)
  })
})

describe('Y6 who may read a history', () => {
  beforeEach(async () => {
    await bench.must(districtA, 'LogIssue', {
      title: 'x',
      text: 'x',
      category: 'fee',
      unit: 'A',
      from: DAY,
      to: null,
      article: null,
      counters: [],
    })
  })

  test.each<[string, Actor[]]>([
    [`history:report/A1/${DAY}`, [office, legal, districtA]],
    [`history:report/B1/${DAY}`, [office, legal, districtB, viewer]],
    ['issue:1', [office, legal, districtA, districtB, viewer]],
    ['history:member/viewer', [office]],
    ['history:period', [office]],
  ])('%s', async (scope, readers) => {
    for (const actor of [office, legal, districtA, districtB, viewer]) {
      expect((await bench.core.changes(actor, scope, 0)).ok, actor.id).toBe(readers.includes(actor))
      expect((await bench.core.changes(actor, scope, 0, await bench.store.head())).ok, actor.id).toBe(
        readers.includes(actor),
      )
    }
  })

  test('what is no subject has none', async () => {
    for (const subject of ['', 'report', 'report/Z9/2008-01-02', 'programme', 'toString/x', 'member/nobody'])
      expect(await bench.core.changes(office, `history:${subject}`, 0)).toMatchObject({
        ok: false,
        refusals: [{ code: 'scope.unknown' }],
      })
  })

  test('it names the person as the log knows them', async () => {
    await bench.must(districtA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 1 })] })
    expect(await bench.rows('version', `history:report/A1/${DAY}`)).toMatchObject([
      { type: 'ReportSubmitted', by: { id: 'districtA', name: 'District A' } },
    ])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { type Bench, districtA, districtB, item, newId, office, otherA, startBench, viewer } from '../support/core.ts'

/** A store that counts its transactions and can be told to refuse, or to have been overtaken. */
function watched(inner: Store) {
  const state = { transactions: 0, refuse: false, overtake: null as null | (() => Promise<void>) }
  const store: Store = {
    ...inner,
    append: async (expected, entries) => {
      const overtake = state.overtake
      state.overtake = null
      if (overtake !== null) await overtake()
      if (state.refuse) throw new Error('disk full')
      state.transactions++
      return inner.append(expected, entries)
    },
  }
  return { store, state }
}

let inner: Store
let state: ReturnType<typeof watched>['state']
let bench: Bench
beforeEach(async () => {
  inner = openSqlite(':memory:')
  const made = watched(inner)
  state = made.state
  bench = await startBench({ day: '2008-01-02', store: made.store })
  state.transactions = 0
})
afterEach(() => bench.close())

const DAY = '2008-01-02'
const submit = (unit: string, values: Record<string, number>, basedOn = 0) => ({
  id: newId(),
  kind: 'SubmitReports',
  data: { items: [item(unit, DAY, values, { basedOn })] },
})
const sheet = (unit: string) => {
  const answer = bench.core.changes(office, `sheet:${unit}`, 0)
  if (!answer.ok) throw new Error('may not')
  return answer.value.rows.find((r) => r.key === `report/${unit}/${DAY}`)
}

describe('L5 one transaction for all commands that arrive together', () => {
  test('five at once are one commit, with seqs in the order of arrival', async () => {
    const head = await bench.store.head()
    const answers = await Promise.all(
      ['A1', 'A2', 'A3'].map((u) => bench.core.dispatch(submit(u, { accepted: 1, issued: 1 }), districtA)),
    )
    expect(answers).toEqual([1, 2, 3].map((n) => ({ ok: true, seq: head + n })))
    expect(state.transactions).toBe(1)
  })

  test('the second of two edits in one batch sees the first: the cell is disputed, not overwritten', async () => {
    await Promise.all([
      bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA),
      bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA),
    ])
    expect(sheet('A1')).toMatchObject({
      values: [7, 5],
      state: 'disputed',
      claim: { values: [8, 5], by: { id: 'otherA' } },
    })
  })
})

describe('L2 the same command id has one effect and one answer', () => {
  test('fifty at once, and again later', async () => {
    const command = submit('A1', { accepted: 7, issued: 5 })
    const head = await bench.store.head()
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.core.dispatch(command, districtA)))
    answers.push(await bench.core.dispatch(command, districtA))
    expect(new Set(answers.map((a) => JSON.stringify(a)))).toEqual(
      new Set([JSON.stringify({ ok: true, seq: head + 1 })]),
    )
    expect(await bench.store.head()).toBe(head + 1)
  })

  test('across a restart', async () => {
    const command = submit('A1', { accepted: 7, issued: 5 })
    const first = await bench.core.dispatch(command, districtA)
    await bench.core.close()
    bench = await startBench({ store: inner })
    expect(await bench.core.dispatch(command, districtA)).toEqual(first)
  })

  test('with another body, or from another person, it is refused', async () => {
    const command = submit('A1', { accepted: 7, issued: 5 })
    await bench.core.dispatch(command, districtA)
    const reused = { ok: false, refusals: [{ code: 'command.idReused', params: { id: command.id } }] }
    const other = { ...submit('A1', { accepted: 8, issued: 5 }), id: command.id }
    expect(await bench.core.dispatch(other, districtA)).toEqual(reused)
    expect(await bench.core.dispatch(command, otherA)).toEqual(reused)
  })

  test('a command that changes nothing is answered, and answered the same again', async () => {
    await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)
    const head = await bench.store.head()
    const again = submit('A1', { accepted: 7, issued: 5 })
    const answer = await bench.core.dispatch(again, otherA)
    await bench.core.dispatch(submit('A2', { accepted: 1, issued: 1 }), districtA)
    expect(answer).toEqual({ ok: true, seq: head })
    expect(await bench.core.dispatch(again, otherA)).toEqual(answer)
  })

  test('a refused command is decided anew: it left nothing behind', async () => {
    const command = submit('A1', { accepted: 7, issued: 9 })
    expect(await bench.core.dispatch(command, districtB)).toMatchObject({ ok: false })
    expect(await bench.core.dispatch(command, districtA)).toMatchObject({
      ok: false,
      refusals: [{ code: 'report.exceeds' }],
    })
    const head = await bench.store.head()
    await bench.core.dispatch(submit('A1', { accepted: 20, issued: 1 }), districtA)
    expect(await bench.store.head()).toBe(head + 1)
  })
})

describe('L6 no acknowledgement without the disk', () => {
  test('when the disk refuses, the command is refused, and decisions go on from what is on disk', async () => {
    state.refuse = true
    const lost = await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)
    expect(lost).toEqual({ ok: false, refusals: [{ code: 'store.readOnly' }] })
    expect(sheet('A1')).toBeUndefined()
    state.refuse = false
    const kept = await bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA)
    expect(kept).toMatchObject({ ok: true })
    // had the lost command stayed in the deciding world, this would be a dispute
    expect(sheet('A1')).toMatchObject({ values: [8, 5], state: 'approved' })
  })
})

describe('L3 a decision is made against the head it is appended to, or made again', () => {
  test('another writer was first: the decision is made anew and sees what it wrote', async () => {
    state.overtake = async () => {
      const second = await openCore({ store: inner, now: () => new Date('2008-01-02T09:00:00Z') })
      await second.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)
      await second.close()
    }
    const answer = await bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA)
    expect(answer).toMatchObject({ ok: true })
    const log = await inner.bySubject(`report/A1/${DAY}`)
    expect(log.map((e) => e.type)).toEqual(['ReportSubmitted', 'ReportDisputed'])
    expect(sheet('A1')).toMatchObject({ values: [7, 5], state: 'disputed', claim: { values: [8, 5] } })
  })
})

describe('Y2 who asks is looked up in the log at the moment of the decision', () => {
  test('role and unit of the sender are those of the log, whatever the caller says', async () => {
    const answer = await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), {
      ...viewer,
      role: 'office',
      unit: 'C',
    })
    expect(answer).toEqual({ ok: false, refusals: [{ code: 'may.not' }] })
  })

  test('an ended member and a stranger are asked to sign in', async () => {
    await bench.must(office, 'EndMember', { member: 'districtA', reason: 'moved' })
    const asked = { ok: false, refusals: [{ code: 'may.signIn' }] }
    expect(await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)).toEqual(asked)
    expect(await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), { ...office, id: 'nobody' })).toEqual(
      asked,
    )
    expect(bench.core.actor('districtA')).toBeUndefined()
  })
})

describe('L7 anything from outside is answered', () => {
  test.each([
    null,
    1,
    'x',
    [],
    {},
    { id: 'x' },
    { id: 'abcdefgh', kind: 'Nothing', data: {} },
    { id: 'abcdefgh', kind: 'toString', data: {} },
  ])('%j', async (input) => {
    const answer = await bench.core.dispatch(input, office)
    expect(answer.ok).toBe(false)
  })

  test('all faults of an input are named together, each with its place', async () => {
    const answer = await bench.core.dispatch(
      {
        id: newId(),
        kind: 'SubmitReports',
        data: {
          items: [{ unit: 'A1', day: '2008-02-30', values: { accepted: 1.5, issued: -1 }, basedOn: 0, extra: 1 }],
        },
      },
      office,
    )
    expect(answer.ok ? [] : answer.refusals.map((r) => `${r.at} ${r.code}`).sort()).toEqual([
      'items.0 input.unknownField',
      'items.0.day day.invalid',
      'items.0.values.accepted report.notInteger',
      'items.0.values.issued report.negative',
    ])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { SYSTEM } from '../../server/core/core.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import { addDays } from '../../shared/progress/day.ts'
import { type Bench, districtA, districtB, item, newId, office, otherA, startBench, viewer } from '../support/core.ts'
import { elsewhere, type Watched, watchStore } from '../support/store.ts'

let inner: Store
let watched: Watched
let bench: Bench
beforeEach(async () => {
  inner = openSqlite(':memory:')
  watched = watchStore(inner)
  bench = await startBench({ day: '2008-01-02', store: watched.store })
  watched.transactions = 0
})
afterEach(() => bench.close())

const DAY = '2008-01-02'
const submit = (unit: string, values: Record<string, number>, basedOn: number | string = 0) => ({
  id: newId(),
  kind: 'SubmitReports',
  data: { items: [item(unit, DAY, values, { basedOn })] },
})
/** The figures of a report by counter, accepted and issued; undefined when nothing is written. */
const figures = async (unit: string) =>
  (await bench.rows('report', `sheet:${unit}/${DAY}`)).find((r) => r.unit === unit)?.figures

describe('L5 one transaction for all commands that arrive together', () => {
  test('three at once are one commit, with seqs in the order of arrival', async () => {
    const head = await bench.store.head()
    const answers = await Promise.all(
      ['A1', 'A2', 'A3'].map((u) => bench.core.dispatch(submit(u, { accepted: 1, issued: 1 }), districtA)),
    )
    expect(answers.map((a) => a.ok && a.seq)).toEqual([1, 2, 3].map((n) => head + n))
    expect(watched.transactions).toBe(1)
  })

  test('the second of two edits in one batch sees the first: the figure is disputed, not overwritten', async () => {
    await Promise.all([
      bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA),
      bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA),
    ])
    expect(await figures('A1')).toMatchObject([
      { value: 7, state: 'disputed', claim: { value: 8, by: { id: 'otherA' } } },
      { value: 5, state: 'approved' },
    ])
  })

  describe('L12 it is bounded, and what does not fit waits for the next one, in order', () => {
    const issue = (n: number, text: string) => ({
      id: newId(),
      kind: 'LogIssue',
      data: { title: `${n}`, text, category: 'fee', unit: 'A', from: DAY, to: null, article: null, counters: [] },
    })
    const inOneTurn = async (commands: readonly unknown[], transactions: number) => {
      watched.transactions = 0
      const answers = await Promise.all(commands.map((c) => bench.core.dispatch(c, districtA)))
      const seqs = answers.map((a) => (a.ok ? a.seq : a.refusals))
      expect(seqs).toEqual([...seqs].sort((a, b) => Number(a) - Number(b)))
      expect(new Set(seqs).size).toBe(commands.length)
      expect(watched.transactions).toBe(transactions)
    }

    test('by 1,000 commands', () =>
      inOneTurn(
        Array.from({ length: 1_200 }, (_, n) => issue(n, 'x')),
        2,
      ))

    test('by 100 kB', () =>
      inOneTurn(
        Array.from({ length: 15 }, (_, n) => issue(n, 'x'.repeat(9_900))),
        2,
      ))

    /** Four corrections of the same 990 reports, each based on the one before. */
    const corrections = async () => {
      await bench.must(SYSTEM, 'BeginDay', { day: '2008-12-01' })
      const days = Array.from({ length: 330 }, (_, n) => addDays('2008-01-02', n))
      const cells = ['A1', 'A2', 'A3'].flatMap((unit) => days.map((day) => ({ unit, day })))
      const confirmed: ReportItem['confirmed'] = ['report.unusual', 'report.coverageOver']
      let before: string | number = 0
      return Array.from({ length: 4 }, (_, n) => {
        const more: Partial<ReportItem> = {
          basedOn: before,
          reason: 'x',
          type: n === 0 ? 'late' : 'corrected',
          confirmed,
        }
        const items = cells.map(({ unit, day }) => item(unit, day, { accepted: n + 1 }, more))
        const command = { id: newId(), kind: 'SubmitReports', data: { items } }
        before = command.id
        return command
      })
    }

    test('a command that has more by itself has a transaction of its own, of 2,000 events at most', async () => {
      await inOneTurn(await corrections(), 4)
      expect(watched.largest).toBeLessThanOrEqual(2_000)
    })

    test('while many are decided and folded, others have their turns', async () => {
      const commands = await corrections()
      let turns = 0
      let ended = false
      const beside = () => {
        turns++
        if (!ended) setImmediate(beside)
      }
      beside()
      await inOneTurn(commands, 4)
      ended = true
      // one after each of the four decisions, and one for every 250 of the 3,960 events that are folded
      expect(turns).toBeGreaterThanOrEqual(4 + 14)
    })
  })
})

describe('L2 the same command id has one effect and one answer', () => {
  test('fifty at once, and again later', async () => {
    const command = submit('A1', { accepted: 7, issued: 5 })
    const head = await bench.store.head()
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.core.dispatch(command, districtA)))
    answers.push(await bench.core.dispatch(command, districtA))
    const happened = [{ subject: `report/A1/${DAY}`, version: head + 1 }]
    expect(new Set(answers.map((a) => JSON.stringify(a)))).toEqual(
      new Set([JSON.stringify({ ok: true, seq: head + 1, happened })]),
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

  test('with the same data in another order of keys it is the same command', async () => {
    const { id, kind, data } = submit('A1', { accepted: 7, issued: 5 })
    const first = await bench.core.dispatch({ id, kind, data }, districtA)
    const [{ unit, day, ...rest }] = data.items as [(typeof data.items)[0]]
    const turned = { ...rest, values: { issued: 5, accepted: 7 }, day, unit }
    expect(await bench.core.dispatch({ data: { items: [turned] }, kind, id }, districtA)).toEqual(first)
  })

  test('a command that changes nothing is answered, and answered the same again', async () => {
    await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)
    const head = await bench.store.head()
    const again = submit('A1', { accepted: 7, issued: 5 })
    const answer = await bench.core.dispatch(again, otherA)
    await bench.core.dispatch(submit('A2', { accepted: 1, issued: 1 }), districtA)
    expect(answer).toEqual({ ok: true, seq: head, happened: [] })
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

describe('an own earlier command as the basis of an edit', () => {
  test('edits that wait together follow one another, in one batch and across batches', async () => {
    const first = submit('A1', { accepted: 7, issued: 5 })
    const second = submit('A1', { issued: 6 }, first.id)
    const together = await Promise.all([first, second].map((c) => bench.core.dispatch(c, districtA)))
    const third = await bench.core.dispatch(submit('A1', { issued: 7 }, second.id), districtA)
    expect([...together, third].map((a) => a.ok)).toEqual([true, true, true])
    expect(await figures('A1')).toMatchObject([{ value: 7 }, { value: 7, state: 'approved' }])
  })

  test('somebody else wrote in between: nothing is overwritten', async () => {
    const first = submit('A1', { accepted: 7, issued: 5 })
    const answer = await bench.core.dispatch(first, districtA)
    const seen = answer.ok ? answer.seq : 0
    await bench.core.dispatch(submit('A1', { issued: 4 }, seen), otherA)
    await bench.core.dispatch(submit('A1', { issued: 6 }, first.id), districtA)
    expect((await figures('A1'))![1]).toMatchObject({ value: 4, state: 'disputed', claim: { value: 6 } })
  })

  test('of nobody, or of somebody else, it is refused', async () => {
    const first = submit('A1', { accepted: 7, issued: 5 })
    await bench.core.dispatch(first, districtA)
    for (const [basis, actor] of [
      ['never-sent-1', districtA],
      [first.id, otherA],
    ] as const)
      expect(await bench.core.dispatch(submit('A1', { issued: 6 }, basis), actor)).toMatchObject({
        ok: false,
        refusals: [{ code: 'report.basisUnknown' }],
      })
  })
})

describe('L6 no acknowledgement without the disk', () => {
  test('when the disk refuses, the command is refused, and decisions go on from what is on disk', async () => {
    watched.refuse = true
    const lost = await bench.core.dispatch(submit('A1', { accepted: 7, issued: 5 }), districtA)
    expect(lost).toEqual({ ok: false, refusals: [{ code: 'store.readOnly' }] })
    expect(await figures('A1')).toBeUndefined()
    watched.refuse = false
    const kept = await bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA)
    expect(kept).toMatchObject({ ok: true })
    // had the lost command stayed in the deciding world, this would be a dispute
    expect(await figures('A1')).toMatchObject([{ value: 8, state: 'approved' }, { value: 5 }])
  })

  test('a full disk costs no reading of the log, however often it refuses', async () => {
    watched.read = 0
    watched.refuse = true
    for (let n = 1; n <= 20; n++) await bench.core.dispatch(submit('A1', { accepted: n }), districtA)
    expect(watched.read).toBe(0)
    expect(await bench.core.changes(office, `sheet:A/${DAY}`, 0)).toMatchObject({ ok: true })
  })
})

describe('L3 a decision is made against the head it is appended to, or made again', () => {
  test('another writer was first: the decision is made anew, sees what it wrote, and reads no more than that', async () => {
    watched.read = 0
    watched.overtake = () => elsewhere(inner, districtA, [item('A1', DAY, { accepted: 7, issued: 5 })])
    const answer = await bench.core.dispatch(submit('A1', { accepted: 8, issued: 5 }), otherA)
    expect(answer).toMatchObject({ ok: true })
    const log = await inner.bySubject(`report/A1/${DAY}`)
    expect(log.map((e) => e.type)).toEqual(['ReportSubmitted', 'ReportDisputed'])
    expect((await figures('A1'))![0]).toMatchObject({ value: 7, state: 'disputed', claim: { value: 8 } })
    expect(watched.read).toBe(1)
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

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CommandData, CommandKind } from '../../shared/command.ts'
import { COMMANDS } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { type Bench, districtA, districtB, item, legal, office, otherA, startBench, viewer } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'
import { holdEquation, scopesOf } from '../support/equation.ts'

/** One input of every command, fit for the world that `prepare` makes. */
const INPUT: { [K in CommandKind]: () => CommandData<K> } = {
  OpenProgramme: () => ({ programme: tinyProgramme(), nature: 'real' }),
  BeginDay: () => ({ day: '2008-01-09' }),
  PassDeadline: () => ({ day: '2008-01-08' }),
  AddMember: () => ({ member: 'new', name: 'New', role: 'district', unit: 'B' }),
  EndMember: () => ({ member: 'otherA', reason: 'moved' }),
  SubmitReports: () => ({
    items: [
      item('A1', '2008-01-08', { accepted: 9, issued: 9 }, { confirmed: ['report.unusual'] }),
      item('A2', '2008-01-04', { accepted: 3, issued: 2 }, { type: 'late', reason: 'power cut' }),
      item('A3', '2008-01-03', { issued: 1 }, { basedOn: disputable, type: 'corrected', reason: 'counted twice' }),
    ],
  }),
  SettleDispute: () => ({
    unit: 'A1',
    day: '2008-01-03',
    values: { accepted: 12 },
    basedOn: disputed,
    reason: 'agreed by phone',
  }),
  LockPeriod: () => ({ through: '2008-01-07' }),
  ReopenPeriod: () => ({ from: '2008-01-02', reason: 'found a box' }),
  LogIssue: () => ({
    title: 'Who signs?',
    text: 'An employer hands in forty forms.',
    category: 'fee',
    unit: 'A1',
    from: '2008-01-03',
    to: null,
    article: 'fees',
    counters: ['issued'],
  }),
  ReplyToIssue: () => ({ issue: 1, text: 'The person signs.' }),
  CloseIssue: () => ({ issue: 1, reason: 'answered' }),
  ReopenIssue: () => ({ issue: 2, reason: 'asked again' }),
}
const KINDS = Object.keys(COMMANDS) as CommandKind[]

let bench: Bench
let disputable = 0
let disputed = 0

/** Some days of reports, one late, one disputed, an open and a closed question, a lock. */
async function prepare(): Promise<void> {
  bench = await startBench({ day: '2008-01-02' })
  const { must } = bench
  await must(SYSTEM, 'PassDeadline', { day: '2008-01-02' })
  await must(office, 'SubmitReports', {
    items: [item('B1', '2008-01-02', { accepted: 5, issued: 4 }, { type: 'late', reason: 'first day' })],
  })
  await must(SYSTEM, 'BeginDay', { day: '2008-01-03' })
  const seq = await must(districtA, 'SubmitReports', {
    items: [
      item('A1', '2008-01-03', { accepted: 10, issued: 5 }),
      item('A3', '2008-01-03', { accepted: 3, issued: 3 }),
    ],
  })
  disputable = seq
  disputed = await must(otherA, 'SubmitReports', { items: [item('A1', '2008-01-03', { accepted: 11, issued: 5 })] })
  await must(SYSTEM, 'BeginDay', { day: '2008-01-08' })
  const question = { ...INPUT.LogIssue() }
  await must(legal, 'LogIssue', question)
  await must(legal, 'LogIssue', question)
  await must(legal, 'CloseIssue', { issue: 2, reason: 'settled' })
  await must(office, 'LockPeriod', { through: '2008-01-02' })
}

beforeEach(prepare)
afterEach(() => bench.close())

const ACTORS: Actor[] = [SYSTEM, office, districtA, districtB, legal, viewer]

describe('rows before + patches = rows after = rows of a fresh fold', () => {
  for (const kind of KINDS)
    for (const actor of ACTORS)
      test(`S1 ${kind} by ${actor.id}`, async () => {
        await holdEquation(bench, () => bench.send(actor, kind, INPUT[kind]()))
      })

  test('S1 the inputs are fit: every command is accepted from somebody, OpenProgramme in an empty store', async () => {
    for (const kind of KINDS) {
      if (kind === 'OpenProgramme') continue
      const answers: boolean[] = []
      for (const actor of ACTORS) {
        await bench.close()
        await prepare()
        const answer = await bench.send(actor, kind, INPUT[kind]())
        answers.push(answer.ok)
      }
      expect(answers, kind).toContain(true)
    }
  })
})

test('S2 a refused command leaves nothing behind: no event, no row', async () => {
  const head = await bench.store.head()
  for (const kind of KINDS) await bench.send(viewer, kind, INPUT[kind]())
  expect(await bench.store.head()).toBe(head)
})

test('Y1 sheets outside the own subtree and the list of people are closed to a district', async () => {
  expect(scopesOf(bench, districtA)).toEqual(
    expect.arrayContaining(['programme', 'issues', 'unit:C', 'unit:B1', 'sheet:A', 'sheet:A1']),
  )
  for (const scope of ['people', 'sheet:C', 'sheet:B', 'sheet:B1'])
    expect(scopesOf(bench, districtA)).not.toContain(scope)
  for (const scope of ['sheet:Z', 'unit:', 'sheet', 'everything', 'unit:C:1'])
    expect(bench.core.mayWatch(districtA, scope)[0]?.code).toBe('scope.unknown')
})

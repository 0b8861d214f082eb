import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CommandData, CommandKind } from '../../shared/command.ts'
import { COMMANDS } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Bench, districtA, districtB, item, legal, office, otherA, startBench, viewer } from '../support/core.ts'
import { holdEquation, scopesOf } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'

const THIRD = '2008-01-03'
const FOURTH = '2008-01-04'
const STOOD_BY = { confirmed: ['report.unusual', 'report.exceeds', 'report.coverageOver'] } as const
const SILENT = { unit: 'A2', day: FOURTH }
const confirmed = [...STOOD_BY.confirmed]

/** One input of every command, fit for the world that `prepare` makes; `seq` is where its reports stand. */
const INPUT: { [K in CommandKind]: (seq: number) => CommandData<K> } = {
  OpenProgramme: () => ({ programme: tinyProgramme(), origin: 'real' }),
  BeginDay: () => ({ day: '2008-01-09' }),
  PassDeadline: () => ({ day: '2008-01-08' }),
  EndProgramme: () => ({ day: '2009-01-01' }),
  DoubtDay: () => ({ day: '2008-07-01' }),
  EndDoubt: () => ({ day: '2008-01-09' }),
  ConfirmDay: () => ({ day: '2008-01-09', reason: 'the clock is right' }),
  TakeDayBack: () => ({ day: '2008-01-08', reason: 'the clock was wrong' }),
  AddMember: () => ({ member: 'new', name: 'New', role: 'district', unit: 'B' }),
  HandOver: () => ({ from: 'districtA', to: 'otherA', reason: 'moved' }),
  AddMachine: () => ({ member: 'machine.00000009', name: 'Town hall', unit: 'A', rights: ['report'] }),
  EndMachine: () => ({ member: 'machine.00000001', reason: 'replaced' }),
  EndMember: () => ({ member: 'otherA', reason: 'moved' }),
  AssignTasks: () => ({ member: 'otherA', tasks: ['review'], reason: 'reviews from now on' }),
  AddBaseline: () => ({
    baseline: { ...tinyProgramme().baselines[0]!, key: 'T2', inForceFrom: '2008-02-01' },
    reason: 'the council has decided',
  }),
  SubmitReports: (seq) => ({
    items: [
      item('A1', '2008-01-08', { accepted: 9, issued: 9 }, { confirmed }),
      item('A2', FOURTH, { accepted: 3, issued: 2 }, { type: 'late', reason: 'power cut', confirmed }),
      item('A3', THIRD, { issued: 1 }, { basedOn: seq, type: 'corrected', reason: 'counted twice', confirmed }),
    ],
  }),
  SettleDispute: (seq) => ({
    unit: 'A1',
    day: THIRD,
    values: { accepted: 12 },
    basedOn: seq,
    reason: 'agreed by phone',
    confirmed,
  }),
  WithdrawReports: (seq) => ({ items: [{ unit: 'A2', day: THIRD, basedOn: seq }], reason: 'wrong street' }),
  ReattributeReports: (seq) => ({
    from: { unit: 'A3', day: THIRD, basedOn: seq },
    to: { unit: 'A2', day: FOURTH, basedOn: seq },
    reason: 'wrong street',
    confirmed,
  }),
  AcceptReattribution: (seq) => ({ offer: 1, basedOn: seq, confirmed }),
  DeclineReattribution: () => ({ offer: 1, reason: 'not ours' }),
  ApproveReports: () => ({ items: [{ unit: 'A3', day: THIRD, versions: waiting }] }),
  ReturnReports: () => ({ items: [{ unit: 'A3', day: THIRD, versions: waiting }], reason: 'which building?' }),
  AnswerQuestions: () => ({
    unit: 'A3',
    day: '2008-01-08',
    versions: copied,
    codes: { accepted: ['copied'] },
    text: 'so it was',
  }),
  AskAboutFigures: () => ({ unit: 'A3', day: THIRD, versions: waiting, text: 'which building?' }),
  AnswerInquiry: () => ({ unit: 'A2', day: THIRD, counters: ['issued'], text: 'the old one' }),
  LockPeriod: () => ({ through: '2008-01-07', ...(carried.length > 0 && { carried: [...carried] }) }),
  ReopenPeriod: () => ({ from: '2008-01-02', reason: 'found a box' }),
  LogIssue: () => ({
    title: 'Who signs?',
    text: 'An employer hands in forty forms.',
    category: 'fee',
    unit: 'A1',
    from: THIRD,
    to: null,
    article: 'fees',
    counters: ['issued'],
  }),
  ReplyToIssue: () => ({ issue: 1, text: 'The person signs.' }),
  CloseIssue: () => ({ issue: 1, reason: 'answered' }),
  ReopenIssue: () => ({ issue: 2, reason: 'asked again' }),
  Escalate: () => ({ official: '2008-01-07', district: '2008-01-07', supervision: '2008-01-07' }),
  RemindOfficials: () => ({ cells: [SILENT, { unit: 'B1', day: THIRD }], text: 'please report' }),
  NoteCall: () => ({ ...SILENT, member: 'districtA', text: 'by noon' }),
  PostponeReminder: () => ({ cells: [SILENT], until: '2008-01-09', reason: 'moving house' }),
  SeeReminder: () => ({ reminder: reminded }),
}
const KINDS = Object.keys(COMMANDS) as CommandKind[]
const REVIEW: readonly CommandKind[] = ['ApproveReports', 'ReturnReports', 'AskAboutFigures', 'AnswerInquiry']

let bench: Bench
let seq = 0
let reminded = 0
let waiting: Record<string, number> = {}
let copied: Record<string, number> = {}
let carried: { unit: string; day: string; counters: string[] }[] = []

/** Some days of reports, one late, one disputed, one offered to another street, an open and a closed question, a lock. */
async function prepare(reviewLevels: number): Promise<void> {
  const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels } })
  bench = await startBench({ programme, day: '2008-01-02' })
  const { must } = bench
  await must(SYSTEM, 'PassDeadline', { day: '2008-01-02' })
  await must(office, 'SubmitReports', {
    items: [item('B1', '2008-01-02', { accepted: 5, issued: 4 }, { type: 'late', reason: 'first day' })],
  })
  await must(SYSTEM, 'BeginDay', { day: THIRD })
  const first = await must(districtA, 'SubmitReports', {
    items: [item('A1', THIRD, { accepted: 10, issued: 5 }), item('A3', THIRD, { accepted: 3, issued: 3 })],
  })
  waiting = { accepted: first, issued: first }
  const second = await must(districtA, 'SubmitReports', { items: [item('A2', THIRD, { accepted: 7, issued: 6 })] })
  await must(otherA, 'SubmitReports', { items: [item('A1', THIRD, { accepted: 11 })] })
  await must(SYSTEM, 'BeginDay', { day: '2008-01-08' })
  const twice = { accepted: 400, issued: 300 }
  const both = await must(districtA, 'SubmitReports', {
    items: [item('A3', '2008-01-07', twice, { type: 'late', reason: 'power cut' }), item('A3', '2008-01-08', twice)],
  })
  copied = { accepted: both }
  const question = INPUT.LogIssue(0)
  await must(legal, 'LogIssue', question)
  await must(legal, 'LogIssue', question)
  await must(legal, 'CloseIssue', { issue: 2, reason: 'settled' })
  await must(office, 'AddMachine', { member: 'machine.00000001', name: 'Counter', unit: 'A1', rights: ['read'] })
  if (reviewLevels > 0)
    await must(office, 'AskAboutFigures', {
      unit: 'A2',
      day: THIRD,
      versions: { issued: second },
      text: 'all of them?',
    })
  const early = await openIn('2008-01-02')
  if (early.length > 0) await must(office, 'LockPeriod', { through: '2008-01-02', carried: early })
  await must(SYSTEM, 'Escalate', { official: '2008-01-03', supervision: '2008-01-03' })
  reminded = await must(office, 'RemindOfficials', { cells: [SILENT], text: 'please report' })
  await must(SYSTEM, 'DoubtDay', { day: '2008-06-10' })
  seq = await must(districtA, 'ReattributeReports', {
    from: { unit: 'A2', day: THIRD, basedOn: second },
    to: { unit: 'B1', day: FOURTH, basedOn: 0 },
    reason: 'theirs',
  })
  carried = await openIn('2008-01-07')
}

/** Locks, or what keeps a lock from it. */
async function openIn(through: string) {
  const answer = await bench.send(office, 'LockPeriod', { through })
  if (answer.ok) return []
  return answer.refusals.map(({ params }) => ({
    unit: String(params!.unit),
    day: String(params!.day),
    counters: [String(params!.counter)],
  }))
}

const ACTORS: Actor[] = [SYSTEM, office, districtA, districtB, legal, viewer]

for (const reviewLevels of [0, 1, 2])
  describe(`rows before + patches = rows after = rows of a fresh fold, with ${reviewLevels} levels of review`, () => {
    beforeEach(() => prepare(reviewLevels))
    afterEach(() => bench.close())

    for (const kind of KINDS)
      for (const actor of ACTORS)
        test(`S1 ${kind} by ${actor.id}`, async () => {
          await holdEquation(bench, () => bench.send(actor, kind, INPUT[kind](seq)))
        })

    test('S1 the inputs are fit: every command is accepted from somebody', async () => {
      for (const kind of KINDS) {
        if (kind === 'OpenProgramme' || (reviewLevels === 0 && REVIEW.includes(kind))) continue
        const answers: unknown[] = []
        for (const actor of ACTORS) {
          await bench.close()
          await prepare(reviewLevels)
          const answer = await bench.send(actor, kind, INPUT[kind](seq))
          answers.push(answer.ok ? 'accepted' : answer.refusals)
        }
        expect(answers, `${kind} ${JSON.stringify(answers)}`).toContain('accepted')
      }
    })

    test('S2 a refused command leaves nothing behind: no event, no row', async () => {
      const head = await bench.store.head()
      for (const kind of KINDS) await bench.send(viewer, kind, INPUT[kind](seq))
      expect(await bench.store.head()).toBe(head)
    })
  })

test('S1 a programme that is opened under somebody who watches', async () => {
  const store = openSqlite(':memory:')
  const core = await openCore({ store, now: () => new Date('2008-01-02T09:00:00Z'), tickMs: 5 })
  for (const scope of ['programme', 'people', 'unit:C']) expect(core.live.changesText(scope, 0)).toContain('"rows":[]')
  await core.dispatch({ id: 'open-it-now', kind: 'OpenProgramme', data: INPUT.OpenProgramme(0) }, SYSTEM)
  expect(core.live.changesText('programme', 0)).toContain('"rows":[["p",')
  expect(core.live.changesText('unit:C', 0)).toContain('["s0",')
  await core.close()
  await store.close()
})

test('Y1 sheets outside the own subtree and the list of people are closed to a district', async () => {
  await prepare(0)
  const scopes = scopesOf(bench, districtA)
  expect(scopes).toEqual(
    expect.arrayContaining([
      'programme',
      'issues',
      'issue:1',
      'unit:C',
      'unit:B1',
      `sheet:A/${THIRD}`,
      `sheet:A1/${THIRD}`,
      `history:report/A1/${THIRD}`,
    ]),
  )
  for (const scope of [
    'people',
    'history:period',
    'history:member/otherA',
    `sheet:C/${THIRD}`,
    `sheet:B1/${THIRD}`,
    `history:report/B1/${THIRD}`,
  ])
    expect(scopes).not.toContain(scope)
  for (const scope of ['sheet:Z/2008-01-03', 'sheet:A', 'unit:', 'sheet', 'everything', 'unit:C:1', 'issue:99'])
    expect(bench.core.mayWatch(districtA, scope)[0]?.code, scope).toBe('scope.unknown')
  await bench.close()
})

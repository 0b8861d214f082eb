/** Every command with every refusal that its decision can give, alone: nothing else is refused with it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import { REFUSAL_CODES, type RefusalCode } from '../../shared/errors.ts'
import { districtA, districtB, item, legal, office, viewer } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { ask, began, event, given, opened, passed, ready, SYSTEM } from './given.ts'
import { isPlace } from './places.ts'
import {
  answer,
  approve,
  baseline,
  c,
  type Case,
  DAY,
  locked,
  move,
  PAST,
  sendBack,
  settle,
  submit,
  whole,
  withdraw,
} from './refused.ts'
import { ADDING, ENDING, MACHINE_CASES } from './refusedMachines.ts'
import { REPORT_CASES } from './refusedReports.ts'
import { SILENCE_CASES } from './refusedSilence.ts'
import { REVIEW_CASES } from './refusedReview.ts'

const question = {
  title: 'Who signs?',
  text: 'An employer hands in forty forms.',
  category: 'fee',
  unit: 'A1',
  from: PAST,
  to: null,
  article: 'fees',
  counters: ['issued'],
}
const asked = ready(event('IssueLogged', { issue: 1, number: 'T〔2008〕1', ...question }, legal))
const answered = [...asked, event('IssueClosed', { issue: 1, reason: 'answered' }, legal)]
const programme = (overrides: Parameters<typeof tinyProgramme>[0]) => ({
  programme: tinyProgramme(overrides),
  origin: 'real',
})
const withTarget = (more: object) =>
  programme({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [{ ...countTarget, ...more }] }] })
const plain = [...opened({ issues: null, regulation: null }), began(DAY)]
const ENDS = { ends: '2008-12-31' }
const over = ready(event('ProgrammeEnded', { day: '2009-01-01' }))
const doubted = ready(event('DayDoubted', { day: '2008-06-10' }))
const confirming = (day: string) => ({ day, reason: 'the clock was wrong' })
const [city, ...others] = tinyProgramme().units

const INPUT: Record<CommandKind, unknown> = {
  OpenProgramme: programme({}),
  BeginDay: { day: DAY },
  PassDeadline: { day: DAY },
  EndProgramme: { day: '2009-01-01' },
  DoubtDay: { day: '2009-01-01' },
  EndDoubt: { day: DAY },
  ConfirmDay: { day: '2008-01-11', reason: 'the clock was wrong' },
  TakeDayBack: { day: DAY, reason: 'the clock was wrong' },
  AddMember: { member: 'new', name: 'New', role: 'viewer', unit: 'A' },
  EndMember: { member: 'viewer', reason: 'moved' },
  HandOver: { from: 'districtA', to: 'otherA', reason: 'moved' },
  AddMachine: ADDING,
  EndMachine: ENDING,
  AssignTasks: { member: 'districtA', tasks: ['report'], reason: 'moved' },
  SubmitReports: submit(item('A1', DAY, whole)),
  SettleDispute: settle(),
  AddBaseline: baseline(),
  WithdrawReports: withdraw(),
  ReattributeReports: move(),
  AcceptReattribution: { offer: 1 },
  DeclineReattribution: { offer: 1, reason: 'not ours' },
  ApproveReports: approve(),
  ReturnReports: sendBack(),
  AnswerQuestions: answer(),
  AskAboutFigures: { unit: 'A1', day: PAST, versions: { accepted: 9 }, text: 'where?' },
  AnswerInquiry: { unit: 'A1', day: PAST, counters: ['accepted'], text: 'here' },
  LockPeriod: { through: PAST },
  ReopenPeriod: { from: PAST, reason: 'found a box' },
  LogIssue: question,
  ReplyToIssue: { issue: 1, text: 'The person signs.' },
  CloseIssue: { issue: 1, reason: 'answered' },
  ReopenIssue: { issue: 1, reason: 'asked again' },
  Escalate: { official: PAST },
  RemindOfficials: { cells: [{ unit: 'A1', day: PAST }], text: 'please report' },
  NoteCall: { unit: 'A1', day: PAST, member: 'districtA', text: 'by noon' },
  PostponeReminder: { cells: [{ unit: 'A1', day: PAST }], until: DAY, reason: 'moving house' },
  SeeReminder: { reminder: 1 },
}
const KINDS = Object.keys(INPUT) as CommandKind[]
const ofClock = new Set<CommandKind>(['BeginDay', 'PassDeadline', 'EndProgramme', 'DoubtDay', 'EndDoubt', 'Escalate'])

const CASES: Case[] = [
  ...KINDS.filter((k) => k !== 'OpenProgramme').map((k) =>
    c('O2', k, ofClock.has(k) ? SYSTEM : k === 'SeeReminder' ? districtA : office, [], INPUT[k], {
      code: 'programme.notOpen',
    }),
  ),
  ...KINDS.map((k) => c('Y3', k, viewer, ready(), INPUT[k], { code: 'may.not' })),

  c('O1', 'OpenProgramme', SYSTEM, ready(), INPUT.OpenProgramme, { code: 'programme.open', params: { key: 'tiny' } }),
  c('O3', 'OpenProgramme', SYSTEM, [], programme({ units: [city!, ...others, { ...others.at(-1)! }] }), {
    code: 'input.duplicate',
    params: { name: 'B2' },
    at: 'programme.units.8',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], programme({ endsOn: '2007-12-31' }), {
    code: 'input.invalid',
    at: 'programme.endsOn',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], withTarget({ counter: 'handed' }), {
    code: 'counter.unknown',
    params: { key: 'handed' },
    at: 'programme.baselines.0.targets.0.counter',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], withTarget({ unit: 'Z9' }), {
    code: 'unit.unknown',
    params: { unit: 'Z9' },
    at: 'programme.baselines.0.targets.0.unit',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], withTarget({ measure: 'coverage', threshold: 0.9 }), {
    code: 'input.required',
    params: { unit: 'C', key: '' },
    at: 'programme.baselines.0.targets.0.base',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], withTarget({ due: '2008-01-01' }), {
    code: 'programme.dueEarly',
    params: { due: '2008-01-01', from: '2008-01-01' },
    at: 'programme.baselines.0.targets.0.due',
  }),

  c('C13', 'BeginDay', SYSTEM, ready(), { day: DAY }, { code: 'day.notForward', params: { day: DAY, today: DAY } }),
  c('C13', 'BeginDay', SYSTEM, ready(), { day: '2009-01-01' }, { code: 'programme.over', params: ENDS }),
  c('C20', 'BeginDay', SYSTEM, over, { day: '2008-01-11' }, { code: 'programme.over', params: ENDS }),
  c('C20', 'EndProgramme', SYSTEM, ready(), { day: DAY }, { code: 'input.invalid', at: 'day' }),
  c('C20', 'SubmitReports', office, over, INPUT.SubmitReports, {
    code: 'programme.over',
    params: ENDS,
    at: 'items.0.day',
  }),
  c('C17', 'ConfirmDay', office, ready(), INPUT.ConfirmDay, { code: 'day.notDoubted' }),
  c('C17', 'ConfirmDay', office, doubted, confirming(DAY), {
    code: 'day.notForward',
    params: { day: DAY, today: DAY },
    at: 'day',
  }),
  c('C17', 'ConfirmDay', office, doubted, confirming('2007-12-31'), {
    code: 'programme.notStarted',
    params: { day: '2007-12-31', starts: '2008-01-01' },
    at: 'day',
  }),
  c('C18', 'TakeDayBack', office, ready(), confirming('2008-01-09'), {
    code: 'day.notBegun',
    params: { day: '2008-01-09' },
    at: 'day',
  }),
  c(
    'C3',
    'PassDeadline',
    SYSTEM,
    ready(),
    { day: PAST },
    { code: 'day.notForward', params: { day: PAST, today: DAY } },
  ),

  c(
    'M1',
    'AddMember',
    office,
    ready(),
    { member: 'viewer', name: 'V', role: 'viewer', unit: 'A' },
    {
      code: 'member.exists',
      at: 'member',
    },
  ),
  c(
    'M4',
    'AddMember',
    office,
    ready(),
    { member: 'another', name: 'vie Wer', role: 'viewer', unit: 'B' },
    {
      code: 'member.nameTaken',
      at: 'name',
    },
  ),
  c(
    'M1',
    'AddMember',
    office,
    ready(),
    { member: 'new', name: 'N', role: 'viewer', unit: 'Z9' },
    {
      code: 'unit.unknown',
      params: { unit: 'Z9' },
      at: 'unit',
    },
  ),
  c(
    'M1',
    'AddMember',
    { ...office, unit: 'A' },
    ready(),
    { member: 'new', name: 'N', role: 'viewer', unit: 'B' },
    {
      code: 'may.outsideUnit',
      params: { unit: 'B' },
      at: 'unit',
    },
  ),
  c(
    'Y9',
    'AddMember',
    { ...office, unit: 'A' },
    ready(),
    { member: 'new', name: 'N', role: 'legal', unit: 'A' },
    { code: 'may.beyondOwn', params: { role: 'legal', unit: 'A' }, at: 'role' },
  ),
  c(
    'Y9',
    'EndMember',
    { ...office, unit: 'A' },
    ready(event('MemberAdded', { member: 'jurist', name: 'Jurist', role: 'legal', unit: 'A', tasks: [] })),
    { member: 'jurist', reason: 'moved' },
    { code: 'may.beyondOwn', params: { role: 'legal', unit: 'A' } },
  ),
  ...(
    [
      [office, 'nobody', ['report'], { code: 'member.unknown', at: 'member' }],
      [{ ...office, unit: 'B' }, 'districtA', ['report'], { code: 'may.outsideUnit', params: { unit: 'A' } }],
      [office, 'viewer', ['report'], { code: 'member.noTask', params: { role: 'viewer' }, at: 'tasks' }],
    ] as const
  ).map(([by, member, tasks, then]) => c('M6', 'AssignTasks', by, ready(), { member, tasks, reason: 'x' }, then)),
  c(
    'M2',
    'EndMember',
    office,
    ready(),
    { member: 'nobody', reason: 'moved' },
    { code: 'member.unknown', at: 'member' },
  ),
  c(
    'M2',
    'EndMember',
    { ...office, unit: 'A' },
    ready(),
    { member: 'viewer', reason: 'moved' },
    {
      code: 'may.outsideUnit',
      params: { unit: 'B' },
    },
  ),
  c('M2', 'EndMember', office, ready(event('MemberEnded', { member: 'viewer', reason: 'moved' })), INPUT.EndMember, {
    code: 'member.ended',
    at: 'member',
  }),
  c('M2', 'EndMember', office, ready(), { member: 'office', reason: 'tired' }, { code: 'member.self', at: 'member' }),

  ...MACHINE_CASES,

  ...REPORT_CASES,
  ...REVIEW_CASES,

  c('O6', 'AddBaseline', office, ready(), baseline({ key: 'T1' }), {
    code: 'input.duplicate',
    params: { name: 'T1' },
    at: 'baseline',
  }),

  c(
    'P1',
    'LockPeriod',
    office,
    ready(),
    { through: DAY },
    {
      code: 'report.future',
      params: { day: DAY, today: DAY },
      at: 'through',
    },
  ),
  c(
    'P1',
    'LockPeriod',
    office,
    locked,
    { through: PAST },
    { code: 'report.locked', params: { through: PAST }, at: 'through' },
  ),
  c(
    'P2',
    'ReopenPeriod',
    office,
    locked,
    { from: DAY, reason: 'found a box' },
    { code: 'period.notLocked', at: 'from' },
  ),

  ...SILENCE_CASES,
  c(
    'I1',
    'LogIssue',
    legal,
    ready(),
    { ...question, unit: 'Z9' },
    { code: 'unit.unknown', params: { unit: 'Z9' }, at: 'unit' },
  ),
  c('I1', 'LogIssue', districtB, ready(), question, { code: 'may.outsideUnit', params: { unit: 'A1' }, at: 'unit' }),
  c('I1', 'LogIssue', legal, ready(), { ...question, category: 'rank' }, { code: 'category.unknown', at: 'category' }),
  c('I1', 'LogIssue', legal, ready(), { ...question, article: 'rank' }, { code: 'article.unknown', at: 'article' }),
  c('I1', 'LogIssue', legal, ready(), { ...question, to: '2008-01-08' }, { code: 'issue.daysReversed', at: 'to' }),
  c(
    'I1',
    'LogIssue',
    legal,
    ready(),
    { ...question, counters: ['issued', 'handed'] },
    {
      code: 'counter.unknown',
      params: { key: 'handed' },
      at: 'counters.1',
    },
  ),
  ...(['LogIssue', 'ReplyToIssue', 'CloseIssue', 'ReopenIssue'] as const).map((k) =>
    c('I7', k, legal, plain, INPUT[k], { code: 'issue.notKept' }),
  ),
  c(
    'I7',
    'AddMember',
    office,
    plain,
    { member: 'new', name: 'New', role: 'legal', unit: 'A' },
    { code: 'issue.notKept', at: 'role' },
  ),
  ...(['ReplyToIssue', 'CloseIssue', 'ReopenIssue'] as const).map((k) =>
    c('I4', k, legal, ready(), INPUT[k], { code: 'issue.unknown', at: 'issue' }),
  ),
  ...(['ReplyToIssue', 'CloseIssue'] as const).map((k) =>
    c('I5', k, legal, answered, INPUT[k], { code: 'issue.closed' }),
  ),
  c('I5', 'ReopenIssue', legal, asked, INPUT.ReopenIssue, { code: 'issue.notClosed' }),
]

describe.each(KINDS)('%s', (kind) => {
  for (const { rule, by, given: past, when, then } of CASES.filter((x) => x.kind === kind))
    test(`${rule} ${then.code} at ${then.at ?? 'the whole'}`, () => {
      expect(ask(given(past), by, kind, when)).toEqual({ ok: false, refusals: [then] })
    })
})

describe('L7 every place that a refusal names is one of its command’s input', () => {
  test.each(KINDS)('%s', (kind) => {
    for (const { when, then } of CASES.filter((x) => x.kind === kind && x.then.at !== undefined))
      expect([then.at, isPlace(then.at!, kind, when)]).toEqual([then.at, true])
  })
})

/** Commands whose decisions stand in each file. */
const FILES: Record<string, CommandKind[]> = {
  opening: ['OpenProgramme'],
  clock: [...ofClock, 'ConfirmDay', 'TakeDayBack'],
  rebaselining: ['AddBaseline'],
  machine: ['AddMachine', 'EndMachine'],
  handover: ['HandOver'],
  member: ['AddMember', 'EndMember', 'AssignTasks'],
  cell: ['SubmitReports', 'SettleDispute'],
  basis: ['SubmitReports'],
  questions: ['SubmitReports'],
  ...{ submit: ['SubmitReports'], deriving: ['SubmitReports'], totalling: ['SubmitReports'] },
  settle: ['SettleDispute'],
  withdraw: ['WithdrawReports'],
  reviewing: ['ApproveReports', 'ReturnReports'],
  inquiry: ['AskAboutFigures', 'AnswerInquiry'],
  moving: ['ReattributeReports'],
  reattribution: ['ReattributeReports', 'AcceptReattribution', 'DeclineReattribution'],
  answering: ['AnswerQuestions'],
  period: ['LockPeriod', 'ReopenPeriod'],
  issue: ['LogIssue', 'ReplyToIssue', 'CloseIssue', 'ReopenIssue'],
}

test.each(Object.entries(FILES))('no code in shared/domain/%s.ts is without a case', (file, kinds) => {
  const source = readFileSync(join(import.meta.dirname, `../../shared/domain/${file}.ts`), 'utf8')
  const used = REFUSAL_CODES.filter((code) => source.includes(`'${code}'`))
  const covered = new Set<RefusalCode>(CASES.filter((x) => kinds.includes(x.kind)).map((x) => x.then.code))
  expect(used.length).toBeGreaterThan(0)
  expect(used.filter((code) => !covered.has(code))).toEqual([])
})

test('C3 a deadline passes once', () => {
  expect(ask(given(ready(passed(DAY))), SYSTEM, 'PassDeadline', { day: DAY })).toMatchObject({
    refusals: [{ code: 'day.notForward' }],
  })
})

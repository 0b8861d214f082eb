/** Every command with every refusal that its decision can give, alone: nothing else is refused with it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import { REFUSAL_CODES, type Refusal, type RefusalCode } from '../../shared/errors.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, districtB, item, legal, office, otherA, viewer } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { ask, began, event, given, opened, type Past, passed, ready, reported, reviewed, SYSTEM } from './given.ts'

interface Case {
  rule: string
  kind: CommandKind
  by: Actor
  given: Past[]
  when: unknown
  then: Refusal
}

const DAY = '2008-01-10'
const PAST = '2008-01-09'
const whole: Values = { accepted: 10, issued: 8 }
const submit = (...items: ReturnType<typeof item>[]) => ({ items })
const settle = (more: object = {}) => ({
  unit: 'A1',
  day: PAST,
  values: { accepted: 9 },
  basedOn: 10,
  reason: 'agreed',
  ...more,
})
/** seq 8 is the day, 9 the report */
const standing = ready(reported(districtA, 'A1', PAST, whole))
const disputed = [
  ...standing,
  event('ReportDisputed', { unit: 'A1', day: PAST, values: { accepted: 9 }, basis: { accepted: 1 } }, otherA),
]
const withdraw = (more: object = {}) => ({
  items: [{ unit: 'A1', day: PAST, counters: ['accepted'], basedOn: 9, ...more }],
  reason: 'of another street',
})
const approve = (more: object = {}) => ({ items: [{ unit: 'A1', day: PAST, versions: { accepted: 9 }, ...more }] })
const sendBack = (more: object = {}) => ({ ...approve(more), reason: 'twice the usual' })
const waiting = reviewed(1, reported(districtA, 'A1', PAST, whole))
const move = (more: object = {}, to: object = {}) => ({
  from: { unit: 'A1', day: PAST, basedOn: 9 },
  to: { unit: 'A2', day: PAST, basedOn: 9, ...to },
  reason: 'of another street',
  ...more,
})
const offered = [
  ...standing,
  event(
    'ReattributionOffered',
    {
      offer: 1,
      unit: 'A1',
      day: PAST,
      to: { unit: 'B1', day: PAST },
      asks: 'to',
      values: whole,
      reason: 'of another street',
    },
    districtA,
  ),
]
const declined = [
  ...offered,
  event('ReattributionDeclined', {
    offer: 1,
    unit: 'A1',
    day: PAST,
    to: { unit: 'B1', day: PAST },
    reason: 'not ours',
  }),
]
const baseline = (more: object = {}) => ({
  baseline: { ...tinyProgramme().baselines[0]!, key: 'T2', inForceFrom: '2008-04-01', ...more },
  reason: 'put off',
})
const locked = ready(event('PeriodLocked', { through: PAST }))
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
/** five working days of 100 and 90 in street A1 */
const usual = [
  ...opened(),
  ...['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08'].flatMap((d) => [
    began(d),
    reported(districtA, 'A1', d, { accepted: 100, issued: 90 }),
  ]),
  began(DAY),
]
const programme = (overrides: Parameters<typeof tinyProgramme>[0]) => ({
  programme: tinyProgramme(overrides),
  origin: 'real',
})
const withTarget = (more: object) =>
  programme({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [{ ...countTarget, ...more }] }] })
const [city, ...others] = tinyProgramme().units
const c = (rule: string, kind: CommandKind, by: Actor, past: Past[], when: unknown, then: Refusal): Case => ({
  rule,
  kind,
  by,
  given: past,
  when,
  then,
})

const INPUT: Record<CommandKind, unknown> = {
  OpenProgramme: programme({}),
  BeginDay: { day: DAY },
  PassDeadline: { day: DAY },
  AddMember: { member: 'new', name: 'New', role: 'viewer', unit: 'A' },
  EndMember: { member: 'viewer', reason: 'moved' },
  SubmitReports: submit(item('A1', DAY, whole)),
  SettleDispute: settle(),
  AddBaseline: baseline(),
  WithdrawReports: withdraw(),
  ReattributeReports: move(),
  AcceptReattribution: { offer: 1 },
  DeclineReattribution: { offer: 1, reason: 'not ours' },
  ApproveReports: approve(),
  ReturnReports: sendBack(),
  LockPeriod: { through: PAST },
  ReopenPeriod: { from: PAST, reason: 'found a box' },
  LogIssue: question,
  ReplyToIssue: { issue: 1, text: 'The person signs.' },
  CloseIssue: { issue: 1, reason: 'answered' },
  ReopenIssue: { issue: 1, reason: 'asked again' },
}
const KINDS = Object.keys(INPUT) as CommandKind[]

/** Commands that write to reports, with their input for a report and the place of a field in it. */
const WRITERS: Partial<Record<CommandKind, [input: (more: object) => unknown, at: string, counters: string]>> = {
  SubmitReports: [
    (more) => submit(item('A1', PAST, whole, { type: 'late', reason: 'power cut', ...more })),
    'items.0.',
    'values',
  ],
  SettleDispute: [settle, '', 'values'],
  WithdrawReports: [withdraw, 'items.0.', 'counters'],
  ApproveReports: [approve, 'items.0.', 'versions'],
  ReturnReports: [sendBack, 'items.0.', 'versions'],
}

/** What forbids a report is the same for whatever writes to it. */
const PLACES = (Object.keys(WRITERS) as CommandKind[]).flatMap((kind): Case[] => {
  const [of, at, counters] = WRITERS[kind]!
  const handed = counters === 'counters' ? ['handed'] : { handed: 1 }
  const merged = opened({
    units: tinyProgramme().units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-01-08', into: 'B1' } : u)),
  })
  const cases = [
    c('R3', kind, districtA, ready(), of({ unit: 'Z9' }), {
      code: 'unit.unknown',
      params: { unit: 'Z9' },
      at: `${at}unit`,
    }),
    c('R3', kind, districtB, ready(), of({}), { code: 'may.outsideUnit', params: { unit: 'A1' }, at: `${at}unit` }),
    c('R3', kind, districtA, ready(), of({ unit: 'A' }), {
      code: 'unit.notReporting',
      params: { unit: 'A' },
      at: `${at}unit`,
    }),
    c('R4', kind, districtA, ready(), of({ day: '2008-01-11' }), {
      code: 'report.future',
      params: { day: '2008-01-11', today: DAY },
      at: `${at}day`,
    }),
    c('R4', kind, districtB, ready(), of({ unit: 'B2' }), {
      code: 'unit.notStarted',
      params: { unit: 'B2', starts: '2008-02-01' },
      at: `${at}day`,
    }),
    c('R40', kind, districtB, [...merged, began(DAY)], of({ unit: 'A3' }), {
      code: 'unit.ended',
      params: { unit: 'A3', ends: '2008-01-08', into: 'B1' },
      at: `${at}day`,
    }),
    c('R4', kind, districtA, locked, of({}), { code: 'report.locked', params: { through: PAST }, at: `${at}day` }),
    c('R4', kind, districtA, ready(), of({ [counters]: handed }), {
      code: 'counter.unknown',
      params: { key: 'handed' },
      at: `${at}${counters}.handed`,
    }),
  ]
  if (counters !== 'counters')
    cases.push(
      c('R4', kind, districtA, ready(), of({ [counters]: {} }), { code: 'report.empty', at: `${at}${counters}` }),
    )
  return cases
})

const CASES: Case[] = [
  ...KINDS.filter((k) => k !== 'OpenProgramme').map((k) =>
    c('O2', k, k === 'BeginDay' || k === 'PassDeadline' ? SYSTEM : office, [], INPUT[k], { code: 'programme.notOpen' }),
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
    at: 'programme.baselines.0.targets.0.base',
  }),
  c('O3', 'OpenProgramme', SYSTEM, [], withTarget({ due: '2008-01-01' }), {
    code: 'issue.daysReversed',
    at: 'programme.baselines.0.targets.0.due',
  }),

  c('C1', 'BeginDay', SYSTEM, ready(), { day: DAY }, { code: 'day.notForward', params: { day: DAY, today: DAY } }),
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

  ...PLACES,
  c('R4', 'SubmitReports', districtA, ready(), submit(item('A1', DAY, whole), item('A1', DAY, whole)), {
    code: 'input.duplicate',
    params: { name: `A1/${DAY}` },
    at: 'items.1',
  }),
  c('D9', 'SubmitReports', otherA, disputed, submit(item('A1', PAST, { accepted: 7 }, { basedOn: 10 })), {
    code: 'report.disputed',
    params: { counter: 'accepted' },
    at: 'items.0.values.accepted',
  }),
  c('D8', 'SubmitReports', districtA, standing, submit(item('A1', PAST, { accepted: 7 }, { basedOn: 8 })), {
    code: 'report.stale',
    params: { counter: 'accepted', standing: 10, sent: 7 },
    at: 'items.0.values.accepted',
  }),
  c('D7', 'SubmitReports', districtA, standing, submit(item('A1', PAST, { accepted: 7 }, { basedOn: 'not-known' })), {
    code: 'report.basisUnknown',
    at: 'items.0.basedOn',
  }),
  c(
    'R31',
    'SubmitReports',
    districtA,
    standing,
    submit(item('A1', PAST, { issued: 7 }, { basedOn: 9, reason: 'miscounted' })),
    { code: 'report.typeRequired', at: 'items.0.type' },
  ),
  c(
    'R31',
    'SubmitReports',
    districtA,
    standing,
    submit(item('A1', PAST, { issued: 7 }, { basedOn: 9, type: 'late', reason: 'x' })),
    {
      code: 'report.typeWrong',
      params: { type: 'late' },
      at: 'items.0.type',
    },
  ),
  c('R10', 'SubmitReports', districtA, ready(), submit(item('A1', PAST, whole)), {
    code: 'report.reasonRequired',
    at: 'items.0.reason',
  }),
  c('R21', 'SubmitReports', districtA, usual, submit(item('A1', DAY, { accepted: 161 })), {
    code: 'report.unusual',
    params: { value: 161, low: 40, high: 160, median: 100 },
    at: 'items.0.values.accepted',
    level: 'warning',
  }),
  c('R34', 'SubmitReports', districtA, ready(), submit(item('A1', DAY, { accepted: 5, issued: 6 })), {
    code: 'report.exceeds',
    params: { counter: 'issued', within: 'accepted', total: 6, limit: 5 },
    at: 'items.0.values.issued',
    level: 'warning',
  }),
  c('R35', 'SubmitReports', districtA, ready(), submit(item('A2', DAY, { accepted: 9_000, issued: 3_001 })), {
    code: 'report.coverageOver',
    params: { unit: 'A2', total: 3_001, base: 3_000 },
    at: 'items.0.values.issued',
    level: 'warning',
  }),

  c('D11', 'SettleDispute', districtA, standing, settle(), {
    code: 'report.notDisputed',
    params: { counter: 'accepted' },
    at: 'values.accepted',
  }),

  c('R39', 'WithdrawReports', districtA, standing, withdraw({ basedOn: 8 }), {
    code: 'report.stale',
    params: { counter: 'accepted', standing: 10 },
    at: 'items.0.counters.accepted',
  }),
  c('D7', 'WithdrawReports', districtA, standing, withdraw({ basedOn: 'not-known' }), {
    code: 'report.basisUnknown',
    at: 'items.0.basedOn',
  }),
  c('D9', 'WithdrawReports', districtA, disputed, withdraw(), {
    code: 'report.disputed',
    params: { counter: 'accepted' },
    at: 'items.0.counters.accepted',
  }),
  ...(['WithdrawReports', 'ApproveReports', 'ReturnReports'] as const).map((k) => {
    const input = INPUT[k] as ReturnType<typeof sendBack>
    const past = k === 'WithdrawReports' ? standing : waiting
    return c(
      'R4',
      k,
      office,
      past,
      { ...input, items: [input.items[0]!, input.items[0]!] },
      {
        code: 'input.duplicate',
        params: { name: `A1/${PAST}` },
        at: 'items.1',
      },
    )
  }),

  ...(['ApproveReports', 'ReturnReports'] as const).flatMap((k) => {
    const of = k === 'ApproveReports' ? approve : sendBack
    const at = 'items.0.versions.accepted'
    const params = { counter: 'accepted' }
    return [
      c('K1', k, office, waiting, of({ versions: { accepted: 8 } }), { code: 'review.changed', params, at }),
      c('K1', k, office, standing, of(), { code: 'review.notWaiting', params, at }),
    ]
  }),
  c('K2', 'ApproveReports', districtA, waiting, approve(), {
    code: 'review.own',
    params: { counter: 'accepted' },
    at: 'items.0.versions.accepted',
  }),

  c('X2', 'ReattributeReports', districtA, standing, move({ counters: ['handed'] }), {
    code: 'counter.unknown',
    params: { key: 'handed' },
    at: 'from.counters.handed',
  }),
  c('X2', 'ReattributeReports', districtA, standing, move({}, { day: '2008-01-11' }), {
    code: 'report.future',
    params: { day: '2008-01-11', today: DAY },
    at: 'to.day',
  }),
  c('X2', 'ReattributeReports', districtA, standing, move({}, { unit: 'A1' }), {
    code: 'input.duplicate',
    params: { name: `A1/${PAST}` },
    at: 'to',
  }),
  c('X2', 'ReattributeReports', districtA, ready(), move(), { code: 'report.empty', at: 'from' }),
  c('X2', 'ReattributeReports', districtA, disputed, move({ counters: ['accepted'] }), {
    code: 'report.disputed',
    params: { counter: 'accepted' },
    at: 'from.accepted',
  }),
  c(
    'X2',
    'ReattributeReports',
    districtA,
    standing,
    move({ counters: ['accepted'], from: { unit: 'A1', day: PAST, basedOn: 'not-known' } }),
    { code: 'report.basisUnknown', at: 'from.basedOn' },
  ),
  c(
    'X2',
    'ReattributeReports',
    districtA,
    [...standing, reported(otherA, 'A2', PAST, { accepted: 3 })],
    move({ counters: ['accepted'] }),
    { code: 'report.stale', params: { counter: 'accepted', standing: 3, sent: 10 }, at: 'to.accepted' },
  ),
  c(
    'X2',
    'ReattributeReports',
    districtA,
    [...standing, reported(otherA, 'A2', PAST, { accepted: 999_999_999 })],
    move({ counters: ['accepted'] }, { basedOn: 10 }),
    { code: 'report.tooLarge', at: 'to.accepted' },
  ),
  c(
    'R33',
    'ReattributeReports',
    districtA,
    [...standing, reported(districtA, 'A2', PAST, { accepted: 3 })],
    move({ counters: ['issued'] }),
    {
      code: 'report.exceeds',
      params: { counter: 'issued', within: 'accepted', total: 8, limit: 3 },
      at: 'to.issued',
      level: 'warning',
    },
  ),
  ...(['AcceptReattribution', 'DeclineReattribution'] as const).flatMap((k) => [
    c('X4', k, office, standing, INPUT[k], { code: 'offer.unknown', at: 'offer' }),
    c('X4', k, office, declined, INPUT[k], { code: 'offer.closed', at: 'offer' }),
    c('X4', k, { ...districtB, unit: 'B2' }, offered, INPUT[k], { code: 'may.outsideUnit', params: { unit: 'B1' } }),
  ]),
  c(
    'X4',
    'AcceptReattribution',
    districtB,
    [...offered, reported(districtA, 'A1', PAST, { accepted: 11 })],
    { offer: 1 },
    { code: 'offer.changed', params: { counter: 'accepted', offered: 10, standing: 11 }, at: 'offer' },
  ),

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

/** Commands whose decisions stand in each file. */
const FILES: Record<string, CommandKind[]> = {
  opening: ['OpenProgramme', 'BeginDay', 'PassDeadline'],
  rebaselining: ['AddBaseline'],
  member: ['AddMember', 'EndMember'],
  cell: ['SubmitReports', 'SettleDispute'],
  basis: ['SubmitReports'],
  questions: ['SubmitReports'],
  submit: ['SubmitReports'],
  settle: ['SettleDispute'],
  withdraw: ['WithdrawReports'],
  review: ['ApproveReports', 'ReturnReports'],
  moving: ['ReattributeReports'],
  reattribution: ['ReattributeReports', 'AcceptReattribution', 'DeclineReattribution'],
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

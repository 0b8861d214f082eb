/** Every refusal of the commands about reports. */
import type { CommandKind } from '../../shared/command.ts'
import { districtA, districtB, item, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, began, event, opened, ready, reported, reviewed } from './given.ts'
import {
  answer,
  approve,
  asked,
  c,
  type Case,
  DAY,
  declined,
  disputed,
  locked,
  move,
  moved,
  offered,
  PAST,
  sendBack,
  settle,
  standing,
  submit,
  usual,
  waiting,
  whole,
  withdraw,
} from './refused.ts'

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
  AnswerQuestions: [answer, '', 'codes'],
}

/** What forbids a report is the same for whatever writes to it. */
const PLACES = (Object.keys(WRITERS) as CommandKind[]).flatMap((kind): Case[] => {
  const [of, at, counters] = WRITERS[kind]!
  const handed = counters === 'counters' ? ['handed'] : { handed: counters === 'codes' ? ['outlier'] : 1 }
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

const totalled = [...ready(began('2008-01-11'), began('2008-01-14'), began('2008-01-15'), began('2008-01-16'))]
const total = (day: string, n: number, more: object = {}) =>
  submit({ unit: 'A1', day, values: {}, totals: { issued: n }, basedOn: 1, ...more })
const stored = (day: string, n: number) => event('TotalsReported', { unit: 'A1', day, totals: { issued: n } })
const opening = [...totalled, stored('2008-01-14', 500), reported(districtA, 'A1', '2008-01-15', { issued: 20 })]
const corrected = [
  ...[...opening, stored('2008-01-15', 520)],
  event('ReportRestated', { unit: 'A1', day: '2008-01-15', values: { issued: 10 }, type: 'reduced', reason: 'twice' }),
]

const accept = { offer: 1 }
const decline = { offer: 1, reason: 'not ours' }

export const REPORT_CASES: Case[] = [
  ...PLACES,
  c('F23', 'SubmitReports', districtA, [...totalled, stored('2008-01-14', 500)], total('2008-01-16', 560), {
    code: 'total.gap',
    params: { n: 60, days: 1, since: '2008-01-14' },
    at: 'items.0.totals.issued',
    level: 'warning',
  }),
  c('F24', 'SubmitReports', districtA, opening, total('2008-01-16', 510), {
    code: 'total.fall',
    params: { total: 510, last: 500, since: '2008-01-14', n: 10 },
    at: 'items.0.totals.issued',
  }),
  c(
    'F34',
    'SubmitReports',
    districtA,
    [...totalled, reported(districtA, 'A1', '2008-01-15', { issued: 20 })],
    total('2008-01-16', 19),
    {
      code: 'total.below',
      params: { total: 19, counted: 20 },
      at: 'items.0.totals.issued',
      level: 'warning',
    },
  ),
  c('F25', 'SubmitReports', districtA, corrected, total('2008-01-16', 540), {
    code: 'total.corrected',
    params: { since: '2008-01-15', n: -10, in: 30, out: 20 },
    at: 'items.0.totals.issued',
  }),
  c('F27', 'SubmitReports', districtA, opening, total('2008-01-14', 510), {
    code: 'report.reasonRequired',
    at: 'items.0.reason',
  }),
  c('R4', 'SubmitReports', districtA, ready(), submit(item('A1', DAY, whole), item('A1', DAY, whole)), {
    code: 'input.duplicate',
    params: { name: `A1/${DAY}` },
    at: 'items.1',
  }),
  c('D14', 'SubmitReports', districtA, disputed, submit(item('A1', PAST, { accepted: 7 }, { basedOn: 10 })), {
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
    'D7',
    'SubmitReports',
    districtA,
    standing,
    submit(item('A1', PAST, whole, { values: { issued: 1 }, basedOn: 10 })),
    {
      code: 'report.basisUnknown',
      at: 'items.0.basedOn',
    },
  ),
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

  c('D11', 'SettleDispute', districtA, standing, settle({ basedOn: 9 }), {
    code: 'report.notDisputed',
    params: { counter: 'accepted' },
    at: 'values.accepted',
  }),
  c('D7', 'SettleDispute', districtA, disputed, settle({ basedOn: 11 }), {
    code: 'report.basisUnknown',
    at: 'basedOn',
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
  c('D7', 'WithdrawReports', districtA, standing, withdraw({ basedOn: 10 }), {
    code: 'report.basisUnknown',
    at: 'items.0.basedOn',
  }),
  c('D14', 'WithdrawReports', districtA, disputed, withdraw(), {
    code: 'report.disputed',
    params: { counter: 'accepted' },
    at: 'items.0.counters.accepted',
  }),
  ...(['WithdrawReports', 'ApproveReports', 'ReturnReports'] as const).map((k) => {
    const input = k === 'WithdrawReports' ? withdraw() : k === 'ApproveReports' ? approve() : sendBack()
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
    const abroad = { counter: 'accepted', unit: 'B1', day: PAST }
    return [
      c('K1', k, office, waiting, of({ versions: { accepted: 8 } }), { code: 'review.changed', params, at }),
      c('K1', k, office, standing, of(), { code: 'review.notWaiting', params, at }),
      // 10 has approved, 11 and 12 have moved what was approved to another district
      c('K5', k, otherA, moved, of({ versions: { accepted: 11 } }), { code: 'review.move', params: abroad, at }),
    ]
  }),
  c('R51', 'AnswerQuestions', districtA, standing, answer({ versions: { accepted: 8 } }), {
    code: 'question.changed',
    params: { counter: 'accepted' },
    at: 'versions.accepted',
  }),
  c('R51', 'AnswerQuestions', districtA, standing, answer(), {
    code: 'question.notAsked',
    params: { counter: 'accepted' },
    at: 'codes.accepted',
  }),
  c('R51', 'AnswerQuestions', districtA, standing, answer({ codes: {}, versions: {} }), {
    code: 'report.empty',
    at: 'codes',
  }),
  c('K6', 'ReturnReports', districtA, waiting, sendBack(), {
    code: 'review.level',
    params: { counter: 'accepted', level: 1, own: 0 },
    at: 'items.0.versions.accepted',
  }),
  c('K2', 'ApproveReports', office, reviewed(1, reported(office, 'A1', PAST, whole)), approve(), {
    code: 'review.own',
    params: { counter: 'accepted' },
    at: 'items.0.versions.accepted',
  }),

  c('X2', 'ReattributeReports', districtA, standing, move({ counters: ['handed'] }), {
    code: 'counter.unknown',
    params: { key: 'handed' },
    at: 'counters.handed',
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
    at: 'from',
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
    { code: 'report.stale', params: { counter: 'accepted', standing: 3, sent: 10 }, at: 'to' },
  ),
  c(
    'X2',
    'ReattributeReports',
    districtA,
    [...standing, reported(otherA, 'A2', PAST, { accepted: 999_999_999 })],
    move({ counters: ['accepted'] }, { basedOn: 10 }),
    { code: 'report.tooLarge', params: { counter: 'accepted' }, at: 'to' },
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
      at: 'to',
      level: 'warning',
    },
  ),
  c(
    'K5',
    'ReattributeReports',
    office,
    after(moved, office, 'ReturnReports', sendBack({ versions: { accepted: 11 } })),
    move({ counters: ['accepted'], from: { unit: 'A1', day: PAST, basedOn: 11 } }),
    {
      code: 'review.move',
      params: { counter: 'accepted', unit: 'B1', day: PAST },
      at: 'from',
    },
  ),
  ...(['AcceptReattribution', 'DeclineReattribution'] as const).flatMap((k) => [
    c('X4', k, office, standing, k === 'AcceptReattribution' ? accept : decline, {
      code: 'offer.unknown',
      at: 'offer',
    }),
    c('X4', k, office, declined, k === 'AcceptReattribution' ? accept : decline, { code: 'offer.closed', at: 'offer' }),
    c('X4', k, { ...districtB, unit: 'B2' }, offered, k === 'AcceptReattribution' ? accept : decline, {
      code: 'may.outsideUnit',
      params: { unit: 'B1' },
    }),
  ]),
  c(
    'X4',
    'AcceptReattribution',
    districtB,
    [...offered, reported(districtA, 'A1', PAST, { accepted: 11 })],
    { offer: 1 },
    {
      code: 'offer.changed',
      params: { unit: 'A1', counter: 'accepted', offered: 10, standing: 11 },
      at: 'offer',
    },
  ),
  c('X5', 'AcceptReattribution', districtA, asked, { offer: 1 }, { code: 'input.required', at: 'basedOn' }),
  c(
    'X5',
    'AcceptReattribution',
    districtA,
    asked,
    { offer: 1, basedOn: { accepted: 8, issued: 9 } },
    { code: 'report.stale', params: { counter: 'accepted', standing: 10 }, at: 'basedOn' },
  ),
]

/** Refusals of reviewers' questions and of locks over what is open. */
import { districtA, office } from '../support/people.ts'
import { reported, reviewed } from './given.ts'
import { c, type Case, PAST, standing, waiting } from './refused.ts'

const asking = (version: number) => ({ unit: 'A1', day: PAST, versions: { accepted: version }, text: 'where?' })

export const REVIEW_CASES: Case[] = [
  c('K7', 'AskAboutFigures', office, waiting, asking(8), {
    code: 'review.changed',
    params: { counter: 'accepted' },
    at: 'versions.accepted',
  }),
  c('K7', 'AskAboutFigures', office, standing, asking(9), {
    code: 'review.notWaiting',
    params: { counter: 'accepted' },
    at: 'versions.accepted',
  }),
  c(
    'K8',
    'AnswerInquiry',
    districtA,
    waiting,
    { unit: 'A1', day: PAST, counters: ['accepted'], text: 'here' },
    {
      code: 'inquiry.none',
      params: { counter: 'accepted' },
      at: 'counters.accepted',
    },
  ),
  c(
    'P4',
    'LockPeriod',
    office,
    reviewed(1, reported(office, 'A1', PAST, { accepted: 10 })),
    { through: PAST },
    {
      code: 'period.open',
      params: { unit: 'A1', day: PAST, counter: 'accepted', state: 'submitted' },
      at: 'carried',
    },
  ),
  ...(
    [
      ['A1', 'accepted', { code: 'period.notOpen', params: { unit: 'A1', day: PAST, counter: 'accepted' } }],
      ['A1', 'handed', { code: 'counter.unknown', params: { key: 'handed' } }],
    ] as const
  ).map(([unit, counter, then]) =>
    c(
      'P4',
      'LockPeriod',
      office,
      standing,
      { through: PAST, carried: [{ unit, day: PAST, counters: [counter] }] },
      {
        ...then,
        at: `carried.0.counters.${counter}`,
      },
    ),
  ),
  c(
    'P4',
    'LockPeriod',
    office,
    standing,
    { through: PAST, carried: [{ unit: 'A', day: PAST, counters: ['issued'] }] },
    {
      code: 'unit.unknown',
      params: { unit: 'A' },
      at: 'carried.0.unit',
    },
  ),
]

/** What the cases of refusals stand on: pasts, inputs and their shape. */
import type { CommandKind } from '../../shared/command.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, districtB, type item, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, began, event, opened, type Past, ready, reported, reviewed } from './given.ts'

/** One command that is refused with one refusal. */
export interface Case {
  rule: string
  kind: CommandKind
  by: Actor
  given: Past[]
  when: unknown
  then: Refusal
}

export const DAY = '2008-01-10'
export const PAST = '2008-01-09'
export const whole: Values = { accepted: 10, issued: 8 }
export const submit = (...items: ReturnType<typeof item>[]) => ({ items })
export const settle = (more: object = {}) => ({
  unit: 'A1',
  day: PAST,
  values: { accepted: 9 },
  basedOn: 10,
  reason: 'agreed',
  ...more,
})
/** seq 8 is the day, 9 the report */
export const standing = ready(reported(districtA, 'A1', PAST, whole))
export const disputed = [
  ...standing,
  event('ReportDisputed', { unit: 'A1', day: PAST, values: { accepted: 9 }, basis: { accepted: 1 } }, otherA),
]
export const withdraw = (more: object = {}) => ({
  items: [{ unit: 'A1', day: PAST, counters: ['accepted'], basedOn: 9, ...more }],
  reason: 'of another street',
})
export const approve = (more: object = {}) => ({
  items: [{ unit: 'A1', day: PAST, versions: { accepted: 9 }, ...more }],
})
export const sendBack = (more: object = {}) => ({ ...approve(more), reason: 'twice the usual' })
export const answer = (more: object = {}) => ({
  unit: 'A1',
  day: PAST,
  versions: { accepted: 9 },
  codes: { accepted: ['outlier'] },
  text: 'the stall at the factory',
  ...more,
})
export const waiting = reviewed(1, reported(districtA, 'A1', PAST, whole))
export const move = (more: object = {}, to: object = {}) => ({
  from: { unit: 'A1', day: PAST, basedOn: 9 },
  to: { unit: 'A2', day: PAST, basedOn: 9, ...to },
  reason: 'of another street',
  ...more,
})
/** figures of A1 that are approved, and wait to be moved to B1 */
export const moved = after(
  after(waiting, office, 'ApproveReports', approve()),
  office,
  'ReattributeReports',
  move({ counters: ['accepted'] }, { unit: 'B1' }),
)
const offer = {
  offer: 1,
  unit: 'A1',
  day: PAST,
  to: { unit: 'B1', day: PAST },
  values: whole,
  there: { accepted: null, issued: null },
  versions: { from: { accepted: 9, issued: 9 }, to: { accepted: 0, issued: 0 } },
  reason: 'of another street',
}
export const offered = [...standing, event('ReattributionOffered', { ...offer, asks: 'to' }, districtA)]
export const asked = [...standing, event('ReattributionOffered', { ...offer, asks: 'from' }, districtB)]
export const declined = [
  ...offered,
  event('ReattributionDeclined', {
    offer: 1,
    unit: 'A1',
    day: PAST,
    to: { unit: 'B1', day: PAST },
    reason: 'not ours',
  }),
]
export const baseline = (more: object = {}) => ({
  baseline: { ...tinyProgramme().baselines[0]!, key: 'T2', inForceFrom: '2008-04-01', ...more },
  reason: 'put off',
})
export const locked = ready(event('PeriodLocked', { through: PAST }))
/** five working days of 100 and 90 in street A1 */
export const usual = [
  ...opened(),
  ...['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08'].flatMap((d) => [
    began(d),
    reported(districtA, 'A1', d, { accepted: 100, issued: 90 }),
  ]),
  began(DAY),
]

export const c = (rule: string, kind: CommandKind, by: Actor, past: Past[], when: unknown, then: Refusal): Case => ({
  rule,
  kind,
  by,
  given: past,
  when,
  then,
})

import { describe, expect, test } from 'vitest'
import {
  cellOf,
  type DomainEvent,
  EVENTS,
  type EventType,
  LogFault,
  movesClock,
  type RawEvent,
  readEvent,
  subjectOf,
  versionOf,
} from '../../shared/event.ts'
import { tinyProgramme } from '../support/programme.ts'
import { event } from './given.ts'

const cell = { unit: 'A1', day: '2008-01-09' }
const to = { unit: 'A2', day: '2008-01-09' }
const issue = { title: 'x', text: 'x', category: 'fee', unit: 'A', to: null, article: null, counters: [] }
const baseline = tinyProgramme().baselines[0]!

/** One of each type, and what it is about. */
const SAMPLES: Record<EventType, [event: DomainEvent, subject: string | null]> = {
  ProgrammeOpened: [event('ProgrammeOpened', { programme: tinyProgramme(), origin: 'real' }), 'programme'],
  DayBegan: [event('DayBegan', { day: '2008-01-09' }), 'clock'],
  DeadlinePassed: [event('DeadlinePassed', { day: '2008-01-09' }), null],
  DayDoubted: [event('DayDoubted', { day: '2009-01-09' }), 'clock'],
  DoubtEnded: [event('DoubtEnded', { day: '2008-01-09' }), 'clock'],
  ProgrammeEnded: [event('ProgrammeEnded', { day: '2009-01-01' }), 'clock'],
  DayTakenBack: [event('DayTakenBack', { day: '2008-01-09', to: null, reason: 'x' }), 'clock'],
  BaselineAdded: [event('BaselineAdded', { baseline, reason: 'x' }), 'baseline'],
  MemberAdded: [
    event('MemberAdded', { member: 'anna', name: 'Anna', role: 'office', unit: 'C', tasks: ['review'] }),
    'member/anna',
  ],
  TasksAssigned: [event('TasksAssigned', { member: 'anna', tasks: [], reason: 'x' }), 'member/anna'],
  WorkTakenOver: [event('WorkTakenOver', { member: 'anna', from: 'bert', tasks: [], reason: 'x' }), 'member/anna'],
  WorkHandedOver: [event('WorkHandedOver', { member: 'bert', to: 'anna', reason: 'x' }), 'member/bert'],
  MachineAdded: [
    event('MachineAdded', { member: 'machine.12345678', name: 'M', unit: 'A', rights: ['report'] }),
    'member/machine.12345678',
  ],
  MemberEnded: [event('MemberEnded', { member: 'anna', reason: 'x' }), 'member/anna'],
  FiguresAskedAbout: [event('FiguresAskedAbout', { ...cell, versions: {}, text: 'x' }), 'report/A1/2008-01-09'],
  InquiryAnswered: [event('InquiryAnswered', { ...cell, counters: [], text: 'x' }), 'report/A1/2008-01-09'],
  PeriodLocked: [event('PeriodLocked', { through: '2008-01-09' }), 'period'],
  PeriodReopened: [event('PeriodReopened', { through: null, reason: 'x' }), 'period'],
  ReportSubmitted: [event('ReportSubmitted', { ...cell, values: {} }), 'report/A1/2008-01-09'],
  TotalsReported: [event('TotalsReported', { ...cell, totals: {} }), 'report/A1/2008-01-09'],
  ReportRestated: [event('ReportRestated', { ...cell, values: {}, type: 'late', reason: 'x' }), 'report/A1/2008-01-09'],
  ReportDisputed: [event('ReportDisputed', { ...cell, values: {}, basis: {} }), 'report/A1/2008-01-09'],
  DisputeSettled: [event('DisputeSettled', { ...cell, values: {}, reason: 'x' }), 'report/A1/2008-01-09'],
  ReportWithdrawn: [event('ReportWithdrawn', { ...cell, counters: [], reason: 'x' }), 'report/A1/2008-01-09'],
  ReportReattributed: [
    event('ReportReattributed', { ...to, side: 'to', values: {}, moved: {}, other: cell, reason: 'x' }),
    'report/A2/2008-01-09',
  ],
  ReattributionOffered: [
    event('ReattributionOffered', {
      ...cell,
      offer: 1,
      to,
      asks: 'to',
      values: {},
      there: {},
      versions: { from: {}, to: {} },
      reason: 'x',
    }),
    'report/A1/2008-01-09',
  ],
  ReattributionDeclined: [
    event('ReattributionDeclined', { ...cell, offer: 1, to, reason: 'x' }),
    'report/A1/2008-01-09',
  ],
  ReportApproved: [event('ReportApproved', { ...cell, versions: {}, level: 1 }), 'report/A1/2008-01-09'],
  ReportReturned: [event('ReportReturned', { ...cell, versions: {}, reason: 'x' }), 'report/A1/2008-01-09'],
  QuestionsAnswered: [
    event('QuestionsAnswered', { ...cell, versions: { issued: 9 }, codes: { issued: ['outlier'] }, text: 'x' }),
    'report/A1/2008-01-09',
  ],
  IssueLogged: [event('IssueLogged', { ...issue, issue: 12, number: '12', from: '2008-01-09' }), 'issue/12'],
  IssueReplied: [event('IssueReplied', { issue: 12, text: 'x' }), 'issue/12'],
  IssueClosed: [event('IssueClosed', { issue: 12, reason: 'x' }), 'issue/12'],
  IssueReopened: [event('IssueReopened', { issue: 12, reason: 'x' }), 'issue/12'],
  StagesReached: [event('StagesReached', { official: '2008-01-09' }), null],
  OfficialReminded: [event('OfficialReminded', { member: 'anna', stage: 'official', cells: [cell] }), 'member/anna'],
  SupervisionOpened: [event('SupervisionOpened', { ...cell, item: 1 }), 'report/A1/2008-01-09'],
  CallNoted: [event('CallNoted', { ...cell, member: 'anna', text: 'x' }), 'report/A1/2008-01-09'],
  ReminderPostponed: [
    event('ReminderPostponed', { ...cell, until: '2008-01-10', reason: 'x' }),
    'report/A1/2008-01-09',
  ],
  ReminderSeen: [event('ReminderSeen', { member: 'anna', reminder: 7 }), 'member/anna'],
}
const samples = Object.values(SAMPLES)

describe('the table of events', () => {
  test('L1 names what each type is about', () => {
    for (const [sample, subject] of samples) expect([sample.type, subjectOf(sample)]).toEqual([sample.type, subject])
  })

  test('L1 tells events about reports, with the report, from all others', () => {
    for (const [sample, subject] of samples) {
      const about = cellOf(sample)
      expect(about === null ? null : `report/${about.unit}/${about.day}`).toBe(
        subject?.startsWith('report/') === true ? subject : null,
      )
    }
  })

  test('C13 C14 tells what moves the clock', () => {
    expect(samples.filter(([sample]) => movesClock(sample)).map(([sample]) => sample.type)).toEqual([
      'ProgrammeOpened',
      'DayBegan',
      'DeadlinePassed',
      'ProgrammeEnded',
      'DayTakenBack',
    ])
  })

  test('L11 every type has a version and the upcasters that lead to it', () => {
    for (const { version, upcast } of Object.values(EVENTS)) expect(upcast).toHaveLength(version - 1)
    for (const [sample] of samples) expect(versionOf(sample)).toBe(EVENTS[sample.type].version)
  })
})

describe('reading what is stored', () => {
  const raw = (more: Partial<RawEvent> = {}): RawEvent => ({
    seq: 7,
    at: '2008-01-10T09:00:00.000Z',
    actor: 'anna',
    command: 'test-command',
    v: 1,
    hash: '00',
    type: 'DayBegan',
    data: { day: '2008-01-10' },
    ...more,
  })

  test('L11 an event of the version that is written now is taken as it is', () => {
    expect(readEvent(raw())).toEqual(raw())
  })

  test.each<[string, number]>([
    ['DayBegan', 2],
    ['DayBegan', 0],
    ['DayBegan', 1.5],
    ['DayHeld', 1],
    ['toString', 1],
  ])('L11 a %s of version %s is not skipped', (type, v) => {
    expect(() => readEvent(raw({ type, v }))).toThrow(LogFault)
    try {
      readEvent(raw({ type, v }))
    } catch (error) {
      expect(error).toMatchObject({ name: 'LogFault', seq: 7, type, v })
    }
  })

  test('L11 an earlier version goes through every upcaster from its own on', () => {
    const table = {
      DayBegan: {
        version: 3,
        upcast: [
          (data: unknown) => ({ day: (data as { on: string }).on }),
          (data: unknown) => ({ ...(data as object), zone: 'Asia/Shanghai' }),
        ],
      },
    }
    const now = { day: '2008-01-10', zone: 'Asia/Shanghai' }
    expect(readEvent(raw({ v: 1, data: { on: '2008-01-10' } }), table)).toEqual(raw({ v: 3, data: now }))
    expect(readEvent(raw({ v: 2 }), table)).toEqual(raw({ v: 3, data: now }))
    expect(readEvent(raw({ v: 3, data: now }), table)).toEqual(raw({ v: 3, data: now }))
    expect(() => readEvent(raw({ v: 4 }), table)).toThrow(LogFault)
  })
})

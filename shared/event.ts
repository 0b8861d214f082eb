/** What happened: the lines of the log. Past tense; every event is read by `evolve` for ever, so fields are only added. */
import type { Day } from './progress/day.ts'
import type { Programme } from './domain/programme.ts'
import type { Role } from './policy.ts'

/** How the figures came to be; shown on every page unless `real`. */
export type Nature = 'real' | 'simulated' | 'replayed'

/** Permits by counter key. A counter that is absent is blank, which is not zero. */
export type Values = Record<string, number>

/** late 补报 · corrected 更正 · reduced 核减 · reattributed 调整 */
export type Restatement = 'late' | 'corrected' | 'reduced' | 'reattributed'

export interface EventData {
  ProgrammeOpened: { programme: Programme; nature: Nature }
  DayBegan: { day: Day }
  DeadlinePassed: { day: Day }
  MemberAdded: { member: string; name: string; role: Role; unit: string }
  MemberEnded: { member: string; reason: string }
  /**
   * First values of an open day, or a change while the day is still open; `values` are the whole report,
   * `confirmed` the questions that they raised and the sender stood by.
   */
  ReportSubmitted: { unit: string; day: Day; values: Values; confirmed?: string[] }
  /** a change after the day; `values` are the whole report as it stands now */
  ReportRestated: { unit: string; day: Day; values: Values; type: Restatement; reason: string; confirmed?: string[] }
  /** two edits conflict: the standing values stay, `values` is the other claim */
  ReportDisputed: { unit: string; day: Day; values: Values; basedOn: number; confirmed?: string[] }
  DisputeSettled: { unit: string; day: Day; values: Values; reason: string }
  PeriodLocked: { through: Day }
  PeriodReopened: { through: Day | null; reason: string }
  IssueLogged: {
    issue: number
    number: string
    title: string
    text: string
    category: string
    unit: string
    from: Day
    to: Day | null
    article: string | null
    counters: string[]
  }
  IssueReplied: { issue: number; text: string }
  IssueClosed: { issue: number; reason: string }
  IssueReopened: { issue: number; reason: string }
}

export type EventType = keyof EventData

/** An event as a decision makes it: what, not yet when or in which place of the log. */
export type DomainEvent = { [T in EventType]: { type: T; data: EventData[T] } }[EventType]

/** What the store adds, the same for every kind of event. */
export interface Envelope {
  /** place in the log, from 1, without gaps */
  seq: number
  /** moment of acceptance, ISO 8601 with milliseconds, UTC */
  at: string
  /** member id, or `system` */
  actor: string
  /** id of the command that caused it */
  command: string
  /** version of the event's shape */
  v: 1
  /** SHA-256 over the hash before it and this event, hex; see `server/store/chain.ts` */
  hash: string
}

/** An event with its place in the log. */
export type Recorded = DomainEvent & Envelope

/** The same before the store has chained it. */
export type Placed = DomainEvent & Omit<Envelope, 'hash'>

/** What the event is about, for looking up histories: a report's cell, an issue, a member. */
export function subjectOf(event: DomainEvent): string | null {
  switch (event.type) {
    case 'ReportSubmitted':
    case 'ReportRestated':
    case 'ReportDisputed':
    case 'DisputeSettled':
      return `report/${event.data.unit}/${event.data.day}`
    case 'IssueLogged':
    case 'IssueReplied':
    case 'IssueClosed':
    case 'IssueReopened':
      return `issue/${event.data.issue}`
    case 'MemberAdded':
    case 'MemberEnded':
      return `member/${event.data.member}`
    case 'PeriodLocked':
    case 'PeriodReopened':
      return 'period'
    case 'ProgrammeOpened':
    case 'DayBegan':
    case 'DeadlinePassed':
      return null
  }
}

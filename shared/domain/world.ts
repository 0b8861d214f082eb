/** The state that decisions look at: a fold of the log. */
import type { Nature, Placed, Restatement, Values } from '../event.ts'
import type { Role } from '../policy.ts'
import { type Workdays, workdays } from '../progress/calendar.ts'
import { addDays, type Day, dayNumber } from '../progress/day.ts'
import { type Book, emptyBook, evolveReport } from './book.ts'
import type { Programme } from './programme.ts'
import { indexUnits, type Units } from './units.ts'

export type ReportState = 'submitted' | 'approved' | 'returned' | 'disputed'

/** One street's report for one day, as it stands. */
export interface Report {
  values: Values
  state: ReportState
  /** seq of the event that made it so; what an edit names as `basedOn` */
  version: number
  by: string
  at: string
  restated?: { type: Restatement; reason: string }
  /** the other claim while disputed */
  claim?: { values: Values; by: string; at: string }
}

export interface Member {
  id: string
  name: string
  role: Role
  unit: string
  ended: boolean
}

export interface Issue {
  number: string
  open: boolean
  replies: number
}

/** Present once a programme is open. */
export interface Frame {
  programme: Programme
  units: Units
  calendar: Workdays
  nature: Nature
}

export interface World {
  seq: number
  frame: Frame | null
  today: Day | null
  /** last day whose deadline has passed, by `DeadlinePassed` or by a later day having begun */
  closed: Day | null
  lockedThrough: Day | null
  members: Map<string, Member>
  book: Book
  issues: Map<number, Issue>
  /** issues logged, by year of their number */
  issueCount: Map<string, number>
}

export const emptyWorld = (): World => ({
  seq: 0,
  frame: null,
  today: null,
  closed: null,
  lockedThrough: null,
  members: new Map(),
  book: emptyBook(),
  issues: new Map(),
  issueCount: new Map(),
})

/** Days up to this one must have been reported: the last closed day less the programme's grace; null before the first. */
export function dueThrough(world: Pick<World, 'closed' | 'frame'>): Day | null {
  if (world.closed === null || world.frame === null) return null
  return addDays(world.closed, -world.frame.programme.reporting.graceDays)
}

/** Is a report expected of this reporting unit for this day? */
export function isExpected(frame: Frame, unit: string, day: Day): boolean {
  if (day < frame.units.startsOn(unit) || day > frame.programme.endsOn) return false
  return frame.programme.reporting.expected === 'everyDay' || frame.calendar.isWork(day)
}

/** Folds one event into the world, in place. */
export function evolve(world: World, event: Placed): void {
  world.seq = event.seq
  apply(world, event)
}

function apply(world: World, event: Placed): void {
  switch (event.type) {
    case 'ProgrammeOpened': {
      const { programme, nature } = event.data
      world.frame = { programme, nature, units: indexUnits(programme), calendar: workdays(programme.calendar) }
      return
    }
    case 'DayBegan':
      world.today = event.data.day
      close(world, addDays(event.data.day, -1))
      return
    case 'DeadlinePassed':
      close(world, event.data.day)
      return
    case 'MemberAdded': {
      const { member: id, name, role, unit } = event.data
      world.members.set(id, { id, name, role, unit, ended: false })
      return
    }
    case 'MemberEnded':
      world.members.get(event.data.member)!.ended = true
      return
    case 'ReportSubmitted':
    case 'ReportRestated':
    case 'ReportDisputed':
    case 'DisputeSettled':
      evolveReport(world.book, event, world.frame!.programme.reporting.reviewLevels)
      return
    case 'PeriodLocked':
    case 'PeriodReopened':
      world.lockedThrough = event.data.through
      return
    case 'IssueLogged': {
      const { issue, number } = event.data
      world.issues.set(issue, { number, open: true, replies: 0 })
      const year = (world.today ?? event.at).slice(0, 4)
      world.issueCount.set(year, (world.issueCount.get(year) ?? 0) + 1)
      return
    }
    case 'IssueReplied':
      world.issues.get(event.data.issue)!.replies++
      return
    case 'IssueClosed':
      world.issues.get(event.data.issue)!.open = false
      return
    case 'IssueReopened':
      world.issues.get(event.data.issue)!.open = true
      return
  }
}

function close(world: World, day: Day): void {
  if (world.closed === null || dayNumber(day) > dayNumber(world.closed)) world.closed = day
}

/** What an event did to a report's figures, in one word; the same in the ticker, in a cell's versions and for what took a day back. */
import type { Restatement } from '../../shared/domain/values.ts'
import type { EventType } from '../../shared/event.ts'
import type { FigureChange } from '../../shared/view/rows.ts'

/** A key of the messages `common.change`. */
export type ChangeWord =
  | 'first'
  | 'edited'
  | Restatement
  | 'disputed'
  | 'settled'
  | 'withdrawn'
  | 'approved'
  | 'returned'
  | 'asked'
  | 'answered'

/** What a row says about its event; a `ChangeRow` and a `VersionRow` fit. */
export interface ChangeFacts {
  type: EventType
  changes: readonly FigureChange[]
  restated?: Restatement
}

const isRise = ({ before, after }: FigureChange): boolean => before !== null && after !== null && after > before

/** null = the event changes no figure. */
const WORDS: Record<EventType, ((facts: ChangeFacts) => ChangeWord) | null> = {
  ReportSubmitted: ({ changes }) => (changes.every((c) => c.before === null) ? 'first' : 'edited'),
  // what another counter's fall was sent as is not said of a rise
  ReportRestated: ({ restated = 'corrected', changes }) =>
    restated === 'reduced' && changes.every(isRise) ? 'corrected' : restated,
  ReportDisputed: () => 'disputed',
  DisputeSettled: () => 'settled',
  ReportWithdrawn: () => 'withdrawn',
  ReportReattributed: () => 'reattributed',
  ReportApproved: () => 'approved',
  ReportReturned: () => 'returned',
  FiguresAskedAbout: () => 'asked',
  InquiryAnswered: () => 'answered',
  ReattributionOffered: null,
  ReattributionDeclined: null,
  ProgrammeOpened: null,
  BaselineAdded: null,
  DayBegan: null,
  DeadlinePassed: null,
  DayDoubted: null,
  DoubtEnded: null,
  ProgrammeEnded: null,
  DayTakenBack: null,
  MemberAdded: null,
  TasksAssigned: null,
  MachineAdded: null,
  WorkTakenOver: null,
  WorkHandedOver: null,
  MemberEnded: null,
  PeriodLocked: null,
  PeriodReopened: null,
  QuestionsAnswered: null,
  // the figures that follow from it have events of their own
  TotalsReported: null,
  IssueLogged: null,
  IssueReplied: null,
  IssueClosed: null,
  IssueReopened: null,
  StagesReached: null,
  OfficialReminded: null,
  SupervisionOpened: null,
  CallNoted: null,
  ReminderPostponed: null,
  ReminderSeen: null,
}

/** Null of an event that changes no figure. */
export const changeWord = (facts: ChangeFacts): ChangeWord | null => WORDS[facts.type]?.(facts) ?? null

/** What an event did to one figure, whatever else it was about. */
export const figureWord = (facts: ChangeFacts, change: FigureChange): ChangeWord | null =>
  changeWord({ ...facts, changes: [change] })

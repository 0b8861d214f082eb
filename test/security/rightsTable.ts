/**
 * Who may what, written by hand from the rules (Y1–Y10, C, I3), not from the code: a row for every command, scope, route and
 * event, without which this does not compile, and a column for everybody who may ask.
 */
import type { CommandKind } from '../../shared/command.ts'
import type { HistoryOf, ScopeKind } from '../../shared/policy.ts'
import type { Route } from '../../shared/protocol/api.ts'
import type { ClientToServer } from '../../shared/protocol/socket.ts'

/** The office at the root, everybody else at unit A; `ended` and `expired` were the office at the root. */
export const COLUMNS = ['nobody', 'office', 'officeOfA', 'district', 'legal', 'viewer', 'ended', 'expired'] as const
export type Column = (typeof COLUMNS)[number]

/** `+` let in, `s` may.signIn, `-` may.not, `u` may.outsideUnit, `b` may.beyondOwn; by column. */
export type Row = string

/** For a unit of A, and for one that is not. */
export interface OwnAndOther {
  own: Row
  other: Row
}

const everywhere = (row: Row): OwnAndOther => ({ own: row, other: row })
//                          no off ofA dis leg vie end exp
const SYSTEM_ = everywhere('s  -   -   -   -   -   s   s')
const ROOT = everywhere('   s  +   -   -   -   -   s   s')
const LEGAL = everywhere('  s  -   -   -   +   -   s   s')
const OFFICE = {
  own: '                    s  +   +   -   -   -   s   s',
  other: '                  s  +   u   -   -   -   s   s',
}
const REPORTING = {
  own: '                    s  +   +   +   -   -   s   s',
  other: '                  s  +   u   u   -   -   s   s',
}

export const COMMANDS: Record<CommandKind, OwnAndOther> = {
  OpenProgramme: SYSTEM_,
  BeginDay: SYSTEM_,
  PassDeadline: SYSTEM_,
  EndProgramme: SYSTEM_,
  DoubtDay: SYSTEM_,
  EndDoubt: SYSTEM_,
  ConfirmDay: ROOT,
  TakeDayBack: ROOT,
  AddBaseline: ROOT,
  LockPeriod: ROOT,
  ReopenPeriod: ROOT,
  AddMember: OFFICE,
  EndMember: OFFICE,
  AssignTasks: OFFICE,
  HandOver: OFFICE,
  AddMachine: REPORTING,
  EndMachine: REPORTING,
  SubmitReports: REPORTING,
  SettleDispute: REPORTING,
  WithdrawReports: REPORTING,
  ReattributeReports: REPORTING,
  AcceptReattribution: REPORTING,
  DeclineReattribution: REPORTING,
  ApproveReports: REPORTING,
  ReturnReports: REPORTING,
  AnswerQuestions: REPORTING,
  AskAboutFigures: REPORTING,
  AnswerInquiry: REPORTING,
  LogIssue: {
    own: '                  s  -   -   +   +   -   s   s',
    other: '                s  -   -   u   +   -   s   s',
  },
  ReplyToIssue: everywhere('s  +   +   +   +   -   s   s'),
  CloseIssue: LEGAL,
  Escalate: SYSTEM_,
  RemindOfficials: OFFICE,
  NoteCall: OFFICE,
  PostponeReminder: OFFICE,
  SeeReminder: everywhere(' s  -   -   +   -   -   s   s'),
  ReopenIssue: LEGAL,
}

/** Giving a role at a unit, by `AddMember` or by an invitation, ending who has it, and a link for a new password (Y9). */
export const GIVING: Record<string, Row> = {
  'viewer at A1': '         s  +   +   -   -   -   s   s',
  'district at A1': '       s  +   +   -   -   -   s   s',
  'office at A': '          s  +   +   -   -   -   s   s',
  'legal at A1': '          s  +   b   -   -   -   s   s',
  'viewer at B1': '         s  +   u   -   -   -   s   s',
  'office at C': '          s  +   u   -   -   -   s   s',
  'legal at C': '           s  +   u   -   -   -   s   s',
}

const ALL = everywhere('    s  +   +   +   +   +   s   s')
const SHEET = {
  own: '                    s  +   +   +   +   +   s   s',
  other: '                  s  +   +   -   +   -   s   s',
}
const QUEUE = {
  own: '                    s  +   +   +   -   -   s   s',
  other: '                  s  +   +   -   -   -   s   s',
}
const PEOPLE = everywhere(' s  +   +   -   -   -   s   s')
type Scope = Exclude<ScopeKind, 'history'> | `historyOf${Capitalize<HistoryOf>}`
export const SCOPES: Record<Scope, OwnAndOther> = {
  programme: ALL,
  unit: ALL,
  sheet: SHEET,
  calendar: SHEET,
  work: SHEET,
  silence: {
    own: '                  s  +   +   +   -   -   s   s',
    other: '                s  +   +   -   -   -   s   s',
  },
  issues: ALL,
  issue: ALL,
  queue: QUEUE,
  people: PEOPLE,
  historyOfReport: SHEET,
  historyOfMember: PEOPLE,
  historyOfPeriod: PEOPLE,
  historyOfClock: ROOT,
}

const OPEN = '              +  +   +   +   +   +   +   +'
const SIGNED_IN = '         s  +   +   +   +   +   s   s'
export const ROUTES: Record<Route, Row> = {
  session: OPEN,
  signIn: OPEN,
  signOut: SIGNED_IN,
  demoSignIn: OPEN,
  changePassword: SIGNED_IN,
  invite: '                 s  +   +   -   -   -   s   s',
  invitations: '            s  +   +   -   -   -   s   s',
  inviteMany: '             s  +   +   -   -   -   s   s',
  withdrawInvitation: '     s  +   +   -   -   -   s   s',
  invitation: OPEN,
  join: OPEN,
  sessions: SIGNED_IN,
  endSession: SIGNED_IN,
  endSessions: SIGNED_IN,
  resetLink: '              s  +   +   -   -   -   s   s',
  reset: OPEN,
  resetPassword: OPEN,
  phones: '                 s  +   +   -   -   -   s   s',
  setPhone: '               s  +   +   -   -   -   s   s',
  ownPhone: SIGNED_IN,
  setOwnPhone: SIGNED_IN,
  changes: SIGNED_IN,
  spans: SIGNED_IN,
  programme: SIGNED_IN,
  figures: SIGNED_IN,
  readList: '               s  +   +   -   -   -   s   s',
  checkFile: '              s  +   +   +   -   -   s   s',
  operation: '              s  +   -   -   -   -   s   s',
  machines: '               s  +   +   +   -   -   s   s',
  addMachine: '             s  +   +   +   -   -   s   s',
  renewToken: '             s  +   +   +   -   -   s   s',
  command: '                s  +   +   +   +   -   s   s',
}

/** Nobody opens a connection without being signed in; one that is open is asked again with every event. */
export const EVENTS: Record<keyof ClientToServer, Row> = {
  watch: SIGNED_IN,
  unwatch: SIGNED_IN,
  clock: SIGNED_IN,
  command: '                s  +   +   +   +   -   s   s',
}

/** Beside the table of routes. */
export const OTHERS: Record<string, Row> = {
  '/': OPEN,
  '/healthz': OPEN,
  '/readyz': OPEN,
  '/manifest.webmanifest': OPEN,
  '/api/v1/nothing': OPEN,
}

/** What a row says of a column. */
export const cell = (row: Row, column: Column): string => row.trim().split(/\s+/)[COLUMNS.indexOf(column)] ?? '?'

/** Who may do what: one table for server and browser. Every command, act and scope has a row, or does not compile (Y1–Y10). */
import type { CommandKind } from './command.ts'
import type { MachineRight } from './domain/machineId.ts'
import { type Role, type Task, tasksOf } from './domain/roles.ts'
import type { Units } from './domain/units.ts'
import type { World } from './domain/world.ts'
import { type Day, isDay } from './progress/day.ts'

/** The person or process behind a request. `system` is the scheduler and the first start; nobody can sign in as it. */
export interface Actor {
  id: string
  name: string
  role: Role | 'system'
  unit: string
  /** as the log has them; absent = those of the role */
  tasks?: readonly Task[]
  /** what it may do at all, where it is a machine */
  machine?: readonly MachineRight[]
}

/**
 * `all`: everywhere, wherever one is. `own`: in the own subtree. `root`: the programme as a whole, for who is at its
 * topmost unit. `self`: what was sent to oneself; of no unit at all. Absent = not at all.
 */
type Extent = 'all' | 'own' | 'root' | 'self'
/** `needs`: besides, the task that a member must have; `any` = one of them (Y11). */
type Row = Partial<Record<Role | 'system', Extent>> & { needs?: Task | 'any' }

const COMMANDS: Record<CommandKind, Row> = {
  OpenProgramme: { system: 'all' },
  BeginDay: { system: 'all' },
  PassDeadline: { system: 'all' },
  EndProgramme: { system: 'all' },
  DoubtDay: { system: 'all' },
  EndDoubt: { system: 'all' },
  ConfirmDay: { office: 'root' },
  TakeDayBack: { office: 'root' },
  AddMember: { system: 'all', office: 'own' },
  EndMember: { office: 'own' },
  AssignTasks: { office: 'own' },
  HandOver: { office: 'own' },
  AddMachine: { needs: 'report', office: 'own', district: 'own' },
  EndMachine: { office: 'own', district: 'own' },
  AddBaseline: { office: 'root' },
  SubmitReports: { needs: 'report', office: 'own', district: 'own' },
  SettleDispute: { needs: 'report', office: 'own', district: 'own' },
  WithdrawReports: { needs: 'report', office: 'own', district: 'own' },
  ReattributeReports: { needs: 'report', office: 'own', district: 'own' },
  AcceptReattribution: { needs: 'report', office: 'own', district: 'own' },
  DeclineReattribution: { needs: 'report', office: 'own', district: 'own' },
  ApproveReports: { needs: 'review', office: 'own', district: 'own' },
  ReturnReports: { needs: 'review', office: 'own', district: 'own' },
  AnswerQuestions: { needs: 'any', office: 'own', district: 'own' },
  AskAboutFigures: { needs: 'review', office: 'own', district: 'own' },
  AnswerInquiry: { needs: 'any', office: 'own', district: 'own' },
  LockPeriod: { office: 'root' },
  ReopenPeriod: { office: 'root' },
  LogIssue: { legal: 'all', district: 'own' },
  ReplyToIssue: { legal: 'all', office: 'all', district: 'all' },
  CloseIssue: { legal: 'all' },
  ReopenIssue: { legal: 'all' },
  Escalate: { system: 'all' },
  RemindOfficials: { office: 'own' },
  NoteCall: { office: 'own' },
  PostponeReminder: { office: 'own' },
  SeeReminder: { district: 'self' },
}

/** What of it a machine may do that reports (M10). */
const BY_MACHINES: readonly Right[] = ['SubmitReports', 'WithdrawReports']

/** What is asked for by a route of its own and is no event of the log. */
const ACTS = {
  /** a link by which a member chooses a new password; who hands it out must cover the member too */
  ResetPassword: { office: 'own' },
  /** telephone numbers of members: seeing, setting and erasing; who does must cover the member too (N26) */
  KeepPhones: { office: 'own' },
  /** how the server and its store are */
  SeeOperation: { office: 'root' },
} satisfies Record<string, Row>

/** Whatever is done, not watched. */
export type Right = CommandKind | keyof typeof ACTS
const RIGHTS: Record<Right, Row> = { ...COMMANDS, ...ACTS }

/**
 * Who may call a route or send an event of a live connection: everybody, any member who is signed in, those who may do
 * the act named, or those who may issue any command at all.
 */
export type Access = 'open' | 'member' | 'anyCommand' | Right

/** Kinds of scope: the part before the first colon. */
export const SCOPES = [
  'programme',
  'unit',
  'sheet',
  'work',
  'queue',
  'calendar',
  'silence',
  'issues',
  'issue',
  'people',
  'history',
] as const
export type ScopeKind = (typeof SCOPES)[number]

/** A scope, parsed from its name. */
export type Scope =
  | { kind: 'programme' }
  | { kind: 'issues' }
  | { kind: 'people' }
  | { kind: 'unit'; unit: string }
  /** what wants the official of a unit, and of all below it */
  | { kind: 'work'; unit: string }
  /** what awaits review at or below a unit, and what was confirmed against a warning: `queue:UNIT` */
  | { kind: 'queue'; unit: string }
  /** a unit's sheet for a day: `sheet:UNIT/DAY` */
  | { kind: 'sheet'; unit: string; day: Day }
  /** the days of the reporting units at or below a unit: `calendar:UNIT` */
  | { kind: 'calendar'; unit: string }
  /** what is owed at a unit and below it, and what is done about it: `silence:UNIT` */
  | { kind: 'silence'; unit: string }
  | { kind: 'issue'; issue: number }
  /** `history:report/UNIT/DAY` */
  | { kind: 'history'; of: 'report'; unit: string; day: Day }
  /** `history:member/ID` */
  | { kind: 'history'; of: 'member'; member: string }
  | { kind: 'history'; of: 'period' }
  | { kind: 'history'; of: 'clock' }

const EVERYBODY: Row = { office: 'all', district: 'all', legal: 'all', viewer: 'all' }
const WATCH: Record<Exclude<ScopeKind, 'history'> | 'clock', Row> = {
  programme: EVERYBODY,
  unit: EVERYBODY,
  sheet: { office: 'all', district: 'own', legal: 'all', viewer: 'own' },
  calendar: { office: 'all', district: 'own', legal: 'all', viewer: 'own' },
  queue: { office: 'all', district: 'own' },
  work: { office: 'all', district: 'own', legal: 'all', viewer: 'own' },
  silence: { office: 'all', district: 'own' },
  issues: EVERYBODY,
  issue: EVERYBODY,
  people: { office: 'all' },
  /** the history of the clock */
  clock: { office: 'root' },
}
/** What a history is of. */
export type HistoryOf = Extract<Scope, { kind: 'history' }>['of']
/** Whoever may watch the subject may watch its history (Y6). */
const HISTORIES: Record<HistoryOf, keyof typeof WATCH> = {
  report: 'sheet',
  member: 'people',
  period: 'people',
  clock: 'clock',
}

/** May the actor do this for this unit? Without `unit`: for any unit at all? */
export function mayCommand(actor: Actor, right: Right, units: Units, unit?: string): boolean {
  const { machine } = actor
  if (machine !== undefined && !(machine.includes('report') && BY_MACHINES.includes(right))) return false
  const row = RIGHTS[right]
  return hasTask(actor, row.needs) && within(row[actor.role], actor, units, unit)
}

/** The scheduler has no tasks: a row that needs one has no entry for it. */
function hasTask({ role, tasks }: Actor, needs: Row['needs']): boolean {
  if (needs === undefined || role === 'system') return true
  const own = tasks ?? tasksOf(role)
  return needs === 'any' ? own.length > 0 : own.includes(needs)
}

/** Has the actor what a route or an event asks for? Null for nobody. */
export function mayEnter(actor: Actor | null, access: Access, units: Units): boolean {
  if (access === 'open') return true
  if (actor === null) return false
  if (access === 'member') return true
  return access === 'anyCommand'
    ? (Object.keys(COMMANDS) as CommandKind[]).some((kind) => mayCommand(actor, kind, units))
    : mayCommand(actor, access, units)
}

/**
 * May the actor decide who has this role at this unit (Y9)? Each right of the role there must reach no further than
 * the actor's own same right, or than where the actor may add members.
 */
export function covers(actor: Actor, units: Units, role: Role, unit: string): boolean {
  const adding = topOf(COMMANDS.AddMember[actor.role], actor.unit, units)
  return [...Object.values(RIGHTS), ...Object.values(WATCH)].every((row) => {
    const given = topOf(row[role], unit, units)
    if (given === null) return true
    const own = topOf(row[actor.role], actor.unit, units)
    return [own, adding].some((top) => top !== null && units.within(given, top))
  })
}

/** The topmost unit that a right reaches of who is at `unit`; null when it reaches none. */
function topOf(extent: Extent | undefined, unit: string, { root }: Units): string | null {
  if (extent === 'own' || extent === 'self') return unit
  return extent === 'all' || (extent === 'root' && unit === root) ? root : null
}

/** May the actor watch this scope today? Units that have ended and whose successor lies in the actor's subtree count as own (Y8). */
export function mayWatch(actor: Actor, scope: Scope, units: Units, today: Day | null): boolean {
  if (actor.machine?.includes('read') === false) return false
  const unit = 'unit' in scope ? scope.unit : undefined
  const extent = WATCH[watchedAs(scope)][actor.role]
  if (unit === undefined) return within(extent, actor, units, undefined)
  return units.get(unit) !== undefined && units.heirs(unit, today).some((heir) => within(extent, actor, units, heir))
}

/** The row whose rights apply. */
const watchedAs = (scope: Scope): keyof typeof WATCH => (scope.kind === 'history' ? HISTORIES[scope.of] : scope.kind)

function within(extent: Extent | undefined, actor: Actor, units: Units, unit: string | undefined): boolean {
  if (extent === undefined) return false
  if (extent === 'root') return actor.unit === units.root
  if (extent === 'self') return unit === undefined
  return extent === 'all' || unit === undefined || units.within(unit, actor.unit)
}

/** True when everything that the scope names exists in the world. */
export function scopeExists(scope: Scope, world: Pick<World, 'setting' | 'issues' | 'members'>): boolean {
  if ('unit' in scope && world.setting?.units.get(scope.unit) === undefined) return false
  if ((scope.kind === 'issues' || scope.kind === 'issue') && world.setting?.programme.issues === null) return false
  if ('issue' in scope && !world.issues.has(scope.issue)) return false
  return !('member' in scope) || world.members.has(scope.member)
}

/** Parses a scope's name, e.g. `unit:A1`, `sheet:A/2008-03-05`, `history:report/A1/2008-03-05`; undefined when it is not one (Y7). */
export function parseScope(name: string): Scope | undefined {
  const colon = name.indexOf(':')
  const rest = colon < 0 ? undefined : name.slice(colon + 1)
  switch (colon < 0 ? name : name.slice(0, colon)) {
    case 'programme':
      return rest === undefined ? { kind: 'programme' } : undefined
    case 'issues':
      return rest === undefined ? { kind: 'issues' } : undefined
    case 'people':
      return rest === undefined ? { kind: 'people' } : undefined
    case 'unit':
      return ofUnit('unit', rest)
    case 'work':
      return ofUnit('work', rest)
    case 'queue':
      return ofUnit('queue', rest)
    case 'calendar':
      return ofUnit('calendar', rest)
    case 'silence':
      return ofUnit('silence', rest)
    case 'sheet': {
      const cell = parseCell(rest)
      return cell && { kind: 'sheet', ...cell }
    }
    case 'issue':
      return rest !== undefined && /^[1-9]\d{0,8}$/.test(rest) ? { kind: 'issue', issue: Number(rest) } : undefined
    case 'history':
      return rest === undefined ? undefined : parseHistory(rest)
    default:
      return undefined
  }
}

/** A scope that is named by a unit alone. */
function ofUnit<K extends 'unit' | 'work' | 'queue' | 'calendar' | 'silence'>(
  kind: K,
  unit: string | undefined,
): { kind: K; unit: string } | undefined {
  return unit === undefined || unit === '' || unit.includes('/') ? undefined : { kind, unit }
}

function parseHistory(subject: string): Scope | undefined {
  if (subject === 'period' || subject === 'clock') return { kind: 'history', of: subject }
  const slash = subject.indexOf('/')
  const rest = slash < 0 ? '' : subject.slice(slash + 1)
  if (subject.slice(0, slash) === 'report') {
    const cell = parseCell(rest)
    return cell && { kind: 'history', of: 'report', ...cell }
  }
  if (subject.slice(0, slash) !== 'member' || rest === '' || rest.includes('/')) return undefined
  return { kind: 'history', of: 'member', member: rest }
}

/** `UNIT/DAY` */
function parseCell(text: string | undefined): { unit: string; day: Day } | undefined {
  const [unit, day, more] = (text ?? '').split('/')
  if (unit === undefined || unit === '' || day === undefined || more !== undefined || !isDay(day)) return undefined
  return { unit, day }
}

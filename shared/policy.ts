/** Who may do what: one table, read by both ends. A scope or command without a row here may not exist. */
import type { CommandKind } from './command.ts'
import type { Units } from './domain/units.ts'

/** office 推居办 · district 区 · legal 法制办 · viewer 只读 */
export const ROLES = ['office', 'district', 'legal', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** The person or machine behind a request. `system` is the scheduler and the first start; it has no sign-in. */
export interface Actor {
  id: string
  name: string
  role: Role | 'system'
  unit: string
}

/** `all` units, only the `own` subtree, or not at all (absent). */
type Reach = 'all' | 'own'
type Row = Partial<Record<Role | 'system', Reach>>

const COMMANDS: Record<CommandKind, Row> = {
  OpenProgramme: { system: 'all' },
  BeginDay: { system: 'all' },
  PassDeadline: { system: 'all' },
  AddMember: { system: 'all', office: 'own' },
  EndMember: { office: 'own' },
  SubmitReports: { office: 'own', district: 'own' },
  SettleDispute: { office: 'own', district: 'own' },
  LockPeriod: { office: 'all' },
  ReopenPeriod: { office: 'all' },
  LogIssue: { legal: 'all', district: 'own' },
  ReplyToIssue: { legal: 'all', office: 'all', district: 'all' },
  CloseIssue: { legal: 'all' },
  ReopenIssue: { legal: 'all' },
}

/** Kinds of scope: the part before the colon. */
export const SCOPES = ['programme', 'unit', 'sheet', 'issues', 'people'] as const
export type ScopeKind = (typeof SCOPES)[number]

const WATCH: Record<ScopeKind, Row> = {
  programme: { office: 'all', district: 'all', legal: 'all', viewer: 'all' },
  unit: { office: 'all', district: 'all', legal: 'all', viewer: 'all' },
  sheet: { office: 'all', district: 'own', legal: 'all', viewer: 'own' },
  issues: { office: 'all', district: 'all', legal: 'all', viewer: 'all' },
  people: { office: 'all' },
}

/** May the actor issue this command on this unit? Omit `unit` to ask whether on any at all. */
export function mayCommand(actor: Actor, kind: CommandKind, units: Units, unit?: string): boolean {
  return reaches(COMMANDS[kind][actor.role], actor, units, unit)
}

/** May the actor watch a scope of this kind for this unit? */
export function mayWatch(actor: Actor, kind: ScopeKind, units: Units, unit?: string): boolean {
  return reaches(WATCH[kind][actor.role], actor, units, unit)
}

function reaches(reach: Reach | undefined, actor: Actor, units: Units, unit: string | undefined): boolean {
  if (reach === undefined) return false
  return reach === 'all' || unit === undefined || units.within(unit, actor.unit)
}

/** `unit:A1` → kind and unit; undefined for anything that is no scope. */
export function parseScope(scope: string): { kind: ScopeKind; unit?: string } | undefined {
  const colon = scope.indexOf(':')
  const kind = SCOPES.find((k) => k === (colon < 0 ? scope : scope.slice(0, colon)))
  if (kind === undefined) return undefined
  const unit = colon < 0 ? undefined : scope.slice(colon + 1)
  const wantsUnit = kind === 'unit' || kind === 'sheet'
  if (wantsUnit !== (unit !== undefined) || unit === '') return undefined
  return unit === undefined ? { kind } : { kind, unit }
}

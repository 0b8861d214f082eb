/** What may be asked for: every command, its input and the decision that answers it. Imperative names. */
import { decideIssueCommand, issueCommands } from './domain/issue.ts'
import { decideMemberCommand, memberCommands } from './domain/member.ts'
import { decidePeriodCommand, periodCommands } from './domain/period.ts'
import { decideProgrammeCommand, programmeCommands } from './domain/opening.ts'
import { decideReportCommand, reportCommands } from './domain/report.ts'
import type { World } from './domain/world.ts'
import { refuse, type Result } from './errors.ts'
import type { DomainEvent } from './event.ts'
import type { Actor } from './policy.ts'
import { commandId, parse, z } from './schema.ts'

/** Input of every command, by kind. */
export const COMMANDS = {
  ...programmeCommands,
  ...memberCommands,
  ...periodCommands,
  ...reportCommands,
  ...issueCommands,
}
export type CommandKind = keyof typeof COMMANDS
export type CommandData<K extends CommandKind> = z.infer<(typeof COMMANDS)[K]>

/** A command as it travels. The id is the sender's; the same id twice has one effect and one answer. */
export type Command<K extends CommandKind = CommandKind> = {
  [P in K]: { id: string; kind: P; data: CommandData<P> }
}[K]

/** The answer to a command: durable at `seq`, or every reason why not. */
export type Answer = { ok: true; seq: number } | { ok: false; refusals: import('./errors.ts').Refusal[] }

const envelope = z.strictObject({ id: commandId, kind: z.string(), data: z.unknown() })

/** Reads a command from anywhere outside. */
export function parseCommand(input: unknown): Result<Command> {
  const outer = parse(envelope, input)
  if (!outer.ok) return outer
  const { id, kind, data } = outer.value
  if (!Object.hasOwn(COMMANDS, kind)) return refuse({ code: 'command.unknown', params: { kind }, at: 'kind' })
  const inner = parse<unknown>(COMMANDS[kind as CommandKind], data)
  return inner.ok ? { ok: true, value: { id, kind, data: inner.value } as Command } : inner
}

/** What a decision may look at besides the world. */
export interface Context {
  actor: Actor
  /** moment of acceptance, for numbering by year; ISO 8601 */
  at: string
}

/** The pure decision: events, or every reason why not. Never changes the world. */
export function decide(world: World, command: Command, context: Context): Result<DomainEvent[]> {
  switch (command.kind) {
    case 'OpenProgramme':
    case 'BeginDay':
    case 'PassDeadline':
      return decideProgrammeCommand(world, command)
    case 'AddMember':
    case 'EndMember':
      return decideMemberCommand(world, command, context)
    case 'LockPeriod':
    case 'ReopenPeriod':
      return decidePeriodCommand(world, command)
    case 'SubmitReports':
    case 'SettleDispute':
      return decideReportCommand(world, command, context)
    case 'LogIssue':
    case 'ReplyToIssue':
    case 'CloseIssue':
    case 'ReopenIssue':
      return decideIssueCommand(world, command, context)
  }
}

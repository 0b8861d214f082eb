/** What may be asked for: every command, assembled from its nouns. Imperative names. */
import { idsOf } from './domain/basis.ts'
import { issueCommands } from './domain/issue.ts'
import { memberCommands } from './domain/member.ts'
import type { Context, NamedFigures } from './domain/noun.ts'
import { programmeCommands } from './domain/opening.ts'
import { periodCommands } from './domain/period.ts'
import { reattributionCommands } from './domain/reattribution.ts'
import { baselineCommands } from './domain/rebaselining.ts'
import { reportCommands } from './domain/report.ts'
import { reviewCommands } from './domain/review.ts'
import type { World } from './domain/world.ts'
import { type Refusal, refuse, type Result } from './errors.ts'
import type { DomainEvent } from './event.ts'
import type { Day } from './progress/day.ts'
import { commandId, parse, z } from './schema.ts'

/** Input and decision of every command, by kind. */
export const COMMANDS = {
  ...programmeCommands,
  ...memberCommands,
  ...periodCommands,
  ...baselineCommands,
  ...reportCommands,
  ...reviewCommands,
  ...reattributionCommands,
  ...issueCommands,
}
export type CommandKind = keyof typeof COMMANDS
export type CommandData<K extends CommandKind> = z.infer<(typeof COMMANDS)[K]['input']>

/** A command as it travels. The id is the sender's; the same id twice has one effect and one answer. */
export type Command<K extends CommandKind = CommandKind> = {
  [P in K]: { id: string; kind: P; data: CommandData<P> }
}[K]

/** What a command did, in the order of its events. */
export interface Happening {
  /** see `subjectOf` */
  subject: string | null
  /** seq of the event; of an event about figures, the version that the figures have from it */
  version: number
}

/** The answer to a command: durable at `seq` with what happened, or every reason why not. */
export type Answer = { ok: true; seq: number; happened: Happening[] } | { ok: false; refusals: Refusal[] }

const envelope = z.strictObject({ id: commandId, kind: z.string(), data: z.unknown() })

/** Reads a command from anywhere outside. */
export function parseCommand(input: unknown): Result<Command> {
  const outer = parse(envelope, input)
  if (!outer.ok) return outer
  const { id, kind, data } = outer.value
  if (!Object.hasOwn(COMMANDS, kind)) return refuse({ code: 'command.unknown', params: { kind }, at: 'kind' })
  const inner = parse<unknown>(COMMANDS[kind as CommandKind].input, data)
  return inner.ok ? { ok: true, value: { id, kind, data: inner.value } as Command } : inner
}

/** A row of the table, typed loosely: kind and data of one command belong together. */
interface Loose {
  decide(world: World, data: Command['data'], context: Context): Result<DomainEvent[]>
  names(data: Command['data'], world: World): readonly NamedFigures[]
}
const definitionOf = (command: Command): Loose => COMMANDS[command.kind] as unknown as Loose

/** The pure decision: events, or every reason why not. Never changes the world. */
export const decide = (world: World, command: Command, context: Context): Result<DomainEvent[]> =>
  definitionOf(command).decide(world, command.data, context)

/** Figures that the command names, by report. */
export const namedIn = (command: Command, world: World): readonly NamedFigures[] =>
  definitionOf(command).names(command.data, world)

/** Earlier commands that this one is based on, with the report; `Context.basisVersion` is asked about them. */
export const basesOf = (command: Command, world: World): { command: string; unit: string; day: Day }[] =>
  namedIn(command, world).flatMap(({ unit, day, basedOn }) => idsOf(basedOn).map((id) => ({ command: id, unit, day })))

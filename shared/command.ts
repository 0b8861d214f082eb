/** Every command, assembled from its nouns. Names are imperative. */
import { idsOf } from './domain/basis.ts'
import { clockCommands } from './domain/clock.ts'
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
import { ok, type Refusal, refuse, type Result } from './errors.ts'
import type { DomainEvent } from './event.ts'
import type { Day } from './progress/day.ts'
import { commandId, echo, parse, z } from './schema.ts'

/** The input schema and decision of every command, by kind. */
export const COMMANDS = {
  ...programmeCommands,
  ...clockCommands,
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

/** A command as it travels. The sender chooses the id; sent twice, it has one effect and one answer (L2). */
export type Command<K extends CommandKind = CommandKind> = {
  [P in K]: { id: string; kind: P; data: CommandData<P> }
}[K]

/** One event of an accepted command, for the sender. */
export interface Happening {
  /** what the event is about; see `subjectOf` */
  subject: string | null
  /** seq of the event, which is the new version of the figures that it is about */
  version: number
}

/** The answer to a command: accepted and durable at `seq`, with its events in order; or every reason why not. */
export type Answer = { ok: true; seq: number; happened: Happening[] } | { ok: false; refusals: Refusal[] }

const envelope = z.strictObject({ id: commandId, kind: z.string(), data: z.unknown() })

/** Ids of the programme's own commands begin with this; from anybody else they are refused, so that nobody takes them first (C22). */
export const SYSTEM_ID = 'system:'

/** A command of which is known what it is, and nothing more. */
export interface Envelope {
  id: string
  kind: CommandKind
  data: unknown
}

/** Reads what a command is, so that it can be asked who may, before its data are looked at (L8). */
export function parseEnvelope(input: unknown): Result<Envelope> {
  const outer = parse(envelope, input)
  if (!outer.ok) return outer
  const { id, kind, data } = outer.value
  return Object.hasOwn(COMMANDS, kind)
    ? ok({ id, kind: kind as CommandKind, data })
    : refuse({ code: 'command.unknown', params: { kind: echo(kind) }, at: 'kind' })
}

/** Reads its data; every fault of them is returned (L7). */
export function parseData({ id, kind, data }: Envelope): Result<Command> {
  const inner = parse<unknown>(COMMANDS[kind].input, data)
  return inner.ok ? ok({ id, kind, data: inner.value } as Command) : inner
}

/** A row of the table without its type parameter: kind and data of one command belong together. */
interface Loose {
  decide(world: World, data: Command['data'], context: Context): Result<DomainEvent[]>
  names(data: Command['data'], world: World): readonly NamedFigures[]
}
const definitionOf = (command: Command): Loose => COMMANDS[command.kind] as unknown as Loose

/** Decides a command: events, or every reason why not. Pure; never changes the world. */
export const decide = (world: World, command: Command, context: Context): Result<DomainEvent[]> =>
  definitionOf(command).decide(world, command.data, context)

/** The figures that the command names, by report. */
export const namedIn = (command: Command, world: World): readonly NamedFigures[] =>
  definitionOf(command).names(command.data, world)

/** The earlier commands that this one is based on, by report, so that `Context.basisVersion` can look them up. */
export const basesOf = (command: Command, world: World): { command: string; unit: string; day: Day }[] =>
  namedIn(command, world).flatMap(({ unit, day, basedOn }) => idsOf(basedOn).map((id) => ({ command: id, unit, day })))

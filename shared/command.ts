/** Every command, assembled from its nouns. Names are imperative. */
import { idsOf } from './domain/basis.ts'
import { answeringCommands } from './domain/answering.ts'
import { chasingCommands } from './domain/chasing.ts'
import { clockCommands } from './domain/clock.ts'
import { escalationCommands } from './domain/escalation.ts'
import { handoverCommands } from './domain/handover.ts'
import { inquiryCommands } from './domain/inquiry.ts'
import { issueCommands } from './domain/issue.ts'
import { machineCommands } from './domain/machine.ts'
import { memberCommands } from './domain/member.ts'
import type { Context, Decision, InSteps, NamedFigures, RefusedItem } from './domain/noun.ts'
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
import { versionsOf } from './protocol/versions.ts'
import { commandId, echo, parse, z } from './schema.ts'

/** The input schema and decision of every command, by kind. */
export const COMMANDS = {
  ...programmeCommands,
  ...clockCommands,
  ...memberCommands,
  ...machineCommands,
  ...handoverCommands,
  ...periodCommands,
  ...baselineCommands,
  ...reportCommands,
  ...reviewCommands,
  ...inquiryCommands,
  ...reattributionCommands,
  ...answeringCommands,
  ...issueCommands,
  ...escalationCommands,
  ...chasingCommands,
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

/** What a command would do, as far as an event says it. */
export interface Prospect {
  type: DomainEvent['type']
  /** what the event would be about; see `subjectOf` */
  subject: string | null
  /** figures that it would give, by counter key (null = blank), and the questions confirmed about them */
  values?: Readonly<Record<string, number | null>>
  confirmed?: Readonly<Record<string, readonly string[]>>
}

/** A command that was accepted, or would be. */
export interface Accepted {
  ok: true
  /** durable at this seq, if it is no dry run */
  seq: number
  /** its events, in order */
  happened: Happening[]
  /** items of a partial submission that were left out, in order; absent = none (L15) */
  refused?: RefusedItem[]
  /** of a dry run: what would have happened, in order (L14) */
  would?: Prospect[]
}

/** The answer to a command; or every reason why not. */
export type Answer = Accepted | { ok: false; refusals: Refusal[] }

const envelope = z.strictObject({
  id: commandId,
  kind: z.string(),
  data: z.unknown(),
  /** answer what would happen, and do nothing (L14) */
  dryRun: z.literal(true).optional(),
  /** of the shape of `data`; left out = the newest */
  version: z.int().min(1).optional(),
})

/** Ids of the programme's own commands begin with this; from anybody else they are refused, so that nobody takes them first (C22). */
export const SYSTEM_ID = 'system:'

/** A command of which is known what it is, and nothing more. */
export interface Envelope {
  id: string
  kind: CommandKind
  data: unknown
  dryRun: boolean
}

/** Reads what a command is, so that it can be asked who may, before its data are looked at (L8). */
export function parseEnvelope(input: unknown): Result<Envelope> {
  const outer = parse(envelope, input)
  if (!outer.ok) return outer
  const { id, kind, data, version, dryRun = false } = outer.value
  if (!Object.hasOwn(COMMANDS, kind))
    return refuse({ code: 'command.unknown', params: { kind: echo(kind) }, at: 'kind' })
  const isTaken = version === undefined || versionsOf(kind as CommandKind).includes(version)
  return isTaken
    ? ok({ id, kind: kind as CommandKind, data, dryRun })
    : refuse({ code: 'command.version', at: 'version' })
}

/** Reads its data; every fault of them is returned (L7). */
export function parseData({ id, kind, data }: Omit<Envelope, 'dryRun'>): Result<Command> {
  const inner = parse<unknown>(COMMANDS[kind].input, data)
  return inner.ok ? ok({ id, kind, data: inner.value } as Command) : inner
}

/** A row of the table without its type parameter: kind and data of one command belong together. */
interface Loose {
  decide(world: World, data: Command['data'], context: Context): Decision<DomainEvent>
  inSteps?(world: World, data: Command['data'], context: Context): InSteps<Decision<DomainEvent>>
  names(data: Command['data'], world: World): readonly NamedFigures[]
}
const definitionOf = (command: Command): Loose => COMMANDS[command.kind] as unknown as Loose

/** Decides a command: events, or every reason why not. Pure; never changes the world. */
export const decide = (world: World, command: Command, context: Context): Decision<DomainEvent> =>
  definitionOf(command).decide(world, command.data, context)

/** The same in steps, between which others may run. */
export function* decideInSteps(world: World, command: Command, context: Context): InSteps<Decision<DomainEvent>> {
  const definition = definitionOf(command)
  return definition.inSteps === undefined
    ? definition.decide(world, command.data, context)
    : yield* definition.inSteps(world, command.data, context)
}

/** The figures that the command names, by report. */
export const namedIn = (command: Command, world: World): readonly NamedFigures[] =>
  definitionOf(command).names(command.data, world)

/** The earlier commands that this one is based on, by report, so that `Context.basisVersion` can look them up. */
export const basesOf = (command: Command, world: World): { command: string; unit: string; day: Day }[] =>
  namedIn(command, world).flatMap(({ unit, day, basedOn }) => idsOf(basedOn).map((id) => ({ command: id, unit, day })))

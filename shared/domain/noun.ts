/** The shape that every noun registers itself in: what its events mean and how its commands are decided. */
import type { Result } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import type { z } from '../schema.ts'
import type { Basis } from './basis.ts'
import type { Role } from './roles.ts'
import type { World } from './world.ts'

/** What the store adds to an event, the same for every kind. */
export interface Envelope {
  /** place in the log, from 1, without gaps */
  seq: number
  /** moment of acceptance, ISO 8601 with milliseconds, UTC */
  at: string
  /** member id, or `system` */
  actor: string
  /** id of the command that caused it */
  command: string
  /** version of the event's shape, from the table of events */
  v: number
  /** SHA-256 over the hash before it and this event, hex; see `server/store/chain.ts` */
  hash: string
}

/** An event as its fold sees it. */
export type FoldInput<D> = { data: D } & Pick<Envelope, 'seq' | 'at' | 'actor'>

/** Where a report stands: one reporting unit, one day. */
export interface CellName {
  unit: string
  day: Day
}

/** Turns the data of one version of an event into that of the next. */
export type Upcaster = (data: unknown) => unknown

/** Everything that is known about a type of event whose data are `D`. */
export interface Definition<D> {
  /** version of the shape that is written now, from 1 */
  version: number
  /** `upcast[i]` leads from version i + 1 to i + 2; there are `version − 1` of them */
  upcast: readonly Upcaster[]
  /** what it is about, for looking up histories; null = nothing that has one */
  subject(data: D): string | null
  /** the report that it is about; null = none */
  cell(data: D): CellName | null
  /** counters (keys) of that report of which it gives a value, claims one or takes one back: it is their version */
  figures(data: D): readonly string[]
  /** does it move the clock of the log, and with it what is due? */
  movesClock: boolean
  /** folds it into the world, in place */
  evolve(world: World, event: FoldInput<D>): void
}

/** A noun's events: data by type → definition by type. */
export type EventTable<E> = { [T in keyof E]: Definition<E[T]> }

/** The events of a noun, as decisions make them. */
export type EventsOf<E> = { [T in keyof E]: { type: T; data: E[T] } }[keyof E]

/** What a decision may look at besides the world. */
export interface Context {
  actor: { id: string; role: Role | 'system' }
  /** moment of acceptance, for numbering by year; ISO 8601 */
  at: string
  /** may the actor issue this command on this unit? Without a unit: on any at all */
  may(unit?: string): boolean
  /**
   * The version that an own earlier command gave a figure (`counter` is a key), or, where it named the figure and changed
   * nothing, the version that stood then; 0 for a figure that it did not name. Undefined for a command of nobody or of
   * somebody else.
   */
  basisVersion(command: string, unit: string, day: Day, counter: string): number | undefined
}

/** Figures of one report that a command says something about, and what it was made upon. */
export interface NamedFigures extends CellName {
  /** keys of those that it may also leave as they are; null = all of the programme */
  counters: readonly string[] | null
  basedOn: Basis
}

/** A command's input and the decision that answers it: events, or every reason why not. Never changes the world. */
export interface CommandDefinition<S extends z.ZodType, E> {
  input: S
  decide(world: World, data: z.infer<S>, context: Context): Result<EventsOf<E>[]>
  /** figures that it names with a basis; a later command may name this one as its own */
  names(data: z.infer<S>, world: World): readonly NamedFigures[]
}

/** Ties a command's decision to its input; `E` are the events that it may cause. */
export const command = <S extends z.ZodType, E>(
  input: S,
  decide: CommandDefinition<S, E>['decide'],
  names: CommandDefinition<S, E>['names'] = () => [],
): CommandDefinition<S, E> => ({ input, decide, names })

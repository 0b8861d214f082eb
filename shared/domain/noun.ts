/** The shapes in which a noun registers its events and commands. */
import type { Refusal, Result } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import type { z } from '../schema.ts'
import type { Basis } from './basis.ts'
import type { Role } from './roles.ts'
import type { CellName } from './values.ts'
import type { World } from './world.ts'

/** What the store adds to every event. */
export interface Envelope {
  /** place in the log, from 1, without gaps */
  seq: number
  /** moment of acceptance, ISO 8601 with milliseconds, UTC */
  at: string
  /** member id, or `system` */
  actor: string
  /** id of the command that caused the event */
  command: string
  /** version of the event's shape, from the table of events */
  v: number
  /** SHA-256 over the hash before it and this event, hex; see `server/store/chain.ts` */
  hash: string
}

/** An event as its fold receives it. */
export type FoldInput<D> = { data: D } & Pick<Envelope, 'seq' | 'at' | 'actor'>

/** Turns the data of one version of an event into that of the next. */
export type Upcaster = (data: unknown) => unknown

/** The definition of an event type whose data are `D`. */
export interface Definition<D> {
  /** version of the data's shape as written today, from 1 */
  version: number
  /** `upcast[i]` turns version i + 1 into i + 2; there are `version − 1` of them */
  upcast: readonly Upcaster[]
  /** what the event is about, for looking up histories; null = nothing that has a history */
  subject(data: D): string | null
  /** the report that the event is about; null = none */
  cell(data: D): CellName | null
  /** counters (keys) whose value the event gives, claims or withdraws: its seq becomes their version */
  figures(data: D): readonly string[]
  /** true when the event moves the log's clock, and with it what is due */
  movesClock: boolean
  /** folds the event into the world, in place; must not refuse */
  evolve(world: World, event: FoldInput<D>): void
}

/** The definitions of a noun's events, given their data by type. */
export type EventTable<E> = { [T in keyof E]: Definition<E[T]> }

/** A noun's events as decisions produce them. */
export type EventsOf<E> = { [T in keyof E]: { type: T; data: E[T] } }[keyof E]

/** What a decision may use besides the world. */
export interface Context {
  actor: { id: string; role: Role | 'system'; unit: string }
  /** moment of acceptance, for numbering by year; ISO 8601 */
  at: string
  /** may the actor issue this command for this unit? Without a unit: for any unit at all */
  may(unit?: string): boolean
  /** may the actor decide who has this role at this unit (Y9)? */
  covers(role: Role, unit: string): boolean
  /**
   * The version that an earlier command of the actor's own gave a figure (`counter` is a key), or, when the command named
   * the figure and changed nothing, the version of what it found there: the value that stood, or the own claim that it
   * repeated; 0 for a figure that it did not name. Undefined for an unknown
   * command or somebody else's.
   */
  basisVersion(command: string, unit: string, day: Day, counter: string): number | undefined
}

/** Figures of one report that a command names, and the basis on which it names them. */
export interface NamedFigures extends CellName {
  /** keys of the counters named, including those that the command leaves unchanged; null = all of the programme */
  counters: readonly string[] | null
  /** the values that it gives them, by counter key; absent where it gives none */
  values?: Readonly<Record<string, number>>
  basedOn: Basis
}

/** An item of a command that was left out, by its place from 0, and why; as many reasons as `REASONS`. */
export interface RefusedItem {
  item: number
  refusals: Refusal[]
}

/** What a command comes to: events, or every reason why not. `refused`: items that were left out of those that were taken. */
export type Decision<E> = Result<E[]> & { refused?: RefusedItem[] }

/** A decision that is made in steps, between which others may run. */
export type InSteps<T> = Generator<undefined, T>

/** Makes it in one go. */
export function inOneGo<T>(steps: InSteps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** A command's input schema and its decision: events, or every reason why not. A decision never changes the world. */
export interface CommandDefinition<S extends z.ZodType, E> {
  input: S
  decide(world: World, data: z.infer<S>, context: Context): Decision<EventsOf<E>>
  /** the same in steps, where one may be about so much that others would wait for long (L12) */
  inSteps?(world: World, data: z.infer<S>, context: Context): InSteps<Decision<EventsOf<E>>>
  /** figures that the command names with a basis; later commands may name this command as theirs */
  names(data: z.infer<S>, world: World): readonly NamedFigures[]
}

/** Ties a decision to the type of its input; `E` are the events that it may produce. */
export const command = <S extends z.ZodType, E>(
  input: S,
  decide: CommandDefinition<S, E>['decide'],
  names: CommandDefinition<S, E>['names'] = () => [],
): CommandDefinition<S, E> => ({ input, decide, names })

/** What happened: every type of event, assembled from its nouns. The only place that knows them all. */
import { type IssueEvents, issueEvents } from './domain/issue.ts'
import { type MemberEvents, memberEvents } from './domain/member.ts'
import type { CellName } from './domain/values.ts'
import type { Definition, Envelope, EventTable } from './domain/noun.ts'
import { type ProgrammeEvents, programmeEvents } from './domain/opening.ts'
import { type PeriodEvents, periodEvents } from './domain/period.ts'
import { type ReattributionEvents, reattributionEvents } from './domain/reattributionEvents.ts'
import { type BaselineEvents, baselineEvents } from './domain/rebaselining.ts'
import { type ReportEvents, reportEvents } from './domain/reportEvents.ts'
import { type ReviewEvents, reviewEvents } from './domain/review.ts'
import type { World } from './domain/world.ts'

/** Data of every type of event. Past tense. */
export interface EventData
  extends
    ProgrammeEvents,
    MemberEvents,
    PeriodEvents,
    BaselineEvents,
    ReportEvents,
    ReviewEvents,
    ReattributionEvents,
    IssueEvents {}

export type EventType = keyof EventData
export type EventDefinition<T extends EventType> = Definition<EventData[T]>

/** Everything that is known about each type. An event is read for ever: a changed shape gets a version and an upcaster. */
export const EVENTS: { [T in EventType]: EventDefinition<T> } = {
  ...programmeEvents,
  ...memberEvents,
  ...periodEvents,
  ...baselineEvents,
  ...reportEvents,
  ...reviewEvents,
  ...reattributionEvents,
  ...issueEvents,
} satisfies EventTable<EventData>

/** An event as a decision makes it: what, not yet when or in which place of the log. */
export type DomainEvent = { [T in EventType]: { type: T; data: EventData[T] } }[EventType]

/** An event with its place in the log. */
export type Recorded = DomainEvent & Envelope

/** The same before the store has chained it. */
export type Placed = DomainEvent & Omit<Envelope, 'hash'>

/** The table's entry for an event, typed loosely: the type and the data of one event belong together. */
const definitionOf = (event: DomainEvent): Definition<DomainEvent['data']> =>
  EVENTS[event.type] as unknown as Definition<DomainEvent['data']>

/** What the event is about: `report/UNIT/DAY`, `issue/N`, `member/ID`, `period`, `baseline`, `programme`; null = nothing that has a history. */
export const subjectOf = (event: DomainEvent): string | null => definitionOf(event).subject(event.data)

/** The report that the event is about; null = none. */
export const cellOf = (event: DomainEvent): CellName | null => definitionOf(event).cell(event.data)

/** Counters (keys) of that report whose figures have their version from the event. */
export const figuresBy = (event: DomainEvent): readonly string[] => definitionOf(event).figures(event.data)

/** Does the event move the clock of the log, and with it what is due? */
export const movesClock = (event: DomainEvent): boolean => definitionOf(event).movesClock

/** The version of the shape in which the event is written. */
export const versionOf = (event: DomainEvent): number => definitionOf(event).version

/** Folds one event into a world or a fork of one, in place. */
export function evolve(world: World, event: Placed): void {
  world.seq = event.seq
  definitionOf(event).evolve(world, event)
}

/** Why an event is not taken: nobody here knows its type or version, it is not what was written, or it makes no sense after those before. */
export type LogFaultReason = 'unknown' | 'damaged' | 'contradictory'

const REASONS: Record<LogFaultReason, string> = {
  unknown: 'which is not understood here',
  damaged: 'which does not follow from the event before it',
  contradictory: 'which cannot be folded after those before it',
}

/** Something in the log that cannot be taken; it must not be skipped. */
export class LogFault extends Error {
  readonly seq: number
  readonly type: string
  readonly v: number
  readonly reason: LogFaultReason

  constructor(seq: number, type: string, v: number, reason: LogFaultReason = 'unknown', cause?: unknown) {
    super(`event ${seq} is a ${type} of version ${v}, ${REASONS[reason]}`, { cause })
    this.name = 'LogFault'
    this.seq = seq
    this.type = type
    this.v = v
    this.reason = reason
  }
}

/** An event as the store holds it, of any version. */
export type RawEvent = { type: string; data: unknown } & Envelope

/** What reading needs to know of a type. */
type Versions = Readonly<Record<string, Pick<Definition<never>, 'version' | 'upcast'>>>

/**
 * Brings a stored event to the shape that is written now. Throws `LogFault` for a type or version that is unknown.
 * Only tests name a table of their own.
 */
export function readEvent(raw: RawEvent, events: Versions = EVENTS): Recorded {
  const known = Object.hasOwn(events, raw.type) ? events[raw.type] : undefined
  if (known === undefined || !Number.isInteger(raw.v) || raw.v < 1 || raw.v > known.version)
    throw new LogFault(raw.seq, raw.type, raw.v)
  let { data } = raw
  for (let v = raw.v; v < known.version; v++) data = known.upcast[v - 1]!(data)
  // the type is known, and its data have the shape of its version
  return (raw.v === known.version ? raw : { ...raw, v: known.version, data }) as Recorded
}

/** Every type of event, assembled from its nouns. The only file that knows them all. */
import { type AnsweringEvents, answeringEvents } from './domain/answering.ts'
import { type ChasingEvents, chasingEvents } from './domain/chasing.ts'
import { type ClockEvents, clockEvents } from './domain/clock.ts'
import { type EscalationEvents, escalationEvents, judgeItem } from './domain/escalation.ts'
import { type HandoverEvents, handoverEvents } from './domain/handover.ts'
import { type InquiryEvents, inquiryEvents } from './domain/inquiry.ts'
import { type IssueEvents, issueEvents } from './domain/issue.ts'
import { type MachineEvents, machineEvents } from './domain/machine.ts'
import { type MemberEvents, memberEvents } from './domain/member.ts'
import type { CellName } from './domain/values.ts'
import type { Definition, Envelope, EventTable } from './domain/noun.ts'
import { type ProgrammeEvents, programmeEvents } from './domain/opening.ts'
import { type PeriodEvents, periodEvents } from './domain/period.ts'
import { type ReattributionEvents, reattributionEvents } from './domain/reattributionEvents.ts'
import { type BaselineEvents, baselineEvents } from './domain/rebaselining.ts'
import { type ReportEvents, reportEvents } from './domain/reportEvents.ts'
import { type ReviewEvents, reviewEvents } from './domain/review.ts'
import { type TotalEvents, totalEvents } from './domain/totalEvents.ts'
import type { World } from './domain/world.ts'

/** The data of every type of event. Names are in the past tense. */
export interface EventData
  extends
    ProgrammeEvents,
    ClockEvents,
    MemberEvents,
    MachineEvents,
    HandoverEvents,
    PeriodEvents,
    BaselineEvents,
    ReportEvents,
    TotalEvents,
    ReviewEvents,
    InquiryEvents,
    ReattributionEvents,
    AnsweringEvents,
    IssueEvents,
    EscalationEvents,
    ChasingEvents {}

export type EventType = keyof EventData
export type EventDefinition<T extends EventType> = Definition<EventData[T]>

/** The definition of every type. Events are read for ever, so a changed shape needs a new version and an upcaster. */
export const EVENTS: { [T in EventType]: EventDefinition<T> } = {
  ...programmeEvents,
  ...clockEvents,
  ...memberEvents,
  ...machineEvents,
  ...handoverEvents,
  ...periodEvents,
  ...baselineEvents,
  ...reportEvents,
  ...totalEvents,
  ...reviewEvents,
  ...inquiryEvents,
  ...reattributionEvents,
  ...answeringEvents,
  ...issueEvents,
  ...escalationEvents,
  ...chasingEvents,
} satisfies EventTable<EventData>

/** An event as a decision produces it, before it has a moment and a place in the log. */
export type DomainEvent = { [T in EventType]: { type: T; data: EventData[T] } }[EventType]

/** An event as recorded in the log. */
export type Recorded = DomainEvent & Envelope

/** A recorded event before the store has added its hash. */
export type Placed = DomainEvent & Omit<Envelope, 'hash'>

/** The table's entry for an event without its type parameter: type and data of one event belong together. */
const definitionOf = (event: DomainEvent): Definition<DomainEvent['data']> =>
  EVENTS[event.type] as unknown as Definition<DomainEvent['data']>

/** What the event is about: `report/UNIT/DAY`, `issue/N`, `member/ID`, `period`, `clock`, `baseline`, `programme`; null = nothing that has a history. */
export const subjectOf = (event: DomainEvent): string | null => definitionOf(event).subject(event.data)

/** The report that the event is about; null = none. */
export const cellOf = (event: DomainEvent): CellName | null => definitionOf(event).cell(event.data)

/** Counters (keys) of that report whose figures get their version from the event. */
export const figuresBy = (event: DomainEvent): readonly string[] => definitionOf(event).figures(event.data)

/** True when the event moves the log's clock, and with it what is due. */
export const movesClock = (event: DomainEvent): boolean => definitionOf(event).movesClock

/** The version of the shape in which events of this type are written. */
export const versionOf = (event: DomainEvent): number => definitionOf(event).version

/** Folds one event into a world or a fork of one, in place. */
export function evolve(world: World, event: Placed): void {
  world.seq = event.seq
  definitionOf(event).evolve(world, event)
  const cell = cellOf(event)
  if (cell !== null) judgeItem(world, cell, event)
}

/** Why an event cannot be read: its type or version is unknown, its hash does not follow from the event before it, or it cannot be folded after those before it (L11). */
export type LogFaultReason = 'unknown' | 'damaged' | 'contradictory'

const REASONS: Record<LogFaultReason, string> = {
  unknown: 'which is not understood here',
  damaged: 'which does not follow from the event before it',
  contradictory: 'which cannot be folded after those before it',
}

/** An event that cannot be read, and must not be skipped. */
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

/** The part of a definition that reading needs. */
type Versions = Readonly<Record<string, Pick<Definition<never>, 'version' | 'upcast'>>>

/**
 * Upcasts a stored event to its current shape. Throws `LogFault` for an unknown type or version. Only tests pass a table
 * of their own.
 */
export function readEvent(raw: RawEvent, events: Versions = EVENTS): Recorded {
  const known = Object.hasOwn(events, raw.type) ? events[raw.type] : undefined
  if (known === undefined || !Number.isInteger(raw.v) || raw.v < 1 || raw.v > known.version)
    throw new LogFault(raw.seq, raw.type, raw.v)
  let { data } = raw
  for (let v = raw.v; v < known.version; v++) data = known.upcast[v - 1]!(data)
  // the type is known, and after upcasting the data have its current shape
  return (raw.v === known.version ? raw : { ...raw, v: known.version, data }) as Recorded
}

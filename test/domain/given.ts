/** Given events, when somebody asks, then events or refusals: the domain without a server. */
import type { CommandData, CommandKind } from '../../shared/command.ts'
import { decide, parseCommand } from '../../shared/command.ts'
import { emptyWorld, evolve, type World } from '../../shared/domain/world.ts'
import { refuse, type Refusal, type Result } from '../../shared/errors.ts'
import type { DomainEvent, EventData, EventType, Values } from '../../shared/event.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import { PEOPLE } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'

/** An event of the past and who caused it; `system` unless told. */
export type Past = DomainEvent & { by?: Actor }

export const event = <T extends EventType>(type: T, data: EventData[T], by?: Actor): Past =>
  ({ type, data, ...(by === undefined ? {} : { by }) }) as Past

/** The programme opened, and everybody in it. */
export const opened = (overrides: Partial<Programme> = {}): Past[] => [
  event('ProgrammeOpened', { programme: tinyProgramme(overrides), nature: 'real' }),
  ...PEOPLE.map(({ id, name, role, unit }) =>
    event('MemberAdded', { member: id, name, role: role === 'system' ? 'viewer' : role, unit }),
  ),
]

export const began = (day: string): Past => event('DayBegan', { day })
export const passed = (day: string): Past => event('DeadlinePassed', { day })
export const reported = (by: Actor, unit: string, day: string, values: Values): Past =>
  event('ReportSubmitted', { unit, day, values }, by)

/** Open, and 2008-01-10 has begun: the deadlines up to the 9th have passed. */
export const ready = (...more: Past[]): Past[] => [...opened(), began('2008-01-10'), ...more]

export const AT = '2008-01-10T09:00:00.000Z'

/** The world after these events; the first has seq 1. */
export function given(past: readonly Past[], at = AT): World {
  const world = emptyWorld()
  past.forEach(({ by, ...rest }, i) =>
    evolve(world, { ...(rest as DomainEvent), seq: i + 1, at, actor: by?.id ?? 'system', command: `past-${i}`, v: 1 }),
  )
  return world
}

/** Shape, then may, then the decision: the order that the dispatcher keeps. `data` may be of any shape. */
export function ask(world: World, actor: Actor, kind: CommandKind, data: unknown): Result<DomainEvent[]> {
  const parsed = parseCommand({ id: 'test-command', kind, data })
  if (!parsed.ok) return parsed
  if (world.frame !== null && !mayCommand(actor, kind, world.frame.units)) return refuse({ code: 'may.not' })
  return decide(world, parsed.value, { actor, at: AT })
}

/** The events that the command causes; throws when it is refused. */
export function events<K extends CommandKind>(past: readonly Past[], by: Actor, kind: K, data: CommandData<K>) {
  const decided = ask(given(past), by, kind, data)
  if (!decided.ok) throw new Error(JSON.stringify(decided.refusals))
  return decided.value
}

/** Every reason why not; empty when the command is accepted. */
export function refusals<K extends CommandKind>(
  past: readonly Past[],
  by: Actor,
  kind: K,
  data: CommandData<K>,
): Refusal[] {
  const decided = ask(given(past), by, kind, data)
  return decided.ok ? [] : decided.refusals
}

/** What a later decision stands on: the past and what came of the command. */
export const after = <K extends CommandKind>(
  past: readonly Past[],
  by: Actor,
  kind: K,
  data: CommandData<K>,
): Past[] => [...past, ...events(past, by, kind, data).map((e): Past => ({ ...e, by }))]

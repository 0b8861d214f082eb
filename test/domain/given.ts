/** The domain without a server: given past events, a command's events or refusals. */
import type { CommandData, CommandKind } from '../../shared/command.ts'
import { decide, parseData } from '../../shared/command.ts'
import type { Figure } from '../../shared/domain/cells.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Context } from '../../shared/domain/noun.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import { tasksOf } from '../../shared/domain/roles.ts'
import type { Values } from '../../shared/domain/values.ts'
import { emptyWorld, type World } from '../../shared/domain/world.ts'
import { refuse, type Refusal, type Result } from '../../shared/errors.ts'
import { type DomainEvent, type EventData, type EventType, evolve, versionOf } from '../../shared/event.ts'
import { type Actor, covers, mayCommand } from '../../shared/policy.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

/** The scheduler; it has no sign-in. */
export const SYSTEM: Actor = { id: 'system', name: 'system', role: 'system', unit: '' }

/** An event of the past and who caused it; default `system`. */
export type Past = DomainEvent & { by?: Actor }

export const event = <T extends EventType>(type: T, data: EventData[T], by?: Actor): Past =>
  ({ type, data, ...(by === undefined ? {} : { by }) }) as Past

export const joined = (people: readonly Actor[]): Past[] =>
  people.map(({ id, name, role: given, unit, tasks }) => {
    const role = given === 'system' ? 'viewer' : given
    return event('MemberAdded', { member: id, name, role, unit, tasks: tasks ?? tasksOf(role) })
  })

/** The programme opened, and everybody in it. */
export const opened = (overrides: Partial<Programme> = {}): Past[] => [
  event('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' }),
  ...joined(PEOPLE),
]

export const began = (day: string): Past => event('DayBegan', { day })
export const passed = (day: string): Past => event('DeadlinePassed', { day })
export const reported = (by: Actor, unit: string, day: string, values: Values): Past =>
  event('ReportSubmitted', { unit, day, values }, by)

/** Open, and 2008-01-10 has begun: the deadlines up to the 9th have passed. */
export const ready = (...more: Past[]): Past[] => [...opened(), began('2008-01-10'), ...more]

/** The same with levels of review. */
export const reviewed = (reviewLevels: number, ...more: Past[]): Past[] => [
  ...opened({ reporting: { ...tinyProgramme().reporting, reviewLevels } }),
  began('2008-01-10'),
  ...more,
]

export const AT = '2008-01-10T09:00:00.000Z'
export const AT_MS = Date.parse(AT)

/** Folds events into a world as the next ones of its log. */
export function fold(world: World, past: readonly Past[], at = AT): World {
  for (const { by, ...rest } of past) {
    const next = rest as DomainEvent
    const seq = world.seq + 1
    evolve(world, { ...next, seq, at, actor: by?.id ?? 'system', command: `past-${seq}`, v: versionOf(next) })
  }
  return world
}

/** The world after these events; the first has seq 1. */
export const given = (past: readonly Past[], at = AT): World => fold(emptyWorld(), past, at)

/** A figure of the world by the names of its unit, day and counter. */
export const figureOf = (past: readonly Past[] | World, unit: string, day: string, counter: string): Figure => {
  const world = 'seq' in past ? past : given(past)
  return world.cells.figure(unit, dayNumber(day), world.setting!.counters.get(counter)!)
}

/** Who may, then the shape, then the decision: the order that the dispatcher keeps. `data` may be of any shape. */
export function ask(
  world: World,
  actor: Actor,
  kind: CommandKind,
  data: unknown,
  basisVersion: Context['basisVersion'] = () => undefined,
): Result<DomainEvent[]> {
  const units = world.setting?.units
  const may = (unit?: string) => units !== undefined && mayCommand(actor, kind, units, unit)
  if (units !== undefined && !may()) return refuse({ code: 'may.not' })
  const parsed = parseData({ id: 'test-command', kind, data })
  if (!parsed.ok) return parsed
  return decide(world, parsed.value, {
    actor,
    at: AT,
    may,
    covers: (role, unit) => units !== undefined && covers(actor, units, role, unit),
    basisVersion,
  })
}

/** Events of the command; throws when it is refused. */
export function events<K extends CommandKind>(past: readonly Past[], by: Actor, kind: K, data: CommandData<K>) {
  const decided = ask(given(past), by, kind, data)
  if (!decided.ok) throw new Error(JSON.stringify(decided.refusals))
  return decided.value
}

/** Refusals of the command; empty when it is accepted. */
export function refusals<K extends CommandKind>(
  past: readonly Past[],
  by: Actor,
  kind: K,
  data: CommandData<K>,
): Refusal[] {
  const decided = ask(given(past), by, kind, data)
  return decided.ok ? [] : decided.refusals
}

/** Events of submitting these items; throws when the command is refused. */
export const submit = (past: readonly Past[], by: Actor, ...items: ReportItem[]) =>
  events(past, by, 'SubmitReports', { items })

/** Refusals of submitting these items, each as `PLACE CODE`; empty when the command is accepted. */
export const submitRefusals = (past: readonly Past[], by: Actor, ...items: ReportItem[]): string[] =>
  refusals(past, by, 'SubmitReports', { items }).map((r) => `${r.at} ${r.code}`)

/** The past of a later decision: these events and those that the command causes. */
export const after = <K extends CommandKind>(
  past: readonly Past[],
  by: Actor,
  kind: K,
  data: CommandData<K>,
): Past[] => [...past, ...events(past, by, kind, data).map((e): Past => ({ ...e, by }))]

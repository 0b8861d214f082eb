/** Carries out a plan through the ordinary write path, with every moment of the log the plan's own. */
import type { Answer, CommandData, CommandKind } from '../../../shared/command.ts'
import { addDays } from '../../../shared/progress/day.ts'
import type { Frame } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Values } from '../../../shared/event.ts'
import type { Actor } from '../../../shared/policy.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { momentOf, type SetClock } from './clock.ts'
import { confirmed } from './confirm.ts'
import { scaled } from './mishaps.ts'
import { OPENING, plan, type Intent, type Step } from './plan.ts'
import type { Simulation } from './simulation.ts'

type Item = CommandData<'SubmitReports'>['items'][number]

export interface HistoryOptions {
  /** its clock must be `clock` */
  core: Pick<Core, 'dispatch' | 'actor' | 'frame'>
  clock: SetClock
  simulation: Simulation
  seed: number
}

export interface History {
  /** what comes after the history, from its last moment on */
  rest: Iterator<Step, void>
  /** the first of them, not carried out */
  next: Step | null
  commands: number
}

/** A simulated person is refused only when the simulation is wrong. */
export class SimulationRefused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(kind: string, refusals: readonly Refusal[]) {
    super(`${kind}: ${refusals.map((r) => `${r.code}${r.at === undefined ? '' : ` at ${r.at}`}`).join(', ')}`)
    this.refusals = refusals
  }
}

/** Adds the people and lives through the plan up to `simulation.until`. The programme must be open and the log have no day yet. */
export async function fillHistory({ core, clock, simulation, seed }: HistoryOptions): Promise<History> {
  const frame = core.frame()!
  const { timeZone, startsOn } = frame.programme
  const end = momentOf(simulation.until.day, simulation.until.time, timeZone)
  const scribe = createScribe({ core, clock, seed, frame })
  clock.set(momentOf(addDays(startsOn, -1), '09:00', timeZone))
  for (const { member, name, role, unit } of simulation.people)
    await scribe.send('AddMember', { member, name, role, unit }, SYSTEM)
  const rest = plan(frame, simulation, seed)
  for (let step = rest.next(); !step.done; step = rest.next()) {
    if (step.value.at > end) {
      clock.set(end)
      return { rest, next: step.value, commands: scribe.commands() }
    }
    clock.set(step.value.at)
    await scribe.carryOut(step.value)
  }
  return { rest, next: null, commands: scribe.commands() }
}

/** Opens the programme at the moment before its first day. */
export async function openSimulated(
  { core, clock }: Pick<HistoryOptions, 'core' | 'clock'>,
  programme: Frame['programme'],
): Promise<Answer> {
  clock.set(momentOf(addDays(programme.startsOn, -1), OPENING, programme.timeZone))
  return core.dispatch({ id: 'sim:open', kind: 'OpenProgramme', data: { programme, nature: 'simulated' } }, SYSTEM)
}

interface Scribe {
  carryOut(step: Step): Promise<void>
  send<K extends CommandKind>(kind: K, data: CommandData<K>, actor: Actor): Promise<Answer & { ok: true }>
  commands(): number
}

function createScribe({ core, seed }: Omit<HistoryOptions, 'simulation'> & { frame: Frame }): Scribe {
  const cells = new Map<string, { version: number; values: Values }>()
  let sent = 0

  const ask = (kind: CommandKind, data: unknown, actor: Actor) =>
    core.dispatch({ id: `sim:${seed}:${String(++sent).padStart(7, '0')}`, kind, data }, actor)
  const actorOf = (member: string): Actor => core.actor(member)!

  async function send<K extends CommandKind>(
    kind: K,
    data: CommandData<K>,
    actor: Actor,
  ): Promise<Answer & { ok: true }> {
    const answer = await ask(kind, data, actor)
    if (!answer.ok) throw new SimulationRefused(kind, answer.refusals)
    return answer
  }

  async function report(intents: readonly Intent[], by: string): Promise<void> {
    const items = intents.flatMap((intent): Item[] => {
      const cell = cells.get(`${intent.unit}/${intent.day}`)
      return cell !== undefined && same(cell.values, intent.values) ? [] : [{ ...intent, basedOn: cell?.version ?? 0 }]
    })
    if (items.length === 0) return
    const actor = actorOf(by)
    let answer = await ask('SubmitReports', { items }, actor)
    if (!answer.ok) answer = await ask('SubmitReports', { items: confirmed(items, answer.refusals) }, actor)
    if (!answer.ok) throw new SimulationRefused('SubmitReports', answer.refusals)
    const first = answer.seq - items.length + 1
    items.forEach(({ unit, day, values }, i) => cells.set(`${unit}/${day}`, { version: first + i, values }))
  }

  async function carryOut(step: Step): Promise<void> {
    switch (step.kind) {
      case 'begin':
        await send('BeginDay', { day: step.day }, SYSTEM)
        return
      case 'deadline':
        await send('PassDeadline', { day: step.day }, SYSTEM)
        return
      case 'report':
        return report(step.intents, step.by)
      case 'dispute': {
        const { unit, day } = step.intent
        const cell = cells.get(`${unit}/${day}`)!
        const values = scaled(cell.values, step.factor)
        // the office had the sheet open from before the report came in
        const { seq } = await send('SubmitReports', { items: [{ unit, day, values, basedOn: 0 }] }, actorOf(step.by))
        cells.set(`${unit}/${day}`, { version: seq, values: cell.values })
        return
      }
      case 'settle': {
        const { unit, day, reason } = step
        const { version, values } = cells.get(`${unit}/${day}`)!
        const data = { unit, day, values, basedOn: version, reason }
        const { seq } = await send('SettleDispute', data, actorOf(step.by))
        cells.set(`${unit}/${day}`, { version: seq, values })
        return
      }
      case 'lock':
        await send('LockPeriod', { through: step.through }, actorOf(step.by))
        return
      case 'ask':
        await send('LogIssue', step.data, actorOf(step.by))
        return
      case 'answer': {
        const { issue, text } = step
        const actor = actorOf(step.by)
        if (step.step === 'reply') await send('ReplyToIssue', { issue, text }, actor)
        else await send(step.step === 'close' ? 'CloseIssue' : 'ReopenIssue', { issue, reason: text }, actor)
        return
      }
      case 'reply':
        return
    }
  }

  return { carryOut, send, commands: () => sent }
}

const same = (a: Values, b: Values): boolean => {
  for (const k in b) if (a[k] !== b[k]) return false
  return true
}

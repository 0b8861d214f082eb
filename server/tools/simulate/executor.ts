/** Carries out the steps of a plan as commands, each on the basis of what stands. */
import type { Answer, CommandData, CommandKind } from '../../../shared/command.ts'
import type { CellName, Values } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Actor } from '../../../shared/policy.ts'
import { stagesToReach } from '../../../shared/domain/stages.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import type { StandingFigure } from '../../core/figures.ts'
import { localTime } from '../../localTime.ts'
import { confirmedCommand, onlyQuestions } from './confirm.ts'
import type { Desk } from './desk.ts'
import { only, scaled } from './figures.ts'
import { commandFor, machineCommand, type Seen, UNSEEN, type Unsent } from './filing.ts'
import type { Simulation } from './simulation.ts'
import type { Filing, Step } from './steps.ts'
import { work } from './work.ts'

export interface Executor {
  /** throws `SimulationRefused` */
  carryOut(step: Step): Promise<void>
  /** throws `SimulationRefused` */
  send<K extends CommandKind>(kind: K, data: CommandData<K>, actor: Actor): Promise<void>
  counts(): { commands: number; refused: number }
}

/** A simulated person was refused, which means that the simulation is wrong. */
export class SimulationRefused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(kind: string, refusals: readonly Refusal[]) {
    super(`${kind}: ${refusals.map((r) => `${r.code}${r.at === undefined ? '' : ` at ${r.at}`}`).join(', ')}`)
    this.refusals = refusals
  }
}

export type ExecutorCore = Pick<Core, 'dispatch' | 'actor' | 'setting' | 'clock' | 'standing' | 'changes'>

/** `seed` is part of the commands' ids. */
export function createExecutor(core: ExecutorCore, simulation: Simulation, seed: number): Executor {
  const { confirmed } = simulation.words
  let sent = 0
  let refused = 0

  /** The figures of a report by counter. */
  function figuresOf(cell: CellName): [counter: string, figure: StandingFigure][] {
    const figures = core.standing([cell]).figures[0]!
    return core.setting()!.programme.counters.map(({ key }, i) => [key, figures[i]!])
  }
  const valuesOf = (cell: CellName): Values =>
    Object.fromEntries(figuresOf(cell).flatMap(([key, { value }]) => (value === null ? [] : [[key, value]])))
  const versionOf = (cell: CellName): number => Math.max(...figuresOf(cell).map(([, { version }]) => version))
  const disputedOf = (cell: CellName): string[] =>
    figuresOf(cell).flatMap(([key, { state }]) => (state === 'disputed' ? [key] : []))

  function look(cell: CellName): Seen | null {
    const figures = figuresOf(cell)
    if (figures.some(([, { state }]) => state === 'disputed')) return null
    if (figures.every(([, { version }]) => version === 0)) return UNSEEN
    const leaving = figures.flatMap(([key, { value, given }]) => (value === null && given ? [key] : []))
    return {
      values: valuesOf(cell),
      basedOn: Object.fromEntries(figures.map(([key, { version }]) => [key, version])),
      leaving,
    }
  }

  /** Sends a command; confirms its questions once. */
  async function attempt(command: Unsent, actor: Actor): Promise<Answer> {
    const answer = await dispatch(command)
    if (answer.ok || !onlyQuestions(answer.refusals)) return answer
    return dispatch(confirmedCommand(command, answer.refusals, confirmed[sent % confirmed.length]!))

    function dispatch(unsent: Unsent): Promise<Answer> {
      return core.dispatch({ id: `sim:${seed}:${String(++sent).padStart(7, '0')}`, ...unsent }, actor)
    }
  }

  /** The same for what must not be refused. */
  async function ask(command: Unsent, actor: Actor): Promise<void> {
    const answer = await attempt(command, actor)
    if (!answer.ok) throw new SimulationRefused(command.kind, answer.refusals)
  }

  const actorOf = (member: string): Actor => core.actor(member)!

  const deskOf = (me: string): Desk => ({
    me,
    setting: core.setting()!,
    isPlayed: () => true,
    async rows(scope) {
      const seen = await core.changes(actorOf(me), scope, 0)
      if (!seen.ok) throw new SimulationRefused(scope, seen.refusals)
      return seen.value.rows
    },
    async send(command) {
      const answer = await attempt(command, actorOf(me))
      if (!answer.ok) refused++
      return answer
    },
  })

  async function file(filing: Filing, by: string): Promise<void> {
    const command = commandFor(filing, look)
    if (command !== null) await ask(command, actorOf(by))
  }

  async function dispute(step: Step & { kind: 'dispute' }): Promise<void> {
    const { unit, day, factor, counters } = step
    const values = valuesOf(step)
    const claims = scaled(counters === undefined ? values : only(values, counters), factor)
    const differing = Object.keys(claims).filter((k) => claims[k] !== values[k])
    // basis 0: the office had the sheet open before the report came in
    const items = [{ unit, day, values: only(claims, differing), basedOn: 0 }]
    await ask({ kind: 'SubmitReports', data: { items } }, actorOf(step.by))
  }

  async function settle(step: Step & { kind: 'settle' }): Promise<void> {
    const { unit, day, reason } = step
    const values = only(valuesOf(step), disputedOf(step))
    // both values have been seen
    const data = { unit, day, values, basedOn: core.clock().seq, reason }
    await ask({ kind: 'SettleDispute', data }, actorOf(step.by))
  }

  async function offer(step: Step & { kind: 'offer' }): Promise<void> {
    const command = commandFor({ ...step, kind: 'move' }, look)
    if (command !== null) await ask(command, actorOf(step.by))
  }

  async function decide(step: Step & { kind: 'decide' }): Promise<void> {
    const { offer, accept, reason, move } = step
    const basedOn = Math.max(versionOf(move.from), versionOf(move.to))
    const answer: Unsent = accept
      ? { kind: 'AcceptReattribution', data: { offer, basedOn } }
      : { kind: 'DeclineReattribution', data: { offer, reason } }
    await ask(answer, actorOf(step.by))
  }

  async function escalate(at: number): Promise<void> {
    const setting = core.setting()!
    const stages = stagesToReach(setting, core.clock(), localTime(new Date(at), setting.programme.timeZone))
    if (stages !== null) await send('Escalate', stages, SYSTEM)
  }

  const send: Executor['send'] = async (kind, data, actor) => {
    // kind and data of a command belong together
    await ask({ kind, data } as Unsent, actor)
  }

  return {
    send,
    counts: () => ({ commands: sent, refused }),
    async carryOut(step) {
      switch (step.kind) {
        case 'begin':
          return send('BeginDay', { day: step.day }, SYSTEM)
        case 'deadline':
          return send('PassDeadline', { day: step.day }, SYSTEM)
        case 'escalate':
          return escalate(step.at)
        case 'report':
        case 'withdraw':
        case 'move':
          return file(step, step.by)
        case 'dispute':
          return dispute(step)
        case 'settle':
          return settle(step)
        case 'offer':
          return offer(step)
        case 'decide':
          return decide(step)
        case 'machine':
          return ask(machineCommand(step), actorOf(step.by))
        case 'review':
        case 'attend':
        case 'compare':
        case 'chase':
        case 'pass':
        case 'lock':
        case 'reopen':
          return work(deskOf(step.by), step, simulation)
        case 'ask':
          return send('LogIssue', step.data, actorOf(step.by))
        case 'answer': {
          const { issue, text } = step
          const actor = actorOf(step.by)
          if (step.step === 'reply') return send('ReplyToIssue', { issue, text }, actor)
          return send(step.step === 'close' ? 'CloseIssue' : 'ReopenIssue', { issue, reason: text }, actor)
        }
        case 'reply':
          return
      }
    },
  }
}

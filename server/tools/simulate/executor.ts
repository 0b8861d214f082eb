/** Carries out the steps of a plan as commands, and tracks what was accepted, so that each command has its basis. */
import type { Answer, CommandData, CommandKind } from '../../../shared/command.ts'
import type { CellName, Values } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Actor } from '../../../shared/policy.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { confirmedCommand } from './confirm.ts'
import { only, scaled, sumOf, without } from './figures.ts'
import { commandFor, moving, type Seen, UNSEEN, type Unsent } from './filing.ts'
import type { Filing, Move, Step } from './steps.ts'

export interface Executor {
  /** throws `SimulationRefused` */
  carryOut(step: Step): Promise<void>
  /** throws `SimulationRefused` */
  send<K extends CommandKind>(kind: K, data: CommandData<K>, actor: Actor): Promise<void>
  /** number of commands sent so far */
  commands(): number
}

/** A simulated person was refused, which means that the simulation is wrong. */
export class SimulationRefused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(kind: string, refusals: readonly Refusal[]) {
    super(`${kind}: ${refusals.map((r) => `${r.code}${r.at === undefined ? '' : ` at ${r.at}`}`).join(', ')}`)
    this.refusals = refusals
  }
}

/** The content of a report. Nobody else writes, so what was accepted is what is there. */
interface Content {
  version: number
  values: Values
  /** counters with two values */
  disputed: readonly string[]
}

const NONE: Content = { version: 0, values: {}, disputed: [] }

/** `seed` is part of the commands' ids. */
export function createExecutor(core: Pick<Core, 'dispatch' | 'actor'>, seed: number): Executor {
  const contents = new Map<string, Content>()
  let sent = 0

  const keyOf = ({ unit, day }: CellName): string => `${unit}/${day}`
  const at = (cell: CellName): Content => contents.get(keyOf(cell)) ?? NONE
  const look = (cell: CellName): Seen | null => {
    const { values, version, disputed } = at(cell)
    if (disputed.length > 0) return null
    return version === 0 ? UNSEEN : { values, basedOn: version }
  }

  /** Sends a command; confirms its questions once. */
  async function ask(command: Unsent, actor: Actor): Promise<Answer & { ok: true }> {
    let answer = await dispatch(command)
    if (!answer.ok) answer = await dispatch(confirmedCommand(command, answer.refusals))
    if (!answer.ok) throw new SimulationRefused(command.kind, answer.refusals)
    return answer

    function dispatch(unsent: Unsent): Promise<Answer> {
      return core.dispatch({ id: `sim:${seed}:${String(++sent).padStart(7, '0')}`, ...unsent }, actor)
    }
  }

  const actorOf = (member: string): Actor => core.actor(member)!

  /** Records a report's content after a command, at the newest version that the answer has for it. */
  function note(cell: CellName, { happened }: Answer & { ok: true }, change: Partial<Content>): void {
    const subject = `report/${keyOf(cell)}`
    const before = at(cell)
    const version = happened.reduce((v, h) => (h.subject === subject ? Math.max(v, h.version) : v), before.version)
    contents.set(keyOf(cell), { ...before, ...change, version })
  }

  async function file(filing: Filing, by: string): Promise<void> {
    const command = commandFor(filing, look)
    if (command === null) return
    const answer = await ask(command, actorOf(by))
    switch (command.kind) {
      case 'SubmitReports':
        for (const { unit, day, values } of command.data.items)
          note({ unit, day }, answer, { values: { ...at({ unit, day }).values, ...values } })
        return
      case 'WithdrawReports':
        for (const { unit, day } of command.data.items) note({ unit, day }, answer, { values: {} })
        return
      case 'ReattributeReports':
        return moved(command.data, answer)
    }
  }

  function moved(
    { from, to, counters }: Pick<Move, 'from' | 'to'> & { counters?: string[] | undefined },
    answer: Answer & { ok: true },
  ): void {
    const given = at(from).values
    const going = moving(counters, given)
    note(from, answer, { values: without(given, Object.keys(going)) })
    note(to, answer, { values: sumOf(at(to).values, going) })
  }

  async function dispute(step: Step & { kind: 'dispute' }): Promise<void> {
    const { unit, day, factor, counters } = step
    const { values } = at(step)
    const claims = scaled(counters === undefined ? values : only(values, counters), factor)
    const differing = Object.keys(claims).filter((k) => claims[k] !== values[k])
    // basis 0: the office had the sheet open before the report came in
    const items = [{ unit, day, values: only(claims, differing), basedOn: 0 }]
    note(step, await ask({ kind: 'SubmitReports', data: { items } }, actorOf(step.by)), { disputed: differing })
  }

  async function settle(step: Step & { kind: 'settle' }): Promise<void> {
    const { unit, day, reason } = step
    const { version, values, disputed } = at(step)
    const data = { unit, day, values: only(values, disputed), basedOn: version, reason }
    note(step, await ask({ kind: 'SettleDispute', data }, actorOf(step.by)), { disputed: [] })
  }

  async function offer(step: Step & { kind: 'offer' }): Promise<void> {
    const command = commandFor({ ...step, kind: 'move' }, look)
    if (command !== null) await ask(command, actorOf(step.by))
  }

  async function decide(step: Step & { kind: 'decide' }): Promise<void> {
    const { offer, accept, reason, move } = step
    if (!accept) return void (await ask({ kind: 'DeclineReattribution', data: { offer, reason } }, actorOf(step.by)))
    // both sides have been seen
    const basedOn = Math.max(at(move.from).version, at(move.to).version)
    moved(move, await ask({ kind: 'AcceptReattribution', data: { offer, basedOn } }, actorOf(step.by)))
  }

  const send: Executor['send'] = async (kind, data, actor) => {
    // kind and data of a command belong together
    await ask({ kind, data } as Unsent, actor)
  }

  return {
    send,
    commands: () => sent,
    async carryOut(step) {
      switch (step.kind) {
        case 'begin':
          return send('BeginDay', { day: step.day }, SYSTEM)
        case 'deadline':
          return send('PassDeadline', { day: step.day }, SYSTEM)
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
        case 'lock':
          return send('LockPeriod', { through: step.through }, actorOf(step.by))
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

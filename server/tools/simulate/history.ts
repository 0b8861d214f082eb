/** Carries out a plan through the ordinary write path, recording every event at the plan's moment. */
import type { Answer } from '../../../shared/command.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import { addDays } from '../../../shared/progress/day.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { momentOf, type SetClock } from './clock.ts'
import { plan } from './plan.ts'
import { createExecutor, type ExecutorCore } from './executor.ts'
import type { Simulation } from './simulation.ts'
import { OPENING, type Step } from './steps.ts'

export interface HistoryOptions {
  /** must use `clock` as its clock */
  core: ExecutorCore
  clock: SetClock
  simulation: Simulation
  seed: number
}

export interface History {
  /** the steps after the history */
  rest: Iterator<Step, void>
  /** the first step after the history, not yet carried out; null when there is none */
  next: Step | null
  commands: number
  /** of them those that found something changed meanwhile, and were left for the next round */
  refused: number
}

/** Adds the people and carries out the plan up to `simulation.until`. The programme must be open, and no day begun. */
export async function fillHistory({ core, clock, simulation, seed }: HistoryOptions): Promise<History> {
  const setting = core.setting()!
  const { timeZone, startsOn } = setting.programme
  const end = momentOf(simulation.until.day, simulation.until.time, timeZone)
  const executor = createExecutor(core, simulation, seed)
  clock.set(momentOf(addDays(startsOn, -1), '09:00', timeZone))
  for (const { member, name, role, unit, tasks } of simulation.people)
    await executor.send('AddMember', { member, name, role, unit, tasks }, SYSTEM)
  const rest = plan(setting, simulation, seed)
  for (let step = rest.next(); !step.done; step = rest.next()) {
    if (step.value.at > end) {
      clock.set(end)
      return { rest, next: step.value, ...executor.counts() }
    }
    clock.set(step.value.at)
    await executor.carryOut(step.value)
  }
  return { rest, next: null, ...executor.counts() }
}

/** Opens the programme on the day before its first. */
export async function openSimulated(
  { core, clock }: { core: Pick<Core, 'dispatch'>; clock: SetClock },
  programme: Programme,
): Promise<Answer> {
  clock.set(momentOf(addDays(programme.startsOn, -1), OPENING, programme.timeZone))
  return core.dispatch({ id: 'sim:open', kind: 'OpenProgramme', data: { programme, origin: 'simulated' } }, SYSTEM)
}

/** Carries out a plan through the ordinary write path, with every moment of the log the plan's own. */
import type { Answer } from '../../../shared/command.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import { addDays } from '../../../shared/progress/day.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { momentOf, type SetClock } from './clock.ts'
import { plan } from './plan.ts'
import { createScribe } from './scribe.ts'
import type { Simulation } from './simulation.ts'
import { OPENING, type Step } from './steps.ts'

export interface HistoryOptions {
  /** its clock must be `clock` */
  core: Pick<Core, 'dispatch' | 'actor' | 'setting'>
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

/** Adds the people and lives through the plan up to `simulation.until`. The programme must be open and the log have no day yet. */
export async function fillHistory({ core, clock, simulation, seed }: HistoryOptions): Promise<History> {
  const setting = core.setting()!
  const { timeZone, startsOn } = setting.programme
  const end = momentOf(simulation.until.day, simulation.until.time, timeZone)
  const scribe = createScribe(core, seed)
  clock.set(momentOf(addDays(startsOn, -1), '09:00', timeZone))
  for (const { member, name, role, unit } of simulation.people)
    await scribe.send('AddMember', { member, name, role, unit }, SYSTEM)
  const rest = plan(setting, simulation, seed)
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
  programme: Programme,
): Promise<Answer> {
  clock.set(momentOf(addDays(programme.startsOn, -1), OPENING, programme.timeZone))
  return core.dispatch({ id: 'sim:open', kind: 'OpenProgramme', data: { programme, origin: 'simulated' } }, SYSTEM)
}

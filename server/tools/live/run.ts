/** Continues a history live: days begin and close by the clock, and officials carry out the plan. */
import { SYSTEM_ID } from '../../../shared/command.ts'
import { stagesToReach } from '../../../shared/domain/stages.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { localTime } from '../../localTime.ts'
import type { History } from '../simulate/history.ts'
import type { Step } from '../simulate/steps.ts'
import type { ScaledClock } from './clock.ts'
import type { Officials } from './officials.ts'

export interface LiveRun {
  /** resolves with true at the end of the programme, with false when stopped */
  done: Promise<boolean>
  stop(): void
}

export interface LiveRunOptions {
  core: Pick<Core, 'dispatch' | 'now' | 'setting' | 'clock'>
  clock: ScaledClock
  officials: Officials
  history: History
}

/** Starts at once; whoever calls it stops it before the server. */
export function startLiveRun({ core, clock, officials, history }: LiveRunOptions): LiveRun {
  const stopped = Promise.withResolvers<undefined>()
  let running = true

  async function wait(ms: number): Promise<void> {
    if (ms <= 0) return
    let timer: NodeJS.Timeout | undefined
    await Promise.race([new Promise((resolve) => (timer = setTimeout(resolve, ms))), stopped.promise])
    clearTimeout(timer)
  }

  async function send(kind: 'BeginDay' | 'PassDeadline', { day }: Step & { day: string }): Promise<void> {
    await core.dispatch({ id: `${SYSTEM_ID}${kind}:${day}`, kind, data: { day } }, SYSTEM)
  }

  async function escalate(): Promise<void> {
    const setting = core.setting()!
    const { seq, ...now } = core.clock()
    const stages = stagesToReach(setting, now, localTime(clock.now(), setting.programme.timeZone))
    if (stages !== null)
      await core.dispatch({ id: `${SYSTEM_ID}Escalate:${seq}`, kind: 'Escalate', data: stages }, SYSTEM)
  }

  async function run(): Promise<boolean> {
    clock.begin(core.now().today!, clock.now().getTime())
    for (let step = history.next; step !== null; step = next(history)) {
      if (step.kind === 'begin') {
        await wait(clock.untilClosing())
        if (!running) return false
        clock.begin(step.day)
        await send('BeginDay', step)
        continue
      }
      await wait(clock.until(step.at))
      if (!running) return false
      if (step.kind === 'deadline') await send('PassDeadline', step)
      else if (step.kind === 'escalate') await escalate()
      else void officials.carryOut(step)
    }
    return true
  }

  return {
    done: run(),
    stop() {
      running = false
      stopped.resolve(undefined)
    },
  }
}

const next = (history: History): Step | null => history.rest.next().value ?? null

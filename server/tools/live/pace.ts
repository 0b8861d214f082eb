/** Lives on from the end of a history: days begin and close at the pace of the clock, officials do what the plan says. */
import { type Core, SYSTEM } from '../../core/core.ts'
import type { History } from '../simulate/history.ts'
import type { Step } from '../simulate/steps.ts'
import type { PacedClock } from './clock.ts'
import type { Officials } from './officials.ts'

export interface Pacing {
  /** resolves with true at the end of the programme, with false when stopped */
  done: Promise<boolean>
  stop(): void
}

export interface PacingOptions {
  core: Pick<Core, 'dispatch' | 'now'>
  clock: PacedClock
  officials: Officials
  history: History
}

export function startPacing({ core, clock, officials, history }: PacingOptions): Pacing {
  const stopped = Promise.withResolvers<undefined>()
  let running = true

  async function wait(ms: number): Promise<void> {
    if (ms <= 0) return
    let timer: NodeJS.Timeout | undefined
    await Promise.race([new Promise((resolve) => (timer = setTimeout(resolve, ms))), stopped.promise])
    clearTimeout(timer)
  }

  async function tell(kind: 'BeginDay' | 'PassDeadline', { day }: Step & { day: string }): Promise<void> {
    await core.dispatch({ id: `${kind}:${day}`, kind, data: { day } }, SYSTEM)
  }

  async function live(): Promise<boolean> {
    clock.begin(core.now().today!, clock.now().getTime())
    for (let step = history.next; step !== null; step = next(history)) {
      if (step.kind === 'begin') {
        await wait(clock.untilClosing())
        if (!running) return false
        clock.begin(step.day)
        await tell('BeginDay', step)
        continue
      }
      await wait(clock.until(step.at))
      if (!running) return false
      if (step.kind === 'deadline') await tell('PassDeadline', step)
      else void officials.carryOut(step)
    }
    return true
  }

  return {
    done: live(),
    stop() {
      running = false
      stopped.resolve(undefined)
    },
  }
}

const next = (history: History): Step | null => history.rest.next().value ?? null

/** Work that people find when they look: the same in a history as over the wire. */
import { attend } from './attend.ts'
import type { Desk } from './desk.ts'
import { chase, compare, lock, offer } from './office.ts'
import { review } from './review.ts'
import type { Simulation } from './simulation.ts'
import type { Step } from './steps.ts'

export type Work = Step & { kind: 'review' | 'attend' | 'compare' | 'chase' | 'pass' | 'lock' | 'reopen' }

const KINDS: readonly string[] = [
  'review',
  'attend',
  'compare',
  'chase',
  'pass',
  'lock',
  'reopen',
] satisfies Work['kind'][]
export const isWork = (step: Step): step is Work => KINDS.includes(step.kind)

/** Rejects when what has to be seen cannot be. What is refused is left for the next round. */
export async function work(desk: Desk, step: Work, simulation: Simulation): Promise<void> {
  switch (step.kind) {
    case 'review':
      return review(desk, step, simulation)
    case 'attend':
      return attend(desk, step, simulation)
    case 'compare':
      return compare(desk, step, simulation)
    case 'chase':
      return chase(desk, step, simulation)
    case 'pass':
      return offer(desk, step, step.day, simulation)
    case 'lock':
      return lock(desk, step.through)
    case 'reopen':
      await desk.send({ kind: 'ReopenPeriod', data: { from: step.from, reason: step.reason } })
  }
}

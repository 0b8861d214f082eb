/** How each status is drawn; the word comes from the messages `common.status.*`. A unit that has ended has none. */
import type { PaceStatus } from '../../shared/progress/pace.ts'
import type { IconName } from './icons.ts'

export interface StatusLook {
  icon: IconName
  /** a colour class of `base.css`, which is also the name of the token */
  colour: 'green' | 'amber' | 'red' | 'ink3'
}

/** `ended` stands for a unit's end. */
const LOOK: Record<PaceStatus | 'ended', StatusLook> = {
  reached: { icon: 'okc', colour: 'green' },
  reachedLate: { icon: 'okc', colour: 'amber' },
  ahead: { icon: 'up', colour: 'green' },
  behind: { icon: 'down', colour: 'amber' },
  farBehind: { icon: 'down2', colour: 'red' },
  missed: { icon: 'no', colour: 'red' },
  aboveBase: { icon: 'warn', colour: 'amber' },
  notStarted: { icon: 'clock', colour: 'ink3' },
  ended: { icon: 'stop', colour: 'ink3' },
}

/** Null is the status of a unit that has ended. */
export const lookOf = (status: PaceStatus | null): StatusLook => LOOK[status ?? 'ended']

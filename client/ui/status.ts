/** How each status is drawn; the word comes from the messages `common.status.*`. */
import type { PaceStatus } from '../../shared/progress/pace.ts'
import type { IconName } from './icons.ts'

export interface StatusLook {
  icon: IconName
  /** a colour class of `base.css`, which is also the name of the token */
  colour: 'green' | 'amber' | 'red' | 'ink3'
}

export const STATUS_LOOK: Record<PaceStatus, StatusLook> = {
  reached: { icon: 'okc', colour: 'green' },
  reachedLate: { icon: 'okc', colour: 'amber' },
  ahead: { icon: 'up', colour: 'green' },
  behind: { icon: 'down', colour: 'amber' },
  farBehind: { icon: 'down2', colour: 'red' },
  missed: { icon: 'no', colour: 'red' },
  notStarted: { icon: 'clock', colour: 'ink3' },
}

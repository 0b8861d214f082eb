/** Times of this device's clock, beside the programme's. */
import { useProgramme } from '../stores/programme.ts'
import { type Moment, useFormat } from './format.ts'

export interface WallTime {
  /** 17:42:08, or null */
  time(at: Moment): string | null
  /** 17:42:08; with its date, 4月16日 17:42, where that is not the day of `now`; or null */
  lately(at: Moment, now: Moment): string | null
  /** 4月16日 17:42, or null */
  moment(at: Moment): string | null
}

/** Null where the log runs by a clock of its own, in a simulation or a replay: a second clock on the page would contradict it. */
export function useWallTime(): WallTime {
  const programme = useProgramme()
  const format = useFormat()
  const isOne = () => programme.origin === 'real'
  return {
    time: (at) => (isOne() ? format.time(at) : null),
    lately: (at, now) => (!isOne() ? null : format.isSameDay(at, now) ? format.time(at) : format.moment(at)),
    moment: (at) => (isOne() ? format.moment(at) : null),
  }
}

/** How often one socket may ask. */
import { createBucket } from '../core/bucket.ts'

/** True when one more is allowed now. */
export type Allow = () => boolean

/** A bucket of `burst` that fills again by `perSecond`; `now` in ms of a clock that only goes forward. */
export function limitRate(burst: number, perSecond: number, now: () => number): Allow {
  const bucket = createBucket({ burst, perSecond }, now)
  return () => {
    if (bucket.left() < 1) return false
    bucket.take(1)
    return true
  }
}

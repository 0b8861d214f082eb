/** How often one socket may ask. */

/** True when one more is allowed now. */
export type Allow = () => boolean

/** A bucket of `burst` that fills again by `perSecond`; `now` in ms of a clock that only goes forward. */
export function limitRate(burst: number, perSecond: number, now: () => number): Allow {
  let left = burst
  let at = now()
  return () => {
    const passed = now() - at
    at += passed
    left = Math.min(burst, left + (passed / 1_000) * perSecond)
    if (left < 1) return false
    left--
    return true
  }
}

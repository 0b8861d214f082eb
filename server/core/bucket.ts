/** How much somebody may take: so much at once, and what was taken comes back at so much a second. */

/** What a bucket holds when it is full, and what comes back a second. */
export interface Measure {
  burst: number
  perSecond: number
}

export interface Bucket {
  /** takes it, though there may not be so much: what is missing is owed */
  take(amount: number): void
  /** what is left; below 0 is owed */
  left(): number
  /** ms until nothing is owed */
  owedMs(): number
}

/** `now`: ms of a clock that only goes forward. `most`: what may be owed, more is forgiven. */
export function createBucket({ burst, perSecond }: Measure, now: () => number, most = Infinity): Bucket {
  let left = burst
  let at = now()
  const fill = () => {
    const passed = now() - at
    at += passed
    left = Math.min(burst, left + (passed / 1_000) * perSecond)
    return left
  }
  return {
    take: (amount) => void (left = Math.max(-most, fill() - amount)),
    left: fill,
    owedMs: () => Math.max(0, (-fill() / perSecond) * 1_000),
  }
}

/** What all may take together of what each may; who has taken little of their own is not held up by what others take. */
export interface Common extends Measure {
  /** what may be missing in one's own bucket before the common one is asked */
  light: number
}

/** No bound for all together. */
export const UNBOUND: Common = { burst: Infinity, perSecond: Infinity, light: Infinity }

/**
 * Limits on guessing passwords (N8–N10). An account allows so many misses to all strangers together, and so many to each
 * browser that it was signed in from before: the right person is let in whatever strangers do. An address is never shut:
 * after many misses, an account gets one try a minute from there, and its tries are compared one at a time.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { CLOSING } from '../core/closing.ts'
import { createGate } from './gate.ts'
import { networkOf } from './network.ts'

const MINUTE = 60
/** Misses a minute on one account from one address, or from one known browser. */
const SOON = { points: 6, duration: MINUTE }
/** Misses on one account from all strangers together, or from one known browser. */
const LONG = { points: 20, duration: 15 * MINUTE }
/** Misses of strangers from one address before it counts as crowded. */
const PER_ADDRESS = { points: 40, duration: MINUTE }
/** Comparisons of strangers' passwords that may wait for their turn, each for some hundredths of a second. */
const LINE = 200

/** One try at a password. */
export interface Try {
  /** what is guessed at: a login, whether anybody has it or not */
  account: string
  address: string
  /** names the browser where the account knows it (or what else strangers cannot have); null = a stranger */
  known: string | null
}

export interface Limits {
  /**
   * Compares, where one more try is allowed; refuses with `auth.tooMany` and the seconds to wait. Refused tries, and those
   * that were right, count for nothing.
   */
  attempt(one: Try, compare: () => Promise<boolean>): Promise<Result<boolean>>
  /** the server stops: tries that wait, and those to come, are `server.closing` */
  hurry(): void
}

/** Limits in memory: they start from zero with the process. */
export function createLimits(): Limits {
  const soon = new RateLimiterMemory(SOON)
  const long = new RateLimiterMemory(LONG)
  const byAddress = new RateLimiterMemory(PER_ADDRESS)
  /** crowded addresses of which a try is being compared */
  const comparing = new Set<string>()
  // a comparison keeps a core busy: strangers have one, those who are known another
  const gates = { stranger: createGate(1, LINE), known: createGate(1, LINE) }

  let hurried = false

  /** `weight`: of a miss, in those that an account is allowed from there. */
  async function fromThere(
    { account, address, known }: Try,
    weight: number,
    compare: () => Promise<boolean>,
  ): Promise<Result<boolean>> {
    const here = `${account}\n${known ?? networkOf(address)}`
    const anywhere = `${account}\n${known ?? ''}`
    const early = await take(soon, here, weight)
    if (early !== null) return tooMany(early)
    const late = await take(long, anywhere)
    const right = late === null ? await gates[known === null ? 'stranger' : 'known'].pass(compare) : undefined
    if (right === false) return ok(false)
    await long.reward(anywhere)
    if (right === undefined) {
      await soon.reward(here, weight)
      return hurried ? refuse(CLOSING) : tooMany(late ?? 1)
    }
    await soon.delete(here)
    return ok(true)
  }

  async function alone(from: string, one: Try, compare: () => Promise<boolean>): Promise<Result<boolean>> {
    if (comparing.has(from)) return tooMany(1)
    comparing.add(from)
    try {
      return await fromThere(one, SOON.points, compare)
    } finally {
      comparing.delete(from)
    }
  }

  return {
    attempt: async (one, compare) => {
      if (one.known !== null) return fromThere(one, 1, compare)
      const from = networkOf(one.address)
      const crowded = (await take(byAddress, from)) !== null
      const answer = crowded ? await alone(from, one, compare) : await fromThere(one, 1, compare)
      if (!answer.ok || answer.value) await byAddress.reward(from)
      return answer
    },
    hurry() {
      hurried = true
      gates.stranger.close()
      gates.known.close()
    },
  }
}

/** Seconds to wait; null when there was room. */
async function take(limiter: RateLimiterMemory, key: string, points = 1): Promise<number | null> {
  try {
    await limiter.consume(key, points)
    return null
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000))
  }
}

const tooMany = (seconds: number) => refuse({ code: 'auth.tooMany', params: { seconds } })

/** Limits on guessing. Short windows: a guesser is slowed down, a person who mistyped waits a minute at most. */
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ok, refuse, type Result } from '../../shared/errors.ts'

const WINDOW_SECONDS = 60
const PER_PERSON = 6
const PER_ADDRESS = 40

export interface Limits {
  /** one attempt on this account from this address; refuses with `auth.tooMany` and the seconds to wait */
  attempt(account: string, address: string): Promise<Result<void>>
  /** the attempt was right: it does not count, nor do those before it on this account */
  resetAttempts(account: string, address: string): Promise<void>
}

export function createLimits(): Limits {
  const person = new RateLimiterMemory({ points: PER_PERSON, duration: WINDOW_SECONDS })
  const place = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS })
  const pair = (account: string, address: string) => `${account} ${network(address)}`
  return {
    attempt: async (account, address) => {
      try {
        await person.consume(pair(account, address))
        await place.consume(network(address))
        return ok(undefined)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        return refuse({ code: 'auth.tooMany', params: { seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) } })
      }
    },
    resetAttempts: async (account, address) => {
      await person.delete(pair(account, address))
      await place.reward(network(address))
    },
  }
}

/** One IPv6 customer has a whole /64 to guess from. */
function network(address: string): string {
  const v4 = /^::ffff:([\d.]+)$/i.exec(address)
  if (v4 !== null) return v4[1]!
  if (!isIPv6(address)) return address
  const [head, tail] = address.split('::')
  const groups = head!.split(':').filter((g) => g !== '')
  if (tail !== undefined) {
    const rest = tail.split(':').filter((g) => g !== '')
    while (groups.length + rest.length < 8) groups.push('0')
    groups.push(...rest)
  }
  return groups.slice(0, 4).join(':').toLowerCase()
}

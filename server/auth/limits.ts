/** Limits on guessing passwords. The window is short: it slows a guesser down, and somebody who mistyped waits a minute at most. */
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ok, refuse, type Result } from '../../shared/errors.ts'

const WINDOW_SECONDS = 60
const PER_ACCOUNT = 6
const PER_ADDRESS = 40

export interface Limits {
  /** counts one attempt on this account from this address; refuses with `auth.tooMany` and the seconds to wait */
  attempt(account: string, address: string): Promise<Result<void>>
  /** after a successful attempt: neither it nor earlier ones on this account from this address count any more */
  resetAttempts(account: string, address: string): Promise<void>
}

/** Limits in memory: they start from zero with the process. */
export function createLimits(): Limits {
  const byAccount = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS })
  const byAddress = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS })
  const pair = (account: string, address: string) => `${account} ${network(address)}`
  return {
    attempt: async (account, address) => {
      try {
        await byAccount.consume(pair(account, address))
        await byAddress.consume(network(address))
        return ok(undefined)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        return refuse({ code: 'auth.tooMany', params: { seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) } })
      }
    },
    resetAttempts: async (account, address) => {
      await byAccount.delete(pair(account, address))
      await byAddress.reward(network(address))
    },
  }
}

/** The network to count by: an IPv4 address, or the /64 of an IPv6 address, since one customer has all of it. */
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

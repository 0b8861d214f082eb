/** Whom a request acts for that carries a token: a machine, as in the log now. No cookie is looked at. */
import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ok, refuse, type Result } from '../../shared/errors.ts'
import type { Core } from '../core/core.ts'
import type { Auth } from './auth.ts'
import { networkOf } from './network.ts'
import { addressOf, type OriginRule } from './origin.ts'
import type { Who } from './who.ts'

/** A member who asks, whatever it was shown by. */
export type Caller = Pick<Who, 'actor'>

/** Unknown tokens a minute from one network, after which it is told to wait; a token that is right is always let in. */
const MISSES = { points: 60, duration: 60 }

/** The token that a request carries; null = it comes by cookie, or from nobody. */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  const [scheme, token = ''] = (headers.authorization ?? '').split(' ', 2)
  return scheme?.toLowerCase() === 'bearer' ? token : null
}

/** Finds whose token it is; refuses with `auth.token` (unknown, expired, or of a machine that has ended) or `auth.tooMany`. */
export type WhoByToken = (token: string, request: IncomingMessage) => Promise<Result<Caller>>

export function createWhoByToken(auth: Auth, core: Pick<Core, 'actor'>, rule: OriginRule): WhoByToken {
  const misses = new RateLimiterMemory(MISSES)
  return async (token, request) => {
    const address = addressOf(request, rule)
    const found = await auth.machines.byToken(token, address)
    const actor = found === undefined ? undefined : core.actor(found.member)
    if (actor !== undefined && actor.role !== 'system') return ok({ actor: { ...actor, role: actor.role } })
    try {
      await misses.consume(networkOf(address))
      return refuse({ code: 'auth.token' })
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      return refuse({ code: 'auth.tooMany', params: { seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) } })
    }
  }
}

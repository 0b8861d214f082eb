/** What of the server a request takes: a place of the person's, and room for a body while it is read. */
import type { Context } from 'koa'
import { type Refusal, refuse, type Result } from '../../shared/errors.ts'
import { LARGE_BODY, type Limits } from '../core/allowance.ts'
import type { Pace } from '../core/pace.ts'
import { createSeats } from '../core/seats.ts'
import { readBody } from './body.ts'

export interface Shares {
  /** null when the request may go on, and has a place until it is answered; `member` null = nobody is signed in */
  enter(ctx: Context, member: string | null): Refusal | null
  /** the same for one that brings commands: not while what the person sent before is not paid for */
  enterToCommand(ctx: Context, member: string): Refusal | null
  /** reads the body; refuses as `readBody` does, or with `command.busy` where there is no room for so large a one */
  read(ctx: Context, member: string | null, max: number): Promise<Result<unknown>>
}

const BUSY: Refusal = { code: 'command.busy', params: { ms: 1_000 } }

export function createShares(limits: Pick<Limits, 'requests' | 'bodies'>, pace: Pick<Pace, 'busy'>): Shares {
  const seats = createSeats()

  function enter(ctx: Context, member: string | null): Refusal | null {
    if (member === null) return null
    const leave = seats.take([{ name: `requests ${member}`, most: limits.requests }])
    if (leave === null) return BUSY
    ctx.res.once('close', leave)
    return null
  }

  return {
    enter,
    enterToCommand: (ctx, member) => pace.busy(member) ?? enter(ctx, member),
    async read(ctx, member, max) {
      // one whose length is not said may be as long as it may
      if (max <= LARGE_BODY || (ctx.headers['content-length'] === undefined ? max : ctx.request.length) <= LARGE_BODY)
        return readBody(ctx, max)
      const { each, all } = limits.bodies
      const leave = seats.take([
        { name: `bodies ${member ?? ''}`, most: each },
        { name: 'bodies', most: all },
      ])
      if (leave === null) return refuse(BUSY)
      try {
        return await readBody(ctx, max)
      } finally {
        leave()
      }
    },
  }
}

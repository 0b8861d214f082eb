/** What of the server a request takes: a place of the person's, and room for a body while it is read. */
import type { Context } from 'koa'
import { type Refusal, refuse, type Result } from '../../shared/errors.ts'
import { LARGE_BODY, type Limits } from '../core/allowance.ts'
import { createLine } from '../core/limit.ts'
import type { Pace } from '../core/pace.ts'
import { createSeats } from '../core/seats.ts'
import { readBody } from './body.ts'

export interface Shares {
  /** null when the request may go on, and has a place until it is answered; `member` null = nobody is signed in */
  enter(ctx: Context, member: string | null): Refusal | null
  /** the same for one that brings commands: not while what the person sent before is not paid for */
  enterToCommand(ctx: Context, member: string): Refusal | null
  /** reads the body, a large one in its turn, that of a `file` for less; refuses as `readBody` does, or with `command.busy` when too many wait */
  read(ctx: Context, member: string | null, max: number, what?: 'file'): Promise<Result<unknown>>
}

const BUSY: Refusal = { code: 'command.busy', params: { ms: 1_000 } }

/** ms after which a large body that is still on its way gives way to those who wait */
const SLOW_MS = 1_000

export function createShares(limits: Pick<Limits, 'requests' | 'bodies'>, pace: Pick<Pace, 'busy' | 'reads'>): Shares {
  const seats = createSeats()
  const line = createLine(limits.bodies)
  /** large bodies that are on their way for long, the oldest first */
  const slow = new Set<Context>()

  function enter(ctx: Context, member: string | null): Refusal | null {
    if (member === null) return null
    const leave = seats.take([{ name: `requests ${member}`, most: limits.requests }])
    if (leave === null) return BUSY
    ctx.res.once('close', leave)
    return null
  }

  function giveWay(): void {
    const [oldest] = slow
    if (oldest !== undefined && line.waiting() > 0) oldest.req.destroy()
  }

  async function readSoon(ctx: Context, max: number): Promise<Result<unknown>> {
    const timer = setTimeout(() => {
      slow.add(ctx)
      giveWay()
    }, SLOW_MS)
    try {
      return await readBody(ctx, max)
    } finally {
      clearTimeout(timer)
      slow.delete(ctx)
    }
  }

  return {
    enter,
    enterToCommand: (ctx, member) => pace.busy(member) ?? enter(ctx, member),
    async read(ctx, member, max, what) {
      // one whose length is not said may be as long as it may
      const length = ctx.headers['content-length'] === undefined ? max : Math.min(max, ctx.request.length)
      if (member === null || length <= LARGE_BODY) return readBody(ctx, max)
      const turn = line.enter(member)
      giveWay()
      const leave = await turn
      if (leave === null) return refuse(BUSY)
      // until what it says is done: all of it is held; what comes after it pays for it, not its own command
      const done = () => {
        // what was left unfinished costs what it might have become
        const { rawBody } = ctx.request as { rawBody?: string }
        const bytes = rawBody === undefined ? length : Buffer.byteLength(rawBody)
        if (bytes > LARGE_BODY) pace.reads(member, bytes, what)
        leave()
      }
      if (ctx.res.closed) done()
      else ctx.res.once('close', done)
      return readSoon(ctx, max)
    },
  }
}

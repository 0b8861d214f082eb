/** `/metrics`: for this machine, or for whoever has the token. */
import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Middleware } from 'koa'
import type { OriginRule } from '../auth/origin.ts'
import { about } from './about.ts'
import { refuseWith } from './refusals.ts'

export interface MetricsOptions {
  rule: OriginRule
  /** null = there is none */
  token: string | null
  /** media type of the text */
  type: string
  text(): Promise<string>
}

export function serveMetrics({ rule, token, type, text }: MetricsOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/metrics') return next()
    about(ctx).what = 'metrics'
    if (!hasToken(ctx.req, token) && !isLocal(ctx.req, rule)) return refuseWith(ctx, [{ code: 'may.not' }])
    ctx.set('Cache-Control', 'no-store')
    ctx.body = await text()
    ctx.set('Content-Type', type)
  }
}

function hasToken({ headers }: IncomingMessage, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === null || given === undefined) return false
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'))
}

/** Headers by which a proxy shows, also one that nobody told us of. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']
const LOCAL_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/** Comes from this machine itself. Behind a proxy everybody seems to, and a page that has a name of its own may reach us from here. */
function isLocal({ headers, socket }: IncomingMessage, rule: OriginRule): boolean {
  if (rule.trustProxy > 0 || rule.origin !== null || FORWARDED.some((name) => name in headers)) return false
  return LOCAL_ADDRESS.test(socket.remoteAddress ?? '') && LOCAL_HOST.test(headers.host ?? '')
}

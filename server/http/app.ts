/** The HTTP edge: order of what happens to a request. */
import { randomUUID } from 'node:crypto'
import Koa, { type Context, type Middleware } from 'koa'
import compress from 'koa-compress'
import type { Logger } from 'pino'
import { hostFault } from '../auth/hosts.ts'
import { isOwnOrigin, type OriginRule } from '../auth/origin.ts'
import type { Health } from '../health.ts'
import type { Operator } from '../operator.ts'
import { about } from './about.ts'
import { leaving, type Work } from './connections.ts'
import { headers } from './headers.ts'
import { serveHealth } from './health.ts'
import { serveManifest } from './manifest.ts'
import { type MetricsOptions, serveMetrics } from './metrics.ts'
import { refuseWith } from './refusals.ts'
import { createRouter, methodsOf, type RouteOptions } from './routes.ts'
import { serveClient, serveElsewhere } from './static.ts'

export interface AppOptions extends RouteOptions {
  log: Logger
  /** folder of the built client */
  client: string
  health: Health
  operator: Operator
  work: Pick<Work, 'middleware'>
  metrics: Omit<MetricsOptions, 'rule'>
}

export function createApp(options: AppOptions): Koa {
  const { rule, log, client, health, operator, metrics, work } = options
  const app = new Koa({ proxy: rule.trustProxy > 0, maxIpsCount: rule.trustProxy })
  // a client that hangs up is no fault of ours; everything else is caught below
  app.on('error', (error: unknown) => log.debug({ err: error }, 'connection'))
  const router = createRouter(options)
  app.use(work.middleware)
  app.use(logged(log, operator))
  app.use(headers(rule))
  app.use(leaving(() => health.holds('closing')))
  // who watches over servers asks each by its address, whatever that is called, and learns nothing but codes
  app.use(serveHealth(health))
  app.use(ownHost(rule, client))
  app.use(serveMetrics({ rule, ...metrics }))
  app.use(compress())
  app.use(sameOrigin(rule))
  app.use(router.routes())
  app.use(unknownApi)
  app.use(serveManifest(() => options.core.setting()))
  app.use(serveClient(client))
  app.use(async (ctx) => refuseWith(ctx, [{ code: 'route.unknown' }]))
  return app
}

/** Gives the request an id, notes how it went, and turns a fault into a refusal without details. */
function logged(log: Logger, operator: Operator): Middleware {
  return async (ctx, next) => {
    const id = randomUUID()
    const started = performance.now()
    ctx.set('X-Request-Id', id)
    try {
      await next()
    } catch (error) {
      log.error({ id, err: error }, 'request failed')
      refuseWith(ctx, [{ code: 'server.failed', params: { request: id } }])
    }
    const { what, who, refusals, handedOut } = about(ctx)
    const asked = { what: what === '' ? 'other' : what, who, address: ctx.ip, id }
    if (refusals.length > 0) operator.refused(asked, refusals)
    for (const to of handedOut) operator.handedOut(asked, to)
    if (!log.isLevelEnabled('debug')) return
    const ms = Math.round(performance.now() - started)
    log.debug({ id, method: ctx.method, path: pathName(ctx), status: ctx.status, ms }, 'request')
  }
}

/** The path where it is one of ours, or of a file that is served; any other may hold the token of a link, however it is spelled. */
const pathName = ({ path, status }: Context): string =>
  methodsOf(path).length > 0 || /^\/(healthz|readyz|metrics)?$/.test(path) || (isAsset(path) && status < 400)
    ? path
    : '/…'

const isAsset = (path: string): boolean => /^\/assets\/[\w.-]+$/.test(path)

/** Nobody is served who takes us for another host. Who looks at a page is told so in words. */
function ownHost(rule: OriginRule, client: string): Middleware {
  return async (ctx, next) => {
    const fault = hostFault(ctx.req, rule)
    if (fault === null) return next()
    refuseWith(ctx, [fault])
    if (ctx.accepts('json', 'html') === 'html') await serveElsewhere(ctx, client)
  }
}

function sameOrigin(rule: OriginRule): Middleware {
  return async (ctx, next) => {
    if (ctx.method === 'GET' || ctx.method === 'HEAD' || isOwnOrigin(ctx.req, rule)) return next()
    refuseWith(ctx, [{ code: 'origin.foreign' }])
  }
}

async function unknownApi(ctx: Context, next: () => Promise<unknown>): Promise<unknown> {
  if (!ctx.path.startsWith('/api/')) return next()
  const methods = methodsOf(ctx.path)
  if (methods.length === 0) return refuseWith(ctx, [{ code: 'route.unknown' }])
  ctx.set('Allow', methods.join(', '))
  refuseWith(ctx, [{ code: 'route.method', params: { method: ctx.method } }])
}

/** For whoever watches over the server: is it alive, and can it do its work? Open to everybody, and says nothing but codes. */
import type { Middleware } from 'koa'
import type { Health } from '../health.ts'

/** `/healthz` is 200 while the process answers; `/readyz` is 200 while it can read and write, else 503 with the causes. */
export function serveHealth(health: Pick<Health, 'causes'>): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/healthz' && ctx.path !== '/readyz') return next()
    const causes = ctx.path === '/healthz' ? [] : health.causes().map(({ cause }) => cause)
    ctx.status = causes.length === 0 ? 200 : 503
    ctx.set('Cache-Control', 'no-store')
    ctx.body = ctx.path === '/healthz' ? { ok: true } : { ok: causes.length === 0, causes }
  }
}

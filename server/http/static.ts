/** The client's files. Paths that are pages of the client all get its one HTML file. */
import type { Context, Middleware } from 'koa'
import send from 'koa-send'

const YEAR_MS = 365 * 24 * 3_600_000
const PAGE = 'index.html'
const ELSEWHERE = 'elsewhere.html'

/** `root`: the folder that the client was built into. */
export function serveClient(root: string): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    // names under here carry a hash of the content
    const hashed = ctx.path.startsWith('/assets/')
    if (ctx.path !== '/' && ctx.path !== `/${PAGE}`) {
      if (await sent(ctx, ctx.path, root, hashed)) return
      if (hashed || !ctx.accepts('html')) return next()
    }
    if (!(await sent(ctx, PAGE, root, false))) return next()
  }
}

/** In place of the body: the page for whoever came by a name that is not ours; the status stays. */
export async function serveElsewhere(ctx: Context, root: string): Promise<void> {
  const { status, type } = ctx
  ctx.remove('Content-Type')
  if (!(await sent(ctx, ELSEWHERE, root, false))) ctx.type = type
  ctx.status = status
  ctx.set('Cache-Control', 'no-store')
}

async function sent(ctx: Context, path: string, root: string, hashed: boolean): Promise<boolean> {
  ctx.set('Cache-Control', hashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache')
  try {
    // as it was packed by the build, where it was; nothing for a folder
    if (await send(ctx, path, { root })) return true
  } catch (error) {
    const status = (error as { status?: unknown }).status
    if (typeof status !== 'number' || status >= 500) throw error
  }
  ctx.remove('Cache-Control')
  return false
}

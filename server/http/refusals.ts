/** Refusals over HTTP: one body, and a status that fits. */
import type { Context } from 'koa'
import type { Refusal, RefusalCode } from '../../shared/errors.ts'
import { about } from './about.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  'input.tooLarge': 413,
  'input.packed': 415,
  'command.unknown': 400,
  'command.version': 409,
  'command.idReused': 409,
  'command.busy': 503,
  'store.readOnly': 503,
  'programme.notOpen': 503,
  'may.signIn': 401,
  'session.other': 409,
  'auth.wrong': 401,
  'auth.tooMany': 429,
  'auth.token': 401,
  'auth.tokenNotHere': 403,
  'auth.loginTaken': 409,
  'auth.loginAlike': 409,
  'auth.linkUsed': 410,
  'scope.unknown': 404,
  'route.unknown': 404,
  'route.method': 405,
  'host.unknown': 421,
  'origin.foreign': 403,
  'server.failed': 500,
  'server.closing': 503,
}

/** 400 for input that cannot be read, 403 for lacking rights, 422 for what the rules forbid. */
function statusOf(refusals: readonly Refusal[]): number {
  const code = refusals[0]?.code ?? 'server.failed'
  const status = STATUS[code]
  if (status !== undefined) return status
  if (code.startsWith('input.')) return 400
  return code.startsWith('may.') ? 403 : 422
}

/** Answers with the refusals; readable as `Refused`, as `Answer` and as a failed `Result`. */
export function refuseWith(ctx: Context, refusals: Refusal[], status = statusOf(refusals)): void {
  about(ctx).refusals = refusals
  ctx.status = status
  ctx.set('Cache-Control', 'no-store')
  const wait = refusals.find((r) => r.code === 'auth.tooMany' || r.code === 'server.closing')?.params?.seconds
  if (wait !== undefined) ctx.set('Retry-After', String(wait))
  ctx.body = { ok: false, refusals }
}

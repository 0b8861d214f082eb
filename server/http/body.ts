/** Reads a JSON body; everything else is refused. */
import { bodyParser } from '@koa/bodyparser'
import type { Context } from 'koa'
import { ok, refuse, type Result } from '../../shared/errors.ts'

const nothing = async (): Promise<void> => undefined

/** The body as a value, when it has no more than so many bytes; refuses with `input.notJson` or `input.tooLarge`. */
export async function readBody(ctx: Context, max: number): Promise<Result<unknown>> {
  if (!ctx.is('application/json')) return refuse({ code: 'input.notJson' })
  try {
    await bodyParser({ enableTypes: ['json'], jsonStrict: false, jsonLimit: `${max}b` })(ctx, nothing)
  } catch (error) {
    const status = (error as { status?: unknown }).status
    if (status === 413) return refuse({ code: 'input.tooLarge', params: { max } })
    if (typeof status === 'number' && status < 500) return refuse({ code: 'input.notJson' })
    throw error
  }
  return ctx.request.rawBody === '' ? refuse({ code: 'input.notJson' }) : ok(ctx.request.body)
}

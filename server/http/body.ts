/** Reads a JSON body; everything else is refused. */
import { bodyParser } from '@koa/bodyparser'
import type { Context } from 'koa'
import { ok, refuse, type Result } from '../../shared/errors.ts'

/** In MB; `large` is for commands that carry whole sheets. */
const LIMITS = { usual: 1, large: 8 } as const
export type BodyLimit = keyof typeof LIMITS

const parserOf = (limit: BodyLimit) =>
  bodyParser({ enableTypes: ['json'], jsonStrict: false, jsonLimit: `${LIMITS[limit]}mb` })
const parsers = { usual: parserOf('usual'), large: parserOf('large') }

const nothing = async (): Promise<void> => undefined

/** The body as a value; refuses with `input.notJson` or `input.tooLarge`. */
export async function readBody(ctx: Context, limit: BodyLimit): Promise<Result<unknown>> {
  if (!ctx.is('application/json')) return refuse({ code: 'input.notJson' })
  try {
    await parsers[limit](ctx, nothing)
  } catch (error) {
    const status = (error as { status?: unknown }).status
    if (status === 413) return refuse({ code: 'input.tooLarge', params: { max: LIMITS[limit] } })
    if (typeof status === 'number' && status < 500) return refuse({ code: 'input.notJson' })
    throw error
  }
  return ctx.request.rawBody === '' ? refuse({ code: 'input.notJson' }) : ok(ctx.request.body)
}

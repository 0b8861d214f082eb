/** Reads a JSON body; everything else is refused. */
import { bodyParser } from '@koa/bodyparser'
import type { Context } from 'koa'
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { jsonFault } from '../../shared/schema.ts'

const nothing = async (): Promise<void> => undefined

/**
 * The body as a value, when it has no more than so many bytes; refuses with `input.notJson`, `input.tooLarge`,
 * `input.packed` before it is unpacked, or, before it is parsed, for its depth or number of entries.
 */
export async function readBody(ctx: Context, max: number): Promise<Result<unknown>> {
  if (!ctx.is('application/json')) return refuse({ code: 'input.notJson' })
  // a few kB may unpack to many MB
  if (!['', 'identity'].includes(ctx.get('Content-Encoding'))) return refuse({ code: 'input.packed' })
  const read = bodyParser({
    enableTypes: ['text'],
    extendTypes: { text: ['application/json'] },
    textLimit: `${max}b`,
  })
  try {
    await read(ctx, nothing)
  } catch (error) {
    const status = (error as { status?: unknown }).status
    if (status === 413) return refuse({ code: 'input.tooLarge', params: { max } })
    if (typeof status === 'number' && status < 500) return refuse({ code: 'input.notJson' })
    throw error
  }
  const text = ctx.request.rawBody
  const fault = jsonFault(text)
  if (fault !== null) return refuse(fault)
  try {
    return ok(JSON.parse(text) as unknown)
  } catch {
    return refuse({ code: 'input.notJson' })
  }
}

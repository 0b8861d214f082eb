/** Answers that never change under their address are packed once, as small as can be, and kept for whoever asks next. */
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Context } from 'koa'

const brotli = promisify(brotliCompress)

/** Below this many bytes nothing is saved. */
const SMALL = 1_024
/** Packed answers that are kept. */
const MOST = 64

/** Sends the value as JSON; packed where the client understands Brotli and it pays. */
export type SendPacked = (ctx: Context, value: object) => Promise<void>

export function createPacker(): SendPacked {
  const cache = new Map<string, Buffer>()
  return async (ctx, value) => {
    if (ctx.acceptsEncodings('br', 'identity') !== 'br') return void (ctx.body = value)
    let packed = cache.get(ctx.url)
    if (packed === undefined) {
      const json = Buffer.from(JSON.stringify(value))
      if (json.length < SMALL) return void (ctx.body = value)
      packed = await brotli(json)
      for (const oldest of [...cache.keys()].slice(0, cache.size + 1 - MOST)) cache.delete(oldest)
      cache.set(ctx.url, packed)
    }
    ctx.set('Content-Encoding', 'br')
    ctx.body = packed
    ctx.type = 'application/json'
  }
}

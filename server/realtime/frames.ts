/** Messages as the bytes that a WebSocket carries, so that they are made once for all who get them. */
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { Proof } from '../../shared/view/patch.ts'

const deflate = promisify(deflateRaw)

const TEXT = 0x81
const BINARY = 0x82

/** A whole, unmasked frame (RFC 6455, 5.2), as servers send it. */
function frame(kind: typeof TEXT | typeof BINARY, content: Buffer): Buffer {
  const { length } = content
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const head = Buffer.alloc(size)
  head[0] = kind
  if (size === 2) head[1] = length
  else if (size === 4) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeUIntBE(length, 4, 6)
  }
  return Buffer.concat([head, content])
}

/** An event with one argument, given as JSON: `4` is Engine.IO's message, `2` Socket.IO's event. */
const event = (name: string, json: string): Buffer => frame(TEXT, Buffer.from(`42["${name}",${json}]`))

/** The event that has one attachment, which follows as a frame of its own. */
const PACKED = frame(TEXT, Buffer.from('451-["packed",{"_placeholder":true,"num":0}]'))

/** Below this many bytes a patch is sent as it is. */
const SMALL = 1_024
/** What is saved has to be worth the unpacking. */
const WORTH = 0.8

/** A patch, given as JSON. */
export async function patchFrames(json: string): Promise<Buffer> {
  if (json.length < SMALL) return event('patch', json)
  const content = Buffer.from(json)
  const packed = await deflate(content)
  if (packed.length + PACKED.length > content.length * WORTH) return event('patch', json)
  return Buffer.concat([PACKED, frame(BINARY, packed)])
}

export const proofFrame = (proof: Proof): Buffer => event('proof', JSON.stringify(proof))

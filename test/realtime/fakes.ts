/** What delivery stands between: scopes that the test writes, and readers that remember what they were given. */
import { inflateRawSync } from 'node:zlib'
import type { Reader } from '../../server/realtime/delivery.ts'
import type { Patch, Proof } from '../../shared/view/patch.ts'

export type Message = { patch: Patch } | { proof: Proof }

export interface FakeReader extends Reader {
  heard: Message[]
  /** the very bytes, to see what is shared */
  bytes: Buffer[]
  waiting: number
  closed: boolean
}

export function fakeReader(): FakeReader {
  const reader: FakeReader = {
    ...{ heard: [], bytes: [], waiting: 0, closed: false },
    backlog: () => reader.waiting,
    write(frames) {
      reader.bytes.push(frames)
      reader.heard.push(...read(frames))
    },
    close: () => void (reader.closed = true),
  }
  return reader
}

export const proofsOf = ({ heard }: FakeReader): Proof[] => heard.flatMap((m) => ('proof' in m ? [m.proof] : []))
export const patchesOf = ({ heard }: FakeReader): Patch[] => heard.flatMap((m) => ('patch' in m ? [m.patch] : []))

/** Reads frames as a WebSocket would, and what they hold as Socket.IO would. */
export function read(frames: Buffer): Message[] {
  const messages: Message[] = []
  let packed = false
  for (let at = 0; at < frames.length;) {
    const short = frames[at + 1]!
    const [length, start] =
      short < 126
        ? [short, at + 2]
        : short === 126
          ? [frames.readUInt16BE(at + 2), at + 4]
          : [Number(frames.readBigUInt64BE(at + 2)), at + 10]
    const content = frames.subarray(start, start + length)
    if (frames[at] === 0x82) {
      if (!packed) throw new Error('bytes that nothing announced')
      messages.push({ patch: JSON.parse(inflateRawSync(content).toString()) as Patch })
      packed = false
    } else {
      const text = content.toString()
      packed = text === '451-["packed",{"_placeholder":true,"num":0}]'
      if (!packed) {
        if (!text.startsWith('42')) throw new Error(text)
        const [name, value] = JSON.parse(text.slice(2)) as ['patch' | 'proof', never]
        messages.push(name === 'patch' ? { patch: value } : { proof: value })
      }
    }
    at = start + length
  }
  if (packed) throw new Error('announced bytes did not come')
  return messages
}

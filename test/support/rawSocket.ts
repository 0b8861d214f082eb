/** A Socket.IO connection down to its bytes: cheap enough for a thousand in a process, and it can stop reading. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawSocket {
  /** a message of Engine.IO, e.g. `42["unwatch","issues"]` */
  send(text: string): void
  /** bytes as they are; `frame` makes whole and broken ones */
  write(bytes: Buffer): void
  /** stops reading: what the server sends stays in the network, then in the server */
  pause(): void
  resume(): void
  /** bytes that wait in this end to be sent */
  waiting(): number
  /** bytes received so far */
  received(): number
  /** port of this end */
  port(): number
  close(): void
  /** resolves when the other end has closed it */
  closed: Promise<void>
}

/** Connects, joins the namespace and answers pings; rejects when it is turned away; everything else is handed to `heard`, text and attachments. */
export async function openRawSocket(
  url: string,
  cookie: string,
  heard: (content: Buffer, text: boolean) => void,
): Promise<RawSocket> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let received = 0
  let upgraded = false
  let pending: Buffer = Buffer.alloc(0)
  let open: (() => void) | undefined
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const joined = new Promise<void>((resolve, reject) => {
    open = resolve
    void closed.then(() => reject(new Error('closed before it had joined')))
  })
  const take = (content: Buffer, text: boolean) => {
    const kind = text ? content[0] : undefined
    if (kind === OPEN) send(socket, '40')
    else if (kind === PING) send(socket, '3')
    else if (text && content[0] === MESSAGE && content[1] === OPEN) open?.()
    else heard(content, text)
  }
  socket.on('error', () => undefined)
  socket.on('data', (data: Buffer) => {
    received += data.length
    pending = pending.length === 0 ? data : Buffer.concat([pending, data])
    if (!upgraded) {
      const end = pending.indexOf('\r\n\r\n')
      if (end < 0) return
      upgraded = true
      pending = pending.subarray(end + 4)
    }
    for (let next; (next = frameOf(pending)) !== null; pending = pending.subarray(next.size))
      take(next.content, next.text)
  })
  socket.setNoDelay(true)
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nCookie: ${cookie}\r\n\r\n`,
  )
  await joined
  return {
    send: (text) => send(socket, text),
    write: (bytes) => void socket.write(bytes),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    waiting: () => socket.writableLength,
    received: () => received,
    port: () => socket.localPort!,
    close: () => void socket.destroy(),
    closed,
  }
}

const [OPEN, PING, MESSAGE] = [...Buffer.from('024')] as [number, number, number]

const send = (socket: Socket, text: string): void => void socket.write(frame(TEXT, Buffer.from(text)))

/** What a frame is, with the bit that says that its message ends with it. */
export const TEXT = 0x81
export const BEGUN = 0x01
export const CONTINUED = 0x00
export const BINARY = 0x82
export const PING_FRAME = 0x89

/** A frame as clients send it: masked, here with zeros. */
export function frame(kind: number, content: Buffer): Buffer {
  const { length } = content
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = kind
  if (length < 126) head[1] = 0x80 | length
  else if (length < 65_536) {
    head[1] = 0x80 | 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 0x80 | 127
    head.writeUIntBE(length, 4, 6)
  }
  return Buffer.concat([head, Buffer.alloc(4), content])
}

/** The first whole frame; null while there is none. */
function frameOf(bytes: Buffer): { text: boolean; content: Buffer; size: number } | null {
  if (bytes.length < 2) return null
  const short = bytes[1]!
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < start) return null
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < start + length) return null
  return { text: bytes[0] === 0x81, content: bytes.subarray(start, start + length), size: start + length }
}

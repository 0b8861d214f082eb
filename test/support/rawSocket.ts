/** A Socket.IO connection down to its bytes: cheap enough for a thousand in a process, and it can stop reading. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawSocket {
  /** a message of Engine.IO, e.g. `42["unwatch","issues"]` */
  send(text: string): void
  /** stops reading: what the server sends stays in the network, then in the server */
  pause(): void
  resume(): void
  /** bytes received so far */
  received(): number
  /** port of this end */
  port(): number
  close(): void
}

/** Connects, joins the namespace and answers pings; everything else is handed to `heard`, text and attachments. */
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
  const joined = new Promise<void>((resolve) => (open = resolve))
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
    for (let frame; (frame = frameOf(pending)) !== null; pending = pending.subarray(frame.size))
      take(frame.content, frame.text)
  })
  socket.setNoDelay(true)
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nCookie: ${cookie}\r\n\r\n`,
  )
  await joined
  return {
    send: (text) => send(socket, text),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    received: () => received,
    port: () => socket.localPort!,
    close: () => void socket.destroy(),
  }
}

const [OPEN, PING, MESSAGE] = [...Buffer.from('024')] as [number, number, number]

/** A frame as clients send it: masked, here with zeros. */
function send(socket: Socket, text: string): void {
  const content = Buffer.from(text)
  const head =
    content.length < 126
      ? Buffer.from([0x81, 0x80 | content.length])
      : Buffer.from([0x81, 0x80 | 126, content.length >> 8, content.length & 255])
  socket.write(Buffer.concat([head, Buffer.alloc(4), content]))
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

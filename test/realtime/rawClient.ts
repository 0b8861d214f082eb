/** A Socket.IO client down to its bytes, that can stop reading and say what no library would. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { inflateRawSync } from 'node:zlib'

export interface RawClient {
  /** sends a Socket.IO event; with `id`, one that wants an answer */
  emit(args: readonly unknown[], id?: number): void
  /** stops reading: what the server sends stays in the network, then in the server */
  pause(): void
  resume(): void
  /** bytes received so far */
  received(): number
  /** messages received so far, unpacked; those that only keep the connection alive left out */
  texts(): readonly string[]
  close(): void
}

/** Connects and joins the namespace. */
export async function connectRaw(url: string, cookie: string): Promise<RawClient> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let received = 0
  let pending = Buffer.alloc(0)
  const texts: string[] = []
  let open: (() => void) | undefined
  const joined = new Promise<void>((resolve) => (open = resolve))
  socket.on('error', () => undefined)
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nCookie: ${cookie}\r\n\r\n`,
  )
  let upgraded = false
  socket.on('data', (data: Buffer) => {
    received += data.length
    pending = Buffer.concat([pending, data])
    if (!upgraded) {
      const end = pending.indexOf('\r\n\r\n')
      if (end < 0) return
      upgraded = true
      pending = pending.subarray(end + 4)
    }
    for (let frame; (frame = take(pending)) !== null; pending = pending.subarray(frame.size)) {
      const text = (frame.text ? frame.content : inflateRawSync(frame.content)).toString()
      if (text.startsWith('0')) send(socket, '40')
      else if (text === '2') send(socket, '3')
      else if (text.startsWith('40')) open?.()
      else texts.push(text)
    }
  })
  await joined
  return {
    emit: (args, id) => send(socket, `42${id ?? ''}${JSON.stringify(args)}`),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    received: () => received,
    texts: () => texts,
    close: () => void socket.destroy(),
  }
}

/** A frame as clients send it: masked, here with zeros. */
function send(socket: Socket, text: string): void {
  const content = Buffer.from(text)
  const head =
    content.length < 126
      ? Buffer.from([0x81, 0x80 | content.length])
      : Buffer.from([0x81, 0x80 | 126, content.length >> 8, content.length & 255])
  socket.write(Buffer.concat([head, Buffer.alloc(4), content]))
}

function take(bytes: Buffer): { text: boolean; content: Buffer; size: number } | null {
  if (bytes.length < 2) return null
  const short = bytes[1]!
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < start) return null
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < start + length) return null
  return { text: bytes[0] === 0x81, content: bytes.subarray(start, start + length), size: start + length }
}

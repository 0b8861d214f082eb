/** A socket as delivery sees it: how much waits in it, and a way to write bytes that are made already. */
import type { Socket } from 'socket.io'
import type { Reader } from './delivery.ts'

/** Of a packet whose frames are made already: Engine.IO writes them as they are, in turn with everything else. */
interface Framed {
  compress: false
  wsPreEncodedFrame: readonly Buffer[]
}

export function readerOf(socket: Socket): Reader {
  const { conn } = socket
  const network = socket.request.socket
  /** bytes that wait for what was written before them */
  let waiting = 0
  conn.on('packetCreate', (packet: { data?: unknown; options?: Partial<Framed> }) => {
    waiting += packet.options?.wsPreEncodedFrame?.[0]?.length ?? sizeOf(packet.data)
  })
  conn.on('flush', () => (waiting = 0))
  return {
    backlog: () => waiting + network.writableLength,
    write(frames) {
      if (conn.readyState !== 'open') return
      // whole frames may stand between any others: nothing waits, so this is their turn, for half of the work
      if (waiting === 0) return void network.write(frames)
      const framed: Framed = { compress: false, wsPreEncodedFrame: [frames] }
      conn.write('', framed)
    },
    close: () => socket.disconnect(true),
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0
}

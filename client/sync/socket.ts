/** The live connection: WebSocket only; the session cookie says who it is. */
import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../shared/protocol/socket.ts'
import { callApi } from './api.ts'
import type { Transport } from './feed.ts'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

/** ms to wait for an answer before the connection counts as lost for this question */
const ANSWER_MS = 10_000
/** ms between attempts after the server itself has refused or closed the connection */
const RETRY_MS = 2_000

/** Not connected until `connect()`. `refused` is called when the server turns the session away. */
export function openSocket(refused: () => void): LiveSocket {
  const socket: LiveSocket = io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    withCredentials: true,
  })
  // the library gives up when the server spoke; a restart speaks too
  const retry = () => setTimeout(() => socket.connect(), RETRY_MS)
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') {
      refused()
      retry()
    }
  })
  socket.on('connect_error', () => {
    if (!socket.active) {
      refused()
      retry()
    }
  })
  socket.on('signedOut', refused)
  return socket
}

/** The socket and HTTP as the feed wants them. */
export function socketTransport(socket: LiveSocket): Transport {
  return {
    connected: () => socket.connected,
    changes: (scope, since) => callApi('changes', { scope, since }),
    watch: (scope, since) => socket.timeout(ANSWER_MS).emitWithAck('watch', scope, since),
    unwatch: (scope) => socket.emit('unwatch', scope),
    on(listener) {
      const handlers = [
        ['connect', () => listener.connected()],
        ['disconnect', () => listener.disconnected()],
        ['patch', listener.patch],
        ['proof', listener.proof],
        ['closed', listener.closed],
      ] as const
      for (const [event, handler] of handlers) socket.on(event as 'connect', handler as () => void)
      return () => {
        for (const [event, handler] of handlers) socket.off(event as 'connect', handler as () => void)
      }
    },
  }
}

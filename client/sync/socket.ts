/** The live connection: WebSocket only; the session cookie says who it is. */
import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../shared/protocol/socket.ts'
import { callApi } from './api.ts'
import type { Transport } from './feed.ts'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

export interface Connection {
  socket: LiveSocket
  /** connects anew, as whoever is signed in now, and stays connected */
  start(): void
  stop(): void
}

/** ms to wait for an answer before the connection counts as lost for this question */
const ANSWER_MS = 10_000
/** ms until the next attempt after the server itself has closed the connection */
const RETRY_MS = 1_000

/** `doubted` is called when the server may have turned the session away. */
export function openConnection(doubted: () => void): Connection {
  const socket: LiveSocket = io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    withCredentials: true,
  })
  let wanted = false
  let timer: ReturnType<typeof setTimeout> | undefined
  // the library gives up when the server spoke; a restart speaks too
  const retry = () => {
    clearTimeout(timer)
    timer = setTimeout(() => wanted && socket.connect(), RETRY_MS)
  }
  socket.on('disconnect', (reason) => {
    if (reason !== 'io server disconnect') return
    doubted()
    retry()
  })
  // a refused handshake looks like a lost network, so the session is asked about in both cases
  socket.on('connect_error', () => {
    doubted()
    if (!socket.active) retry()
  })
  socket.on('signedOut', doubted)
  return {
    socket,
    start() {
      wanted = true
      socket.disconnect().connect()
    },
    stop() {
      wanted = false
      socket.disconnect()
    },
  }
}

/** The socket and HTTP as the feed wants them. */
export function socketTransport(socket: LiveSocket): Transport {
  return {
    connected: () => socket.connected,
    changes: (scope, since) => callApi('changes', { scope, since }),
    watch: (scope, since) => socket.timeout(ANSWER_MS).emitWithAck('watch', scope, since),
    unwatch: (scope) => socket.emit('unwatch', scope),
    on(listener) {
      const { connected, disconnected, patch, proof } = listener
      socket.on('connect', connected).on('disconnect', disconnected)
      socket.on('patch', patch).on('proof', proof)
      return () => {
        socket.off('connect', connected).off('disconnect', disconnected)
        socket.off('patch', patch).off('proof', proof)
      }
    },
  }
}

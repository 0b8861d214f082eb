/** The live connection: WebSocket only; the session cookie says who it is. */
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { type ClientToServer, PROOF_MS, type ServerToClient } from '../../shared/protocol/socket.ts'
import type { Patch, Proof } from '../../shared/view/patch.ts'
import { callApi } from './api.ts'
import { createServerClock } from './clock.ts'
import type { Transport } from './feed.ts'
import { inflate, inOrder } from './inflate.ts'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

export interface Connection {
  socket: LiveSocket
  /** connects anew, as this member or else whoever is signed in now, and stays connected; refused where another is signed in */
  start(member?: string): void
  stop(): void
  /** the network may be back: does not wait for the next attempt */
  hurry(): void
}

export interface ConnectionOptions {
  /** ms of a clock that never goes back */
  now: () => number
  /** called when the server may have turned the session away, or its member may do other things by now */
  suspect: () => void
  /** where it is not the page's own server */
  url?: string
  options?: Partial<ManagerOptions & SocketOptions>
}

/** ms to wait for an answer before the connection counts as lost for this question */
const ANSWER_MS = 10_000
/** ms until the next attempt after the server itself has closed the connection */
const RETRY_MS = 1_000
/** ms after the end of a server that stops: at the least, and spread so that not all its pages come back at once */
const BACK_MS = 300
const BACK_SPREAD_MS = 1_000
/** ms between two looks at whether a proof is overdue, and by how much before the connection is made anew */
const LOOK_MS = 500
const OVERDUE_MS = 1_000
/** Most attempts are short, so that one begins soon after the network is back; every third has time for a slow one. */
const ATTEMPT_MS = 2_000
const PATIENT_ATTEMPT_MS = 8_000

export function openConnection({ now, suspect, url, options }: ConnectionOptions): Connection {
  const settings: Partial<ManagerOptions & SocketOptions> = {
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1_000,
    timeout: ATTEMPT_MS,
    withCredentials: true,
    ...options,
  }
  settings.auth = (say) => say(member === null ? {} : { member })
  const socket: LiveSocket = url === undefined ? io(settings) : io(url, settings)
  let member: string | null = null
  let wanted = false
  /** the server has said that it stops */
  let leaving = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** ms: the next proof, or the answer of the server to a new connection, comes by then; null = nothing is expected */
  let due: number | null = null
  let looked = now()

  // the library gives up when the server spoke; a restart speaks too
  const retry = (ms = RETRY_MS) => {
    clearTimeout(timer)
    timer = setTimeout(() => wanted && socket.connect(), ms)
  }
  const restart = () => {
    due = null
    socket.disconnect().connect()
  }

  socket.on('disconnect', (reason) => {
    due = null
    if (reason !== 'io server disconnect') return
    // it turns nobody in particular away
    if (leaving) return retry(BACK_MS + Math.random() * BACK_SPREAD_MS)
    suspect()
    retry()
  })
  socket.on('closing', () => (leaving = true))
  // a refused handshake looks like a lost network, so the session is asked about in both cases
  socket.on('connect_error', () => {
    suspect()
    if (!socket.active) retry()
  })
  socket.on('signedOut', suspect)
  socket.on('tasksChanged', suspect)
  // the first proof follows a watch, and there is always something to watch
  socket.on('connect', () => {
    leaving = false
    due = now() + PROOF_MS
  })
  socket.on('proof', ({ next }) => (due = now() + next))
  socket.io.on('open', () => (due = now() + ATTEMPT_MS))
  socket.io.on('reconnect_attempt', (n) => socket.io.timeout(n % 3 === 0 ? PATIENT_ATTEMPT_MS : ATTEMPT_MS))

  setInterval(() => {
    const late = now() - looked > 4 * LOOK_MS
    looked = now()
    // after a pause of the whole page, what has come in meanwhile is read first
    if (wanted && !late && due !== null && looked > due + OVERDUE_MS) restart()
  }, LOOK_MS)

  return {
    socket,
    start(as) {
      member = as ?? null
      wanted = true
      restart()
    },
    stop() {
      wanted = false
      due = null
      socket.disconnect()
    },
    hurry() {
      if (wanted && !socket.connected) restart()
    },
  }
}

/** ms between two looks at the server's clock, and while it is known too vaguely */
const CLOCK_MS = 60_000
const CLOCK_AGAIN_MS = 2_000
/** ms within which the age of a proof should be known */
const CLOCK_WIDTH_MS = 500

/** The socket and HTTP as the feed wants them. `now` as in `openConnection`. */
export function socketTransport(socket: LiveSocket, now: () => number): Transport {
  const clock = createServerClock()
  let timer: ReturnType<typeof setTimeout> | undefined
  socket.on('connect', () => {
    clock.forget()
    void askClock()
  })

  async function askClock(): Promise<void> {
    clearTimeout(timer)
    const asked = now()
    const server = await socket
      .timeout(CLOCK_AGAIN_MS)
      .emitWithAck('clock')
      .catch(() => null)
    if (server !== null) clock.answered(asked, server, now())
    if (!socket.connected) return
    clearTimeout(timer)
    timer = setTimeout(() => void askClock(), clock.width() > CLOCK_WIDTH_MS ? CLOCK_AGAIN_MS : CLOCK_MS)
  }

  return {
    connected: () => socket.connected,
    changes: (scope, since) => callApi('changes', { scope, since: String(since) }),
    watch: (scope, since) => socket.timeout(ANSWER_MS).emitWithAck('watch', scope, since),
    unwatch: (scope) => void socket.emit('unwatch', scope),
    on(listener) {
      const queue = inOrder()
      const patch = (p: Patch) => queue.now(() => listener.patch(p))
      // nobody but the server can have packed it
      const packed = (bytes: BufferSource) => queue.later(inflate(bytes), (p) => listener.patch(p as Patch))
      const proof = (p: Proof) => {
        const sentAt = clock.earliest(p.sent, now())
        if (sentAt === -Infinity) void askClock()
        queue.now(() => listener.proof(p, sentAt))
      }
      const { connected, disconnected } = listener
      socket.on('connect', connected).on('disconnect', disconnected)
      socket.on('patch', patch).on('packed', packed).on('proof', proof)
      return () => {
        socket.off('connect', connected).off('disconnect', disconnected)
        socket.off('patch', patch).off('packed', packed).off('proof', proof)
      }
    },
  }
}

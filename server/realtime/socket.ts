/** The live edge: who may connect, and how ended sessions and patches reach the sockets. */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { RefusalCode } from '../../shared/errors.ts'
import type { ClientToServer, ServerToClient } from '../../shared/protocol/socket.ts'
import type { Auth } from '../auth/auth.ts'
import { addressOf, isOwnOrigin, type OriginRule } from '../auth/origin.ts'
import { whoByCookie, whoBySession } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import type { Metrics } from '../metrics.ts'
import type { Operator } from '../operator.ts'
import { createDelivery } from './delivery.ts'
import { attach, type SocketData } from './events.ts'

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export interface RealtimeOptions {
  http: HttpServer
  core: Core
  auth: Auth
  rule: OriginRule
  log: Logger
  operator: Operator
  meter: Pick<Metrics, 'patched' | 'sent'>
  /** ms within which a proof follows the one before it; for tests */
  proofMs?: number
}

/** The sockets of a session, so that ending it reaches them. */
const sessionRoom = (hash: string): string => `session:${hash}`

/** A message above this closes the socket; whoever has more to say uses HTTP. */
const MESSAGE_BYTES = 1_000_000

/** Proofs tell a page that the connection lives; pings only tell the server, which is in no hurry. */
const PING_MS = 120_000

/** Sockets of one session: as many pages as a browser may have open. */
const SOCKETS = 64

export interface Realtime {
  sockets(): number
  /** watched scopes, each as often as sockets watch it */
  watchers(): number
  /** tells every socket that the server stops */
  leave(): void
  /** closes every socket, and the HTTP server to new connections; resolves when the last one is gone */
  close(): Promise<void>
}

/** ms between two signs of life of an open socket's session */
const ALIVE_MS = 5 * 60_000

export function startRealtime(options: RealtimeOptions): Realtime {
  const { http, core, auth, rule, log, operator, meter, proofMs } = options
  const now = () => performance.now()
  const delivery = createDelivery({ live: core.live, now, meter, ...(proofMs === undefined ? {} : { proofMs }) })
  const turnedAway = (request: IncomingMessage, code: RefusalCode, who: string | null = null) =>
    operator.refused({ what: 'connect', who, address: addressOf(request, rule) }, [{ code }])
  const io: Io = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: MESSAGE_BYTES,
    pingInterval: PING_MS,
    // runs before anything is accepted: a foreign page or a stranger never gets a socket
    allowRequest: (request, answer) => {
      const refuse = (code: RefusalCode) => {
        turnedAway(request, code)
        answer(code, false)
      }
      if (!isOwnOrigin(request, rule)) return refuse('origin.foreign')
      whoByCookie(auth, core, request.headers.cookie, addressOf(request, rule)).then(
        (who) => (who === null ? refuse('may.signIn') : answer(null, true)),
        (error: unknown) => {
          log.error({ err: error }, 'handshake failed')
          answer('server.failed', false)
        },
      )
    },
  })

  io.use((socket, next) => {
    whoByCookie(auth, core, socket.request.headers.cookie).then((who) => {
      if (who === null) return next(new Error('may.signIn'))
      const { hash } = who.session
      if ((io.of('/').adapter.rooms.get(sessionRoom(hash))?.size ?? 0) >= SOCKETS) {
        turnedAway(socket.request, 'auth.tooMany', who.actor.id)
        return next(new Error('auth.tooMany'))
      }
      socket.data.session = hash
      // at once, so that many that come together are counted
      void socket.join(sessionRoom(hash))
      return next()
    }, next)
  })

  io.on('connection', (socket) => {
    attach(socket, { core, auth, delivery, now, log, operator, address: addressOf(socket.request, rule) })
    // a session that ended during the handshake did not find the socket in its room
    whoBySession(auth, core, socket.data.session).then(
      (who) => who ?? end(socket.data.session),
      (error: unknown) => log.error({ err: error }, 'session not looked up'),
    )
  })

  function end(hash: string): void {
    io.to(sessionRoom(hash)).emit('signedOut')
    io.in(sessionRoom(hash)).disconnectSockets(true)
  }
  // who watches is there, though no request comes
  const alive = setInterval(() => {
    for (const { data } of io.sockets.sockets.values())
      auth.sessions.byHash(data.session).catch((error: unknown) => log.error({ err: error }, 'session not looked up'))
  }, ALIVE_MS)
  alive.unref()
  const offEnded = auth.sessions.onEnded((hashes) => hashes.forEach(end))
  const offLive = core.live.on({
    flushed: (patches) => delivery.flushed(patches),
    memberEnded: (member) => {
      auth.sessions.endMember(member).catch((error: unknown) => log.error({ err: error }, 'sessions not ended'))
    },
  })

  return {
    sockets: () => io.sockets.sockets.size,
    watchers: () => delivery.watchers(),
    leave: () => void io.emit('closing'),
    close: async () => {
      clearInterval(alive)
      offEnded()
      offLive()
      delivery.stop()
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

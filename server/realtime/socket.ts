/** The live edge: who may connect, and how ended sessions and patches reach the sockets. */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { RefusalCode } from '../../shared/errors.ts'
import { type ClientToServer, MESSAGE_BYTES, type ServerToClient } from '../../shared/protocol/socket.ts'
import type { Auth } from '../auth/auth.ts'
import { hostFault } from '../auth/hosts.ts'
import { addressOf, isOwnOrigin, type OriginRule } from '../auth/origin.ts'
import { whoByCookie, whoBySession } from '../auth/who.ts'
import type { Limits } from '../core/allowance.ts'
import type { Core } from '../core/core.ts'
import type { Pace } from '../core/pace.ts'
import { createSeats } from '../core/seats.ts'
import type { Health } from '../health.ts'
import type { Metrics } from '../metrics.ts'
import type { Operator } from '../operator.ts'
import { createCrowd } from './crowd.ts'
import { createDelivery } from './delivery.ts'
import { attach, type SocketData } from './events.ts'
import { createIntake, type Line } from './intake.ts'
import { readerOf } from './reader.ts'

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export interface RealtimeOptions {
  http: HttpServer
  core: Core
  auth: Auth
  pace: Pace
  limits: Limits
  rule: OriginRule
  log: Logger
  operator: Operator
  meter: Pick<Metrics, 'patched' | 'sent'>
  health: Pick<Health, 'trouble' | 'onChange'>
  /** ms within which a proof follows the one before it; for tests */
  proofMs?: number
}

/** The sockets of a session, so that ending it reaches them. */
const sessionRoom = (hash: string): string => `session:${hash}`
/** The sockets of a member, whatever the session. */
const memberRoom = (member: string): string => `member:${member}`

/** Parts of one message: those of a message that never ends would be kept. */
const FRAGMENTS = 64

/** Proofs tell a page that the connection lives; pings only tell the server, which is in no hurry. */
const PING_MS = 120_000

/** Connections beyond those of a session that are let in to be told that there are too many. */
const SPARE = 16

/** Connections that a person may have, however many there are from the same address. */
const FEW = 8

/** ms for which a connection that was closed for what it said keeps its place among its person's */
const KEPT_MS = 60_000

/** ms in which a connection that is closed may answer that it closes */
const GOODBYE_MS = 1_000

/** A connection of Engine.IO, as far as it is not typed. */
interface Connection {
  transport: { socket: Line & { terminate(): void; on(event: 'error', run: () => void): unknown } }
  request: IncomingMessage
  /** it hears nothing more from now on */
  close(): void
  once(event: 'close', run: () => void): unknown
}

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
  const { http, core, auth, pace, limits, rule, log, operator, meter, health, proofMs } = options
  const now = () => performance.now()
  const delivery = createDelivery({
    live: core.live,
    now,
    meter,
    trouble: health.trouble,
    ...(proofMs === undefined ? {} : { proofMs }),
  })
  const seats = createSeats()
  /** those that were closed for what they said */
  const ended = new WeakSet<Duplex>()
  const crowd = createCrowd(limits.scopes)
  const limitIntake = createIntake(limits.messages, now)
  const turnedAway = (request: IncomingMessage, code: RefusalCode, who: string | null = null) =>
    operator.refused({ what: 'connect', who, address: addressOf(request, rule) }, [{ code }])
  const io: Io = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: MESSAGE_BYTES,
    pingInterval: PING_MS,
    connectTimeout: limits.arrivalMs,
    // runs before anything is accepted: a foreign page or a stranger never gets a socket
    allowRequest: (request, answer) => {
      const refuse = (code: RefusalCode, who: string | null = null) => {
        turnedAway(request, code, who)
        answer(code, false)
      }
      if (hostFault(request, rule) !== null) return refuse('host.unknown')
      if (!isOwnOrigin(request, rule)) return refuse('origin.foreign')
      admit(request).then(
        ({ code, who }) => (code === null ? answer(null, true) : refuse(code, who)),
        (error: unknown) => {
          log.error({ err: error }, 'handshake failed')
          answer('server.failed', false)
        },
      )
    },
  })

  // engine.io makes the library below it anew whenever the server begins to listen, without these options of its
  http.on('listening', () => {
    const { ws } = io.engine as unknown as { ws: { options: object } }
    // of each connection one message in a turn: whoever says much at once keeps nobody waiting who says little
    Object.assign(ws.options, { maxFragments: FRAGMENTS, allowSynchronousEvents: false })
  })
  io.engine.on('connection', (conn: Connection) => {
    const { socket } = conn.request
    const line = conn.transport.socket
    // who does not say goodbye is not waited for
    conn.once('close', () => setTimeout(() => line.terminate(), GOODBYE_MS).unref())
    const end = () => {
      ended.add(socket)
      conn.close()
      line.terminate()
    }
    line.on('error', () => void ended.add(socket))
    limitIntake(line, { unread: () => socket.writableLength, end })
  })

  /** Whose it is, and why it may not connect; with null it may, which counts from now on. */
  async function admit(request: IncomingMessage): Promise<{ code: RefusalCode | null; who: string | null }> {
    const from = addressOf(request, rule)
    const who = await whoByCookie(auth, core, request, rule)
    if (who === null) return { code: 'may.signIn', who: null }
    const { session, member, address } = limits.sockets
    const person = `member ${who.actor.id}`
    // nobody is kept out by what others have from the same address
    const most = seats.taken(person) < FEW ? Infinity : address
    const leaveAddress = seats.take([{ name: `address ${from}`, most }])
    const leave = seats.take([
      { name: `session ${who.session.hash}`, most: session + SPARE },
      { name: person, most: member },
    ])
    const gone = () => {
      leaveAddress?.()
      setTimeout(() => leave?.(), ended.has(request.socket) ? KEPT_MS : 0).unref()
    }
    if (leaveAddress === null || leave === null) {
      gone()
      return { code: 'auth.tooMany', who: who.actor.id }
    }
    if (request.socket.destroyed) gone()
    else request.socket.once('close', gone)
    return { code: null, who: who.actor.id }
  }

  io.use((socket, next) => {
    whoByCookie(auth, core, socket.request, rule).then((who) => {
      if (who === null) return next(new Error('may.signIn'))
      const { member } = socket.handshake.auth as { member?: unknown }
      // a page acts for nobody but the person that it was opened by
      if (member !== undefined && member !== who.actor.id) return next(new Error('session.other'))
      const { hash } = who.session
      if ((io.of('/').adapter.rooms.get(sessionRoom(hash))?.size ?? 0) >= limits.sockets.session) {
        turnedAway(socket.request, 'auth.tooMany', who.actor.id)
        return next(new Error('auth.tooMany'))
      }
      Object.assign(socket.data, { session: hash, address: addressOf(socket.request, rule) })
      // at once, so that many that come together are counted
      void socket.join([sessionRoom(hash), memberRoom(who.actor.id)])
      return next()
    }, next)
  })

  io.on('connection', (socket) => {
    const { session, address } = socket.data
    attach(socket, readerOf(socket), { core, auth, pace, delivery, crowd, now, log, operator })
    // a connection that has left is not kept
    socket.once('disconnect', () => socket.conn.close())
    // a session that ended during the handshake did not find the socket in its room
    whoBySession(auth, core, session, address).then(
      (who) => who ?? end(session),
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
      auth.sessions
        .byHash(data.session, data.address)
        .catch((error: unknown) => log.error({ err: error }, 'session not looked up'))
  }, ALIVE_MS)
  alive.unref()
  const offEnded = auth.sessions.onEnded((hashes) => hashes.forEach(end))
  let told = health.trouble()
  const offHealth = health.onChange(() => {
    const before = told
    told = health.trouble()
    if (told !== before) delivery.proveAll()
  })
  const offLive = core.live.on({
    flushed: (patches) => delivery.flushed(patches),
    memberEnded: (member) => {
      auth.sessions.endMember(member).catch((error: unknown) => log.error({ err: error }, 'sessions not ended'))
    },
    tasksChanged: (member) => void io.to(memberRoom(member)).emit('tasksChanged'),
  })

  return {
    sockets: () => io.sockets.sockets.size,
    watchers: () => delivery.watchers(),
    leave: () => void io.emit('closing'),
    close: async () => {
      clearInterval(alive)
      offEnded()
      offLive()
      offHealth()
      delivery.stop()
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

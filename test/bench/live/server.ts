/** A process that is measured: our server on the simulated city, or plain Socket.IO that hands everybody what it is sent. */
import { subscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pino } from 'pino'
import { Server } from 'socket.io'
import { buildServer } from '../../../server/build.ts'
import { DEFAULTS } from '../../../server/config.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import { answer } from './calls.ts'

export interface StartOurs {
  data: string
  programme: Programme
  /** ms since epoch at which its clock begins */
  end: number
  members: string[]
  /** sessions of the first of them, for those who watch */
  sessions: number
}

export interface Started {
  url: string
  /** `Cookie` header of each member asked for; empty for the peer */
  cookies: string[]
  /** of those who watch, a part of them each; empty for the peer */
  watching: string[]
  scopes: string[]
  streets: string[]
  today: string
  counters: string[]
}

export interface Load {
  /** µs of processor time so far, all threads */
  cpu: number
  /** bytes of heap and of buffers, after garbage collection */
  memory: number
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Connections as they came, by the port of their other end. */
const connections = new Map<number, Socket>()
subscribe('net.server.socket', (message) => {
  const { socket } = message as { socket: Socket }
  connections.set(socket.remotePort!, socket)
})

/** What Engine.IO has not handed to the connection yet; it shows that to nobody, so it is looked for where it is kept. */
interface Engine {
  request: { socket: Socket }
  writeBuffer: { data?: string | Buffer; options?: { wsPreEncodedFrame?: Buffer[] } }[]
}
const engines = new Map<number, Engine>()
const { onconnection } = Server.prototype as unknown as { onconnection(this: Server, engine: Engine): unknown }
Object.assign(Server.prototype, {
  onconnection(this: Server, engine: Engine) {
    engines.set(engine.request.socket.remotePort!, engine)
    return onconnection.call(this, engine)
  },
})
const queued = ({ writeBuffer }: Engine): number =>
  writeBuffer.reduce((sum, { data, options }) => {
    const frames = options?.wsPreEncodedFrame
    return sum + (frames === undefined ? (data?.length ?? 0) : frames.reduce((n, frame) => n + frame.length, 0))
  }, 0)

const MANY = 1_000_000

answer({
  async ours({ data, programme, end, members, sessions }: StartOurs): Promise<Started> {
    const started = Date.now()
    const server = await buildServer({
      config: { ...DEFAULTS, port: 0, host: '127.0.0.1', data, logLevel: 'silent' },
      programme,
      clock: () => new Date(end + (Date.now() - started)),
      authClock: () => new Date(),
      scheduler: false,
      // one person stands for a thousand
      limits: {
        commands: { burst: MANY, perSecond: MANY, together: MANY },
        messages: { burst: MANY, perSecond: MANY },
        sockets: { session: 64, member: MANY, address: MANY },
        connections: MANY,
      },
      log: pino({ level: 'silent' }),
    })
    const { units, programme: open } = server.core.setting()!
    const today = server.core.now().today!
    const signIn = async (member: string) => `sid=${await server.auth.sessions.create(member)}`
    return {
      url: `http://127.0.0.1:${server.port}`,
      cookies: await Promise.all(members.map(signIn)),
      watching: await Promise.all(Array.from({ length: sessions }, () => signIn(members[0]!))),
      scopes: [`unit:${units.root}`, 'programme', 'issues'],
      streets: units.leaves(units.root).filter((street) => units.startsOn(street) <= today),
      today,
      counters: open.counters.map((counter) => counter.key),
    }
  },

  async peer(): Promise<Started> {
    const http = createServer()
    // those who have stopped reading are kept
    const pingTimeout = 600_000
    const io = new Server(http, {
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      pingTimeout,
    })
    io.on('connection', (socket) =>
      socket.on('report', (row: unknown, done: (ok: boolean) => void) => {
        io.emit('row', row)
        done(true)
      }),
    )
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    const { port } = http.address() as AddressInfo
    const nothing = { cookies: [], watching: [], scopes: [], streets: [], today: '', counters: [] }
    return { url: `http://127.0.0.1:${port}`, ...nothing }
  },

  load(): Load {
    const { user, system } = process.cpuUsage()
    for (let i = 0; i < 2; i++) collect()
    const { heapUsed, external } = process.memoryUsage()
    return { cpu: user + system, memory: heapUsed + external }
  },

  cpu(): number {
    const { user, system } = process.cpuUsage()
    return user + system
  },

  /** Fills the network towards those ports, so that whatever is written from now on waits in this process. */
  async fill(ports: number[]): Promise<void> {
    for (const port of ports) {
      const socket = connections.get(port)!
      // unreadable, but nobody reads
      while (socket.writableLength === 0) {
        socket.write(Buffer.alloc(4_096))
        await new Promise((done) => setImmediate(done))
      }
    }
  },

  /** Bytes that wait in this process for those ports; null for one that has been closed. */
  waiting: (ports: number[]): (number | null)[] =>
    ports.map((port) => {
      const socket = connections.get(port)
      const engine = engines.get(port)
      if (socket === undefined || socket.destroyed || engine === undefined) return null
      return socket.writableLength + queued(engine)
    }),
})

/** A real server on a port of its own and a file of its own, and clients that speak to it as browsers and programs do. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Actor } from '../../shared/policy.ts'
import type { ClientToServer, ServerToClient, WatchAnswer } from '../../shared/protocol/socket.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { type BuildOptions, buildServer, type RunningServer } from '../../server/build.ts'
import { type Config, DEFAULTS } from '../../server/config.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { newId, PEOPLE } from './core.ts'
import { tinyProgramme } from './programme.ts'

/** 10:00 in Shanghai on a Thursday: 2008-01-10 begins by itself. */
export const MORNING = new Date('2008-01-10T02:00:00Z')
export const PASSWORD = 'correct horse battery'

export interface Reply {
  status: number
  headers: Headers
  // tests look into bodies of every shape
  body: Record<string, unknown>
  text: string
}

export interface SendOptions {
  /** sent as JSON; a string is sent as it is */
  body?: unknown
  headers?: Record<string, string>
}

export type Live = Socket<ServerToClient, ClientToServer>

/** Somebody with a session, or without one. */
export interface Client {
  /** session's part of the `Cookie` header; '' when not signed in */
  cookie: string
  /** the same of the browser; '' when nobody has signed in from it */
  device: string
  send(method: string, path: string, options?: SendOptions): Promise<Reply>
  get(path: string): Promise<Reply>
  post(path: string, body: unknown): Promise<Reply>
  command<K extends CommandKind>(kind: K, data: CommandData<K>, id?: string): Promise<Answer>
  /** connects; rejects when the handshake is refused */
  socket(headers?: Record<string, string>): Promise<Live>
}

export interface TestServer {
  server: RunningServer
  url: string
  /** path of its log and accounts */
  file: string
  /** what the server takes the time to be */
  clock: { now: Date }
  /** nobody's client */
  stranger(): Client
  /** signed in without a password */
  as(actor: Actor): Promise<Client>
  /** gives the member an account with `PASSWORD` */
  account(actor: Actor, login: string): Promise<void>
  /** stops and starts on the same file */
  restart(): Promise<void>
  close(): Promise<void>
}

export type StartOptions = Partial<Omit<BuildOptions, 'programme' | 'clock' | 'config'>> & {
  config?: Partial<Config>
  programme?: Partial<Programme>
  /** adds the people of `PEOPLE`; true unless told */
  people?: boolean
}

export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const { people = true, programme, config: settings = {}, ...build } = options
  const dir = await mkdtemp(join(tmpdir(), 'rollout-'))
  const clock = { now: MORNING }
  const config: Config = {
    ...DEFAULTS,
    port: 0,
    host: '127.0.0.1',
    data: join(dir, 'r.db'),
    logLevel: 'silent',
    ...settings,
  }
  const sid = config.origin?.startsWith('https:') === true ? '__Host-sid' : 'sid'
  const urlOf = () => `http://127.0.0.1:${server.port}`
  const start = () =>
    buildServer({
      tickMs: 5,
      proofMs: 50,
      ...build,
      config,
      programme: tinyProgramme(programme),
      clock: () => clock.now,
    })
  let server = await start()
  const test: TestServer = {
    server,
    url: urlOf(),
    file: config.data,
    clock,
    stranger: () => createClient(async () => test.url, ''),
    as: async (actor) => createClient(async () => test.url, `${sid}=${await server.auth.sessions.create(actor.id)}`),
    account: async (actor, login) => {
      const { id: by, unit } = actor
      const token = await server.auth.invitations.create({ name: actor.name, role: 'viewer', unit, by })
      const invitation = await server.auth.invitations.byToken(token)
      await server.auth.invitations.redeem(invitation!.id, {
        member: actor.id,
        login,
        password: await hashPassword(PASSWORD),
      })
    },
    restart: async () => {
      await server.close()
      server = await start()
      test.server = server
      test.url = urlOf()
    },
    close: async () => {
      await server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
  if (people) await addPeople(server)
  return test
}

async function addPeople({ core }: RunningServer): Promise<void> {
  for (const { id, name, role, unit } of PEOPLE) {
    const data = { member: id, name, role, unit }
    const answer = await core.dispatch({ id: newId(), kind: 'AddMember', data }, SYSTEM)
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  }
}

/** A client of the server at that address. */
export function createClient(url: () => Promise<string>, cookie: string): Client {
  const cookies = () => [client.cookie, client.device].filter((part) => part !== '').join('; ')
  const client: Client = {
    cookie,
    device: '',
    send: async (method, path, { body, headers = {} } = {}) => {
      const response = await fetch((await url()) + path, {
        method,
        headers: {
          ...(cookies() === '' ? {} : { cookie: cookies() }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      for (const set of response.headers.getSetCookie()) {
        const part = set.split(';')[0]!
        client[/^(__Host-)?sid=/.test(part) ? 'cookie' : 'device'] = part.endsWith('=') ? '' : part
      }
      const text = await response.text()
      const json = response.headers.get('content-type')?.startsWith('application/json') === true
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : {}, text }
    },
    get: (path) => client.send('GET', path),
    post: (path, body) => client.send('POST', path, { body }),
    command: async (kind, data, id = newId()) =>
      (await client.post('/api/v1/commands', { id, kind, data })).body as unknown as Answer,
    socket: async (headers = {}) => {
      const address = await url()
      return new Promise((resolve, reject) => {
        const socket: Live = io(address, {
          transports: ['websocket'],
          reconnection: false,
          forceNew: true,
          extraHeaders: { ...(client.cookie === '' ? {} : { cookie: client.cookie }), ...headers },
        })
        socket.once('connect', () => resolve(socket))
        socket.once('connect_error', (error) => {
          socket.close()
          reject(error)
        })
      })
    },
  }
  return client
}

/** Refusal codes of a body or an answer; empty when there are none. */
export const codes = (body: unknown): string[] =>
  ((body as { refusals?: { code: string }[] }).refusals ?? []).map((r) => r.code)

/** Asks to watch a scope. */
export const watch = (socket: Live, scope: string, since = 0): Promise<WatchAnswer> =>
  socket.timeout(5_000).emitWithAck('watch', scope, since)

/** Sends an event of any shape; rejects when there is no answer within 5 s. */
export const emitRaw = (socket: Live, event: string, ...args: unknown[]): Promise<unknown> =>
  (socket as unknown as Socket).timeout(5_000).emitWithAck(event, ...args)

/** Resolves when the socket is closed by the other end; rejects after `ms`. */
export function closed(socket: Live, ms = 10_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`still open after ${ms} ms`)), ms)
    socket.once('disconnect', () => {
      clearTimeout(late)
      resolve()
    })
  })
}

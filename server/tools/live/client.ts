/** A client of the live protocol: signs in over HTTP, watches and sends commands over WebSocket, as a browser does. */
import { setTimeout as sleep } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { io, type Socket } from 'socket.io-client'
import type { Answer, CommandData, CommandKind } from '../../../shared/command.ts'
import { API } from '../../../shared/protocol/api.ts'
import type { ClientToServer, ServerToClient, WatchAnswer } from '../../../shared/protocol/socket.ts'
import { applyPatch, type Patch, type Rows } from '../../../shared/view/patch.ts'
import type { WireRow } from '../../../shared/view/wire.ts'

export interface Client {
  /** rows of a scope, including the effects of this client's own commands; rejects when the server refuses or does not answer */
  rows(scope: string): Promise<Iterable<WireRow>>
  send<K extends CommandKind>(id: string, kind: K, data: CommandData<K>): Promise<Answer>
  close(): void
}

/** Number of scopes watched at the same time; the least recently used is dropped first. */
const SCOPES = 12
const PATIENCE_MS = 10_000

interface Watched {
  rows: Rows
  /** complete up to this seq */
  at: number
}

/** Resolves when connected; rejects when the server refuses. */
export async function openClient(url: string, login: string, password: string): Promise<Client> {
  const cookie = await signIn(url, login, password)
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
  })
  const scopes = new Map<string, Watched>()
  /** seq of the last answer to a command */
  let done = 0

  /** Asks for the changes since `watched.at`. */
  async function watch(scope: string, watched: Watched): Promise<void> {
    const answer: WatchAnswer = await socket.timeout(PATIENCE_MS).emitWithAck('watch', scope, watched.at)
    if (!answer.ok) throw new Error(`watch ${scope}: ${answer.refusals.map((r) => r.code).join(', ')}`)
    apply(answer.patch)
  }

  function apply(patch: Patch): void {
    const watched = scopes.get(patch.scope)
    if (watched === undefined) return
    const applied = applyPatch(watched.rows, watched.at, patch)
    if (applied.ok) watched.at = applied.at
    else again(patch.scope, watched)
  }

  /** Asks again after a gap; a scope that cannot be fetched is fetched afresh when it is next needed. */
  function again(scope: string, watched: Watched): void {
    watch(scope, watched).catch(() => scopes.delete(scope))
  }

  async function rowsOf(scope: string): Promise<Iterable<WireRow>> {
    const known = scopes.get(scope)
    const watched = known ?? { rows: new Map(), at: 0 }
    scopes.delete(scope)
    scopes.set(scope, watched)
    for (const old of [...scopes.keys()].slice(0, -SCOPES)) {
      scopes.delete(old)
      socket.emit('unwatch', old)
    }
    if (known === undefined || watched.at < done)
      await watch(scope, watched).catch((error: unknown) => {
        scopes.delete(scope)
        throw error
      })
    return [...watched.rows.values()].map(({ row }) => row)
  }

  async function send<K extends CommandKind>(id: string, kind: K, data: CommandData<K>): Promise<Answer> {
    const answer = await insisting(() => socket.timeout(PATIENCE_MS).emitWithAck('command', { id, kind, data }))
    if (answer.ok) done = Math.max(done, answer.seq)
    return answer
  }

  socket.on('patch', apply)
  socket.on('packed', (bytes) => apply(JSON.parse(inflateRawSync(bytes).toString()) as Patch))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  // after a reconnection every scope asks for what it missed
  socket.on('connect', () => scopes.forEach((watched, scope) => again(scope, watched)))
  return {
    rows: rowsOf,
    send,
    close: () => socket.close(),
  }
}

/** Asks until there is an answer, as often as the server says that it is busy. */
export async function insisting(ask: () => Promise<Answer>): Promise<Answer> {
  let answer = await ask()
  for (let ms = waitFor(answer); ms !== null; ms = waitFor(answer)) {
    await sleep(ms)
    answer = await ask()
  }
  return answer
}

/** ms after which the server wants to be asked again; null when it has answered. */
function waitFor(answer: Answer): number | null {
  const ms = answer.ok ? undefined : answer.refusals.find((r) => r.code === 'command.busy')?.params?.ms
  return ms === undefined ? null : Number(ms)
}

async function signIn(url: string, login: string, password: string): Promise<string> {
  const response = await fetch(new URL(API.signIn.path, url), {
    method: API.signIn.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (!response.ok || cookie === undefined) throw new Error(`sign-in of ${login}: ${response.status}`)
  return cookie
}

/** A person's end of the live protocol: signs in over HTTP, watches and commands over WebSocket, like any browser. */
import { io, type Socket } from 'socket.io-client'
import type { Answer, CommandData, CommandKind } from '../../../shared/command.ts'
import { API } from '../../../shared/protocol/api.ts'
import type { ClientToServer, ServerToClient, WatchAnswer } from '../../../shared/protocol/socket.ts'
import { applyPatch, type Rows } from '../../../shared/view/patch.ts'

export interface Client {
  /** rows of the one scope that it watches, kept current */
  rows: Rows
  send<K extends CommandKind>(id: string, kind: K, data: CommandData<K>): Promise<Answer>
  close(): void
}

/** Resolves when the first rows are here; rejects when the server refuses. */
export async function openClient(url: string, login: string, password: string, scope: string): Promise<Client> {
  const cookie = await signIn(url, login, password)
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
  })
  const rows: Rows = new Map()
  let at = 0

  async function watch(): Promise<void> {
    const answer: WatchAnswer = await socket.timeout(10_000).emitWithAck('watch', scope, at)
    if (!answer.ok) throw new Error(`watch ${scope}: ${answer.refusals.map((r) => r.code).join(', ')}`)
    const applied = applyPatch(rows, at, answer.patch)
    if (applied.ok) at = applied.at
  }

  socket.on('patch', (patch) => {
    const applied = applyPatch(rows, at, patch)
    if (applied.ok) at = applied.at
    else void watch().catch(() => undefined)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  await watch()
  // from now on a new connection asks for what it missed
  socket.on('connect', () => void watch().catch(() => undefined))
  return {
    rows,
    send: (id, kind, data) => socket.timeout(10_000).emitWithAck('command', { id, kind, data }),
    close: () => socket.close(),
  }
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

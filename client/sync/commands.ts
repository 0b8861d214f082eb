/** Sending commands through the one outbox: by socket while connected, else by HTTP. */
import type { Answer } from '../../shared/command.ts'
import { MESSAGE_BYTES } from '../../shared/protocol/socket.ts'
import { type CommandVersions, newestVersion } from '../../shared/protocol/versions.ts'
import { callApi } from './api.ts'
import { deviceStorage } from './device.ts'
import { connection } from './live.ts'
import { createOutbox, type Waiting } from './outbox.ts'

/** ms to wait for an answer by socket, and by HTTP after that */
const ANSWER_MS = 8_000
/** bytes of a message around what it holds */
const ROOM_BYTES = 1_024
const LOST: Answer = { ok: false, refusals: [{ code: 'network.lost' }] }

/** A fresh command id. */
export function newId(): string {
  // randomUUID is missing on pages served over plain http
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

let taken: CommandVersions | null = null

/** Versions that the server takes, as it has last said. */
export function serverTakes(versions: CommandVersions): void {
  taken = versions
  outbox.flush()
}

/** The page's one outbox; `useOutbox` opens it for whoever is signed in. */
export const outbox = createOutbox({
  storage: deviceStorage,
  send: transmit,
  reachable,
  versionOf: newestVersion,
  taken: (kind) => taken?.[kind] ?? null,
  exclusive: async (name, run) => {
    // missing on pages served over plain http: two tabs may then send the same command, which has one effect
    if ('locks' in navigator) await navigator.locks.request(name, run)
    else await run()
  },
  newId,
  now: () => Date.now(),
  later(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
})

/** Whoever has more to say than a message of the connection may hold uses HTTP. */
const isShort = (command: object): boolean =>
  new TextEncoder().encode(JSON.stringify(command)).length < MESSAGE_BYTES - ROOM_BYTES

async function reachable(): Promise<boolean> {
  if (connection.socket.connected) return true
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ANSWER_MS))
  return await Promise.race([callApi('session', {}).then(({ ok }) => ok), late])
}

async function transmit(command: Pick<Waiting, 'id' | 'kind' | 'data' | 'version'>): Promise<Answer> {
  const { socket } = connection
  if (socket.connected && isShort(command)) {
    try {
      return await socket.timeout(ANSWER_MS).emitWithAck('command', command)
    } catch {
      // no answer in time: the same id may be sent again
    }
  }
  const late = new Promise<Answer>((resolve) => setTimeout(() => resolve(LOST), ANSWER_MS))
  const answer = callApi('command', command).then((a): Answer => (a.ok ? a.value : { ok: false, refusals: a.refusals }))
  return await Promise.race([answer, late])
}

/** The two doors by which a command comes in, and connections that are cut while it does. */
import { io } from 'socket.io-client'
import type { Answer } from '../../shared/command.ts'
import type { Live } from './server.ts'

/** A command as it is sent, and may be sent again. */
export interface Sent {
  id: string
  kind: string
  data: unknown
}

export interface Door {
  /** `lost`: no answer came. The connection is cut `cutMs` after the command went out, when told, unless it is answered by then. */
  send(command: Sent, cutMs?: number): Promise<Answer | 'lost'>
  close(): void
}

/** ms after which an answer counts as lost */
const ANSWER_MS = 10_000

/** `cookie`: of the session. */
export function httpDoor(url: string, cookie: string): Door {
  return {
    async send(command, cutMs) {
      const cut = new AbortController()
      if (cutMs !== undefined) setTimeout(() => cut.abort(), cutMs)
      try {
        const response = await fetch(`${url}/api/v1/commands`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify(command),
          signal: AbortSignal.any([cut.signal, AbortSignal.timeout(ANSWER_MS)]),
        })
        return (await response.json()) as Answer
      } catch {
        return 'lost'
      }
    },
    close: () => undefined,
  }
}

/** Connects when something is to be sent, and again after it was cut. */
export function socketDoor(url: string, cookie: string): Door {
  const socket: Live = io(url, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true, autoConnect: false },
    extraHeaders: { cookie },
  })
  const ended = () =>
    new Promise<'lost'>((resolve) => {
      socket.once('disconnect', () => resolve('lost'))
      socket.once('connect_error', () => resolve('lost'))
    })
  return {
    async send(command, cutMs) {
      const lost = ended()
      if (!socket.connected) {
        socket.connect()
        if ((await Promise.race([new Promise((done) => socket.once('connect', () => done('open'))), lost])) === 'lost')
          return 'lost'
      }
      const answer = socket
        .timeout(ANSWER_MS)
        .emitWithAck('command', command)
        .catch(() => 'lost' as const)
      const cut = cutMs === undefined ? undefined : setTimeout(() => socket.io.engine.close(), cutMs)
      return Promise.race([answer, lost]).finally(() => clearTimeout(cut))
    },
    close: () => void socket.close(),
  }
}

/** What a connected client may say. Shapes are checked here, rights on every call, against the log as it is now. */
import type { Logger } from 'pino'
import type { Socket } from 'socket.io'
import type { Refusal } from '../../shared/errors.ts'
import type { ClientToServer, ServerToClient } from '../../shared/protocol/socket.ts'
import { line, parse, z } from '../../shared/schema.ts'
import type { Auth } from '../auth/auth.ts'
import { type Who, whoBySession } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import { scopeRoom } from './rooms.ts'

/** What is known of a socket from its handshake on. */
export interface SocketData {
  /** hash that names its session */
  session: string
}

type Client = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

interface Behind {
  core: Core
  auth: Auth
  log: Logger
}

/** Scopes that one socket may watch. */
const SCOPES = 64
/** Commands of one socket that may be waiting for their commit. */
const WAITING = 256

const watchInput = z.strictObject({ scope: line, since: z.number().int().min(0) })

type Refused = { ok: false; refusals: Refusal[] }
const no = (...refusals: Refusal[]): Refused => ({ ok: false, refusals })

/** Listens to the socket until it closes. */
export function attach(socket: Client, { core, auth, log }: Behind): void {
  const watched = new Set<string>()
  let waiting = 0

  /** Runs for whoever the session says it is now, and answers in any case. */
  async function answered<A>(args: unknown[], run: (who: Who, args: unknown[]) => Promise<A> | A): Promise<void> {
    // whatever else is wrong with the arguments, the answer is the last of them; nobody waits without one
    const answer = args.at(-1)
    if (typeof answer !== 'function') return
    try {
      const who = await whoBySession(auth, core, socket.data.session)
      answer(who === null ? no({ code: 'may.signIn' }) : await run(who, args.slice(0, -1)))
    } catch (error) {
      log.error({ err: error }, 'live request failed')
      answer(no({ code: 'server.failed' }))
    }
  }

  function watch({ actor }: Who, [wanted, from]: unknown[]) {
    const input = parse(watchInput, { scope: wanted, since: from })
    if (!input.ok) return input
    const { scope, since } = input.value
    const refusals = core.mayWatch(actor, scope)
    if (refusals.length > 0) return no(...refusals)
    if (!watched.has(scope)) {
      if (watched.size >= SCOPES) return no({ code: 'input.tooMany', params: { max: SCOPES } })
      // gone while the session was looked up: nobody would close the scope again
      if (!socket.connected) return no({ code: 'network.lost' })
      watched.add(scope)
      core.live.open(scope)
      void socket.join(scopeRoom(scope))
    }
    const found = core.changes(actor, scope, since)
    return found.ok ? { ok: true as const, patch: found.value } : found
  }

  async function command({ actor }: Who, args: unknown[]) {
    if (args.length !== 1) return no({ code: 'input.invalid' })
    if (waiting >= WAITING) return no({ code: 'command.busy', params: { ms: 1_000 } })
    waiting++
    try {
      return await core.dispatch(args[0], actor)
    } finally {
      waiting--
    }
  }

  function leave(scope: string): void {
    if (!watched.delete(scope)) return
    core.live.close(scope)
    void socket.leave(scopeRoom(scope))
  }

  socket.on('watch', (...args: unknown[]) => void answered(args, watch))
  socket.on('command', (...args: unknown[]) => void answered(args, command))
  socket.on('unwatch', (scope: unknown) => {
    if (typeof scope === 'string') leave(scope)
  })
  socket.on('disconnect', () => {
    for (const scope of watched) leave(scope)
  })
}

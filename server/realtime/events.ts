/** What a connected client may say. Who may is asked for every event, against the log as it is now. */
import type { Logger } from 'pino'
import type { Socket } from 'socket.io'
import { type Access, mayEnter } from '../../shared/policy.ts'
import { type ClientToServer, type ServerToClient, SOCKET_EVENTS } from '../../shared/protocol/socket.ts'
import type { Auth } from '../auth/auth.ts'
import { type Who, whoBySession } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import type { Pace } from '../core/pace.ts'
import { commandName, type Operator, scopeName } from '../operator.ts'
import type { Crowd } from './crowd.ts'
import type { Delivery, Reader } from './delivery.ts'
import { limitRate } from './rate.ts'
import { busy, createWatching, no, type Refused, SCOPES } from './watching.ts'

/** What is known of a socket from its handshake on. */
export interface SocketData {
  /** hash that names its session */
  session: string
  /** of the person's machine */
  address: string
}

export type Client = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export interface Behind {
  core: Core
  auth: Auth
  pace: Pace
  delivery: Delivery
  crowd: Crowd
  /** ms of the clock that stamps proofs */
  now: () => number
  log: Logger
  operator: Operator
}

/** Does what an event asks for, of who is known wherever the event is not open; undefined = there is no answer. */
type Handler = (args: unknown[], who: Who | null) => unknown

/** Commands of one socket that may be waiting for their commit. */
const WAITING = 64
/** Questions that are no commands: a page that comes back asks for each of its scopes at once. */
const QUESTIONS = { burst: 4 * SCOPES, perSecond: 16 }

const isRefused = (reply: unknown): reply is Refused =>
  typeof reply === 'object' && reply !== null && (reply as Partial<Refused>).ok === false

/** What somebody wanted, for the operator; of a stranger's words nothing is repeated. */
function nameOf(event: keyof ClientToServer, who: Who | null, [first]: unknown[]): string {
  if (event === 'command') return commandName(first)
  return event === 'watch' && who !== null ? scopeName(first) : event
}

/** Listens to the socket until it closes. */
export function attach(socket: Client, reader: Reader, behind: Behind): void {
  const { core, auth, pace, delivery, crowd, now, log, operator } = behind
  const { session, address } = socket.data
  const mayAsk = limitRate(QUESTIONS.burst, QUESTIONS.perSecond, now)
  const watching = createWatching({ socket, reader, core, delivery, mayAsk, crowd })
  let waiting = 0

  async function command(args: unknown[], { actor }: Who) {
    if (args.length !== 1) return no({ code: 'input.invalid' })
    if (waiting >= WAITING) return busy
    waiting++
    try {
      return await pace.dispatch(args[0], actor)
    } finally {
      waiting--
    }
  }

  const handlers: Record<keyof ClientToServer, Handler> = {
    watch: (args, who) => watching.watch(who!.actor, args),
    unwatch: ([scope]) => watching.unwatch(scope),
    clock: () => (mayAsk() ? Math.round(now()) : undefined),
    command: (args, who) => command(args, who!),
  }

  async function hear(event: keyof ClientToServer, args: unknown[]): Promise<void> {
    const access = SOCKET_EVENTS[event]
    if (access === 'open') return void handlers[event](args, null)
    // whatever else is wrong with the arguments, the answer is the last of them; nobody waits without one
    const answer = args.at(-1)
    if (typeof answer !== 'function') return
    try {
      const who = await whoBySession(auth, core, session, address)
      const said = args.slice(0, -1)
      const reply = mayHear(access, who) ?? (await handlers[event](said, who))
      if (isRefused(reply))
        operator.refused({ what: nameOf(event, who, said), who: who?.actor.id ?? null, address }, reply.refusals)
      if (reply !== undefined) answer(reply)
    } catch (error) {
      log.error({ err: error }, 'live request failed')
      answer(no({ code: 'server.failed' }))
    }
  }

  function mayHear(access: Access, who: Who | null): Refused | null {
    if (who === null) return no({ code: 'may.signIn' })
    const units = core.setting()?.units
    if (units === undefined) return no({ code: 'programme.notOpen' })
    return mayEnter(who.actor, access, units) ? null : no({ code: 'may.not' })
  }

  for (const event of Object.keys(SOCKET_EVENTS) as (keyof ClientToServer)[])
    socket.on(event, (...args: unknown[]) => void hear(event, args))
  socket.on('disconnect', watching.gone)
}

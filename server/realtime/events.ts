/** What a connected client may say. Shapes are checked here, rights on every call, against the log as it is now. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Socket } from 'socket.io'
import type { Refusal } from '../../shared/errors.ts'
import { mayEnter } from '../../shared/policy.ts'
import {
  type ClientToServer,
  type ServerToClient,
  SOCKET_EVENTS,
  type WatchAnswer,
} from '../../shared/protocol/socket.ts'
import { line, parse, z } from '../../shared/schema.ts'
import type { Auth } from '../auth/auth.ts'
import { type Who, whoBySession } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import { commandName, type Operator, scopeName } from '../operator.ts'
import type { Delivery } from './delivery.ts'
import { limitRate } from './rate.ts'
import { readerOf } from './reader.ts'

/** What is known of a socket from its handshake on. */
export interface SocketData {
  /** hash that names its session */
  session: string
}

export type Client = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

interface Behind {
  core: Core
  auth: Auth
  delivery: Delivery
  /** ms of the clock that stamps proofs */
  now: () => number
  log: Logger
  operator: Operator
  /** of the person's machine */
  address: string
}

/** Scopes that one socket may watch. */
const SCOPES = 64
/** Commands of one socket that may be waiting for their commit. */
const WAITING = 256
/** Questions that are no commands: a page that comes back asks for each of its scopes at once. */
const QUESTIONS = { burst: 4 * SCOPES, perSecond: 16 }
/** Answers that somebody does not read are not heaped up: above this many bytes a watch waits … */
const ROOM_BYTES = 32_768
/** … and above this many, whoever goes on asking is cut off. */
const CUT_BYTES = 262_144
const ROOM_LOOK_MS = 100

const watchInput = z.strictObject({ scope: line, since: z.number().int().min(0) })

/** Does what an event asks for; undefined = there is no answer. `isAsked` when somebody waits for one. */
type Handler = (who: Who, args: unknown[], isAsked: boolean) => unknown

type Refused = { ok: false; refusals: Refusal[] }
const no = (...refusals: Refusal[]): Refused => ({ ok: false, refusals })
const isRefused = (reply: unknown): reply is Refused =>
  typeof reply === 'object' && reply !== null && (reply as Partial<Refused>).ok === false
const busy: Refused = no({ code: 'command.busy', params: { ms: 1_000 } })

/** What somebody wanted, for the operator; of a stranger's words nothing is repeated. */
function nameOf(event: keyof ClientToServer, who: Who | null, [first]: unknown[]): string {
  if (event === 'command') return commandName(first)
  return event === 'watch' && who !== null ? scopeName(first) : event
}

/** Listens to the socket until it closes. */
export function attach(socket: Client, { core, auth, delivery, now, log, operator, address }: Behind): void {
  const reader = readerOf(socket)
  const mayAsk = limitRate(QUESTIONS.burst, QUESTIONS.perSecond, now)
  const watched = new Set<string>()
  /** scopes whose answer is on its way */
  const asking = new Set<string>()
  let waiting = 0

  /** Runs for whoever the session says it is now, and answers in any case. */
  async function hear(event: keyof ClientToServer, args: unknown[]): Promise<void> {
    // whatever else is wrong with the arguments, the answer is the last of them; nobody waits without one
    const last = args.at(-1)
    const answer = typeof last === 'function' ? (last as (answer: unknown) => void) : null
    if (reader.backlog() > CUT_BYTES) return reader.close()
    try {
      const who = await whoBySession(auth, core, socket.data.session)
      const denied = mayHear(event, who)
      const said = answer === null ? args : args.slice(0, -1)
      const reply = denied ?? (await handlers[event](who!, said, answer !== null))
      if (isRefused(reply)) {
        const asked = { what: nameOf(event, who, said), who: who?.actor.id ?? null, address }
        operator.refused(asked, reply.refusals)
      }
      if (reply !== undefined) answer?.(reply)
    } catch (error) {
      log.error({ err: error }, 'live request failed')
      answer?.(no({ code: 'server.failed' }))
    }
  }

  function mayHear(event: keyof ClientToServer, who: Who | null): Refused | null {
    if (who === null) return no({ code: 'may.signIn' })
    const units = core.setting()?.units
    if (units === undefined) return no({ code: 'programme.notOpen' })
    return mayEnter(who.actor, SOCKET_EVENTS[event], units) ? null : no({ code: 'may.not' })
  }

  async function watch(who: Who, [wanted, from]: unknown[]): Promise<WatchAnswer> {
    const input = parse(watchInput, { scope: wanted, since: from })
    if (!input.ok) return input
    const { scope, since } = input.value
    if (asking.has(scope) || !mayAsk()) return busy
    if (!watched.has(scope) && watched.size >= SCOPES) return no({ code: 'input.tooMany', params: { max: SCOPES } })
    asking.add(scope)
    try {
      await room()
      return await enter(who, scope, since)
    } finally {
      asking.delete(scope)
    }
  }

  /** Waits until what was sent before has been read, as good as all of it. */
  async function room(): Promise<void> {
    while (socket.connected && reader.backlog() > ROOM_BYTES) await sleep(ROOM_LOOK_MS)
  }

  async function enter({ actor }: Who, scope: string, since: number): Promise<WatchAnswer> {
    const found = await core.changes(actor, scope, since)
    if (!found.ok) return found
    // gone meanwhile: nobody would close the scope again
    if (!socket.connected) return no({ code: 'network.lost' })
    // in the turn of the answer, so that what follows adjoins it
    if (delivery.join(reader, scope, found.value.to)) watched.add(scope)
    return { ok: true, patch: found.value }
  }

  async function command({ actor }: Who, args: unknown[]) {
    if (args.length !== 1) return no({ code: 'input.invalid' })
    if (waiting >= WAITING) return busy
    waiting++
    try {
      return await core.dispatch(args[0], actor)
    } finally {
      waiting--
    }
  }

  function unwatch(_: Who, [scope]: unknown[]): void {
    if (typeof scope === 'string' && watched.delete(scope)) delivery.leave(reader, scope)
  }

  const handlers: Record<keyof ClientToServer, Handler> = {
    watch: (who, args, isAsked) => (isAsked ? watch(who, args) : undefined),
    unwatch,
    clock: () => (mayAsk() ? Math.round(now()) : undefined),
    command: (who, args, isAsked) => (isAsked ? command(who, args) : undefined),
  }
  for (const event of Object.keys(SOCKET_EVENTS) as (keyof ClientToServer)[])
    socket.on(event, (...args: unknown[]) => void hear(event, args))
  socket.on('disconnect', () => delivery.gone(reader))
}

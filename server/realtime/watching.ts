/** The scopes that one socket watches. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { WatchAnswer } from '../../shared/protocol/socket.ts'
import { line, parse, z } from '../../shared/schema.ts'
import type { Core } from '../core/core.ts'
import type { Crowd } from './crowd.ts'
import type { Delivery, Reader } from './delivery.ts'
import type { Allow } from './rate.ts'

export interface Watching {
  watch(actor: Actor, args: unknown[]): Promise<WatchAnswer>
  unwatch(scope: unknown): void
  /** the socket has closed */
  gone(): void
}

export interface WatchingOptions {
  socket: { readonly connected: boolean }
  reader: Reader
  core: Pick<Core, 'changes'>
  delivery: Pick<Delivery, 'join' | 'leave' | 'gone'>
  mayAsk: Allow
  crowd: Crowd
}

export type Refused = { ok: false; refusals: Refusal[] }
export const no = (...refusals: Refusal[]): Refused => ({ ok: false, refusals })
export const busy: Refused = no({ code: 'command.busy', params: { ms: 1_000 } })

/** Scopes that one socket may watch. */
export const SCOPES = 64
/** Answers that somebody does not read are not heaped up: above this many bytes a watch waits. */
const ROOM_BYTES = 32_768
const ROOM_LOOK_MS = 100

const watchInput = z.strictObject({ scope: line, since: z.number().int().min(0) })

export function createWatching({ socket, reader, core, delivery, mayAsk, crowd }: WatchingOptions): Watching {
  /** by scope, whose it is: a socket is one person's for all its life */
  const watched = new Map<string, string>()
  /** scopes whose answer is on its way */
  const asking = new Set<string>()

  /** Waits until what was sent before has been read, as good as all of it. */
  async function room(): Promise<void> {
    while (socket.connected && reader.backlog() > ROOM_BYTES) await sleep(ROOM_LOOK_MS)
  }

  async function enter(actor: Actor, scope: string, since: number): Promise<WatchAnswer> {
    const found = await core.changes(actor, scope, since)
    if (!found.ok) return found
    // gone meanwhile: nobody would close the scope again
    if (!socket.connected) return no({ code: 'network.lost' })
    // in the turn of the answer, so that what follows adjoins it
    if (delivery.join(reader, scope, found.value.to)) {
      watched.set(scope, actor.id)
      crowd.opened(actor.id, scope)
    }
    return { ok: true, patch: found.value }
  }

  return {
    async watch(actor, [wanted, from]) {
      const input = parse(watchInput, { scope: wanted, since: from })
      if (!input.ok) return input
      const { scope, since } = input.value
      if (asking.has(scope) || asking.size >= SCOPES || !mayAsk()) return busy
      const coming = [...asking].filter((other) => !watched.has(other)).length
      if (!watched.has(scope) && watched.size + coming >= SCOPES)
        return no({ code: 'input.tooMany', params: { max: SCOPES } })
      if (!watched.has(scope) && !crowd.mayOpen(actor.id, scope)) return busy
      asking.add(scope)
      try {
        await room()
        return await enter(actor, scope, since)
      } finally {
        asking.delete(scope)
      }
    },
    unwatch(scope) {
      if (typeof scope !== 'string') return
      const member = watched.get(scope)
      if (member === undefined) return
      watched.delete(scope)
      crowd.closed(member, scope)
      delivery.leave(reader, scope)
    },
    gone() {
      for (const [scope, member] of watched) crowd.closed(member, scope)
      watched.clear()
      delivery.gone(reader)
    },
  }
}

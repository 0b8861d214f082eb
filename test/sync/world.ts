/** A feed on a server that the test writes by hand, and a network that loses, repeats and reorders as told. */
import { createFeed, type Feed, type ScopeState, type TransportListener } from '../../client/sync/feed.ts'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { WatchAnswer } from '../../shared/protocol/socket.ts'
import type { Patch, Proof } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { createRowLog } from './rowLog.ts'

/** A server that holds one history of rows, and a network that can be cut. */
export function world() {
  const log = createRowLog()
  const calls: string[] = []
  let listener: TransportListener | undefined
  let up = true
  let refusal: Refusal | undefined
  let clock = 0
  /** loads begun while it is true are never answered */
  let swallow = false
  const waiting: { at: number; go: () => void }[] = []

  const server = {
    calls,
    /** writes without telling */
    write: (key: string, word: string) => log.write(key, word),
    remove: (key: string) => log.remove(key),
    log,
    hear: (patch: Patch) => listener!.patch(patch),
    hearProof: (proof: Proof) => listener!.proof(proof, proof.sent),
    /** the patch of everything after `since` */
    patch: (scope: string, since: number) => listener!.patch(log.changes(scope, since)),
    makeProof(scopes: string | string[], wrong: { seq?: number; digest?: string; sent?: number } = {}): Proof {
      const { seq = log.seq(), digest = log.digest(), sent = clock } = wrong
      return { sent, next: 5_000, heads: [scopes].flat().map((scope) => [scope, seq, digest]) }
    },
    proof(scopes: string | string[], wrong: { seq?: number; digest?: string; sent?: number } = {}) {
      server.hearProof(server.makeProof(scopes, wrong))
    },
    forbid: (r: Refusal | undefined) => (refusal = r),
    swallow: (on: boolean) => (swallow = on),
    forget: () => log.forget(),
    cut() {
      up = false
      listener!.disconnected()
    },
    join() {
      up = true
      listener!.connected()
    },
    rows: () => log.rows(),
    async pass(ms: number) {
      clock += ms
      for (let due; (due = waiting.findIndex((w) => w.at <= clock)) >= 0;) {
        waiting.splice(due, 1)[0]!.go()
        await settle()
      }
    },
  }
  const feed = createFeed(
    {
      connected: () => up,
      async changes(scope, since): Promise<Result<Patch>> {
        calls.push(`changes ${scope} ${since}`)
        await (swallow ? new Promise(() => undefined) : Promise.resolve())
        if (refusal !== undefined) return { ok: false, refusals: [refusal] }
        return { ok: true, value: log.changes(scope, since) }
      },
      async watch(scope, since): Promise<WatchAnswer> {
        calls.push(`watch ${scope} ${since}`)
        await Promise.resolve()
        if (!up) throw new Error('lost')
        return { ok: true, patch: log.changes(scope, since) }
      },
      unwatch: (scope) => void calls.push(`unwatch ${scope}`),
      on(l) {
        listener = l
        return () => (listener = undefined)
      },
    },
    { now: () => clock, wait: (ms) => new Promise((go) => waiting.push({ at: clock + ms, go })) },
  )
  return { server, feed }
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

type Seen = Omit<ScopeState, 'rows'> & { rows: Map<string, WireRow> }

/** Opens a scope and keeps what its watcher was last told. */
export function look(feed: Feed, scope: string) {
  const seen = { calls: 0, state: undefined as Seen | undefined }
  const close = feed.open(scope, (state) => {
    seen.calls++
    seen.state = { ...state, rows: new Map([...state.rows].map(([key, { row }]) => [key, row])) }
  })
  return Object.assign(seen, { close })
}

/** The one arrow from log to page: rows of every watched scope, kept complete by patches and proven by digests. */
import type { Refusal, Result } from '../../shared/errors.ts'
import type { WatchAnswer } from '../../shared/protocol/socket.ts'
import { applyPatch, type Digest, emptyDigest, type Patch, type Proof, type Rows } from '../../shared/view/patch.ts'
import type { Row } from '../../shared/view/rows.ts'

/** What the feed needs of the network; a test can be one. */
export interface Transport {
  connected(): boolean
  /** rows that changed after `since`, by HTTP */
  changes(scope: string, since: number): Promise<Result<Patch>>
  /** joins the scope's room; rejects when the connection is lost before the answer */
  watch(scope: string, since: number): Promise<WatchAnswer>
  unwatch(scope: string): void
  /** returns unsubscribe */
  on(listener: TransportListener): () => void
}

export interface TransportListener {
  connected(): void
  disconnected(): void
  patch(patch: Patch): void
  proof(proof: Proof): void
}

/** A scope as it is held; `rows` is the feed's own map, which later patches change in place. */
export interface ScopeState {
  rows: ReadonlyMap<string, Row>
  seq: number
  /** the first load has arrived */
  ready: boolean
  /** why it may not be watched */
  refusals: readonly Refusal[]
}

export interface Proven {
  /** seq of the newest rows held */
  seq: number
  /** ms: the earliest moment at which a watched scope was last proven (or opened); null = nothing is watched */
  at: number | null
}

export interface Feed {
  /** watches until the returned function is called; one subscription per scope however many watch */
  open(scope: string, changed: (state: ScopeState) => void): () => void
  proven(): Proven
  /** after every proof, load, patch and loss of connection; returns unsubscribe */
  onProven(changed: () => void): () => void
}

export interface FeedOptions {
  now: () => number
  wait: (ms: number) => Promise<void>
}

interface Held extends ScopeState {
  rows: Rows
  digest: Digest
  /** ms; while nothing is loaded, when it was opened: nothing old is on the page then */
  provenAt: number
  watchers: Set<(state: ScopeState) => void>
  /** asking now, and whether to ask once more after that */
  asking: boolean
  again: boolean
  /** what is held is wrong: load from nothing */
  whole: boolean
  /** digests that differed one after another, and when the next reload may start */
  mismatches: number
  notBefore: number
  failures: number
}

const PASSING = new Set(['network.lost', 'server.failed', 'command.busy'])
const backoff = (failures: number) => Math.min(10_000, 500 * 2 ** Math.min(failures, 6))

export function createFeed(transport: Transport, { now, wait }: FeedOptions): Feed {
  const scopes = new Map<string, Held>()
  const listeners = new Set<() => void>()
  const stirred = () => listeners.forEach((l) => l())

  transport.on({
    connected: () => {
      for (const scope of scopes.keys()) void ask(scope)
    },
    disconnected: stirred,
    patch: (patch) => {
      const held = scopes.get(patch.scope)
      if (held?.ready) take(patch.scope, held, patch)
    },
    proof: (proof) => check(proof),
  })

  return {
    open(scope, changed) {
      const held = scopes.get(scope) ?? hold(scope)
      held.watchers.add(changed)
      if (held.ready || held.refusals.length > 0) changed(held)
      return () => {
        if (!held.watchers.delete(changed) || held.watchers.size > 0) return
        scopes.delete(scope)
        if (transport.connected()) transport.unwatch(scope)
        stirred()
      }
    },
    proven() {
      let seq = 0
      let at = Infinity
      for (const held of scopes.values()) {
        if (held.refusals.length > 0) continue
        seq = Math.max(seq, held.seq)
        at = Math.min(at, held.provenAt)
      }
      return { seq, at: at === Infinity ? null : at }
    },
    onProven(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }

  function hold(scope: string): Held {
    const held: Held = {
      ...{ rows: new Map(), seq: 0, ready: false, refusals: [], digest: emptyDigest(), provenAt: now() },
      ...{ watchers: new Set(), asking: false, again: false, whole: false, mismatches: 0, notBefore: 0, failures: 0 },
    }
    scopes.set(scope, held)
    void ask(scope)
    return held
  }

  /** Brings a scope up to date; calls that come while it runs make it run once more. */
  async function ask(scope: string): Promise<void> {
    const held = scopes.get(scope)
    if (held === undefined || held.refusals.length > 0) return
    held.again = true
    if (held.asking) return
    held.asking = true
    while (held.again && scopes.get(scope) === held) {
      held.again = false
      if (held.notBefore > now()) await wait(held.notBefore - now())
      const failed = !(await fetchOnce(scope, held).catch(() => false))
      held.failures = failed ? held.failures + 1 : 0
      // without a connection the next one asks; a first load does not need it
      if (failed && (transport.connected() || !held.ready)) {
        await wait(backoff(held.failures))
        held.again = true
      }
    }
    held.asking = false
  }

  /** First load by HTTP, then the room; false = try again later. */
  async function fetchOnce(scope: string, held: Held): Promise<boolean> {
    if (!held.ready || held.whole) {
      const whole = await transport.changes(scope, 0)
      if (scopes.get(scope) !== held) return true
      if (!whole.ok) return refused(held, whole.refusals)
      replace(held, whole.value)
    }
    if (!transport.connected()) return true
    const answer = await transport.watch(scope, held.seq)
    if (scopes.get(scope) !== held) {
      // closed while the answer was on its way: the server may have read the two in the other order
      if (!scopes.has(scope)) transport.unwatch(scope)
      return true
    }
    if (!answer.ok) return refused(held, answer.refusals)
    if (answer.patch.to < held.seq) {
      // another log than the one these rows came from
      held.whole = true
      held.again = true
      return true
    }
    take(scope, held, answer.patch)
    return true
  }

  function refused(held: Held, refusals: readonly Refusal[]): boolean {
    if (refusals.every((r) => PASSING.has(r.code))) return false
    forbid(held, refusals)
    return true
  }

  function forbid(held: Held, refusals: readonly Refusal[]): void {
    Object.assign(held, { rows: new Map(), ready: false, refusals, digest: emptyDigest(), seq: 0 })
    notify(held)
    stirred()
  }

  function replace(held: Held, patch: Patch): void {
    const digest = emptyDigest()
    for (const row of patch.rows) digest.add(row)
    Object.assign(held, { rows: new Map(patch.rows.map((r) => [r.key, r])), digest, seq: patch.to })
    Object.assign(held, { ready: true, whole: false })
    // the server's own rows at this moment; after a mismatch only a digest counts
    if (held.mismatches === 0) held.provenAt = now()
    notify(held)
    stirred()
  }

  function take(scope: string, held: Held, patch: Patch): void {
    const before = patch.to > held.seq ? patch.rows.map((r) => held.rows.get(r.key)) : []
    const applied = applyPatch(held.rows, held.seq, patch)
    if (!applied.ok) {
      void ask(scope)
      return
    }
    held.seq = applied.at
    if (applied.changed.length > 0) {
      for (const row of before) if (row !== undefined) held.digest.remove(row)
      for (const row of applied.changed) held.digest.add(row)
      notify(held)
    }
    stirred()
  }

  function check({ scope, seq, digest }: Proof): void {
    const held = scopes.get(scope)
    if (held === undefined || !held.ready || held.whole || seq < held.seq) return
    if (digest === held.digest.value()) {
      held.seq = seq
      held.provenAt = now()
      held.mismatches = 0
      stirred()
      return
    }
    if (seq === held.seq) {
      held.whole = true
      held.mismatches++
      // a difference that a reload does not mend must not become a stream of reloads
      held.notBefore = held.mismatches === 1 ? 0 : now() + backoff(held.mismatches)
    }
    void ask(scope)
  }

  function notify(held: Held): void {
    for (const changed of held.watchers) changed(held)
  }
}

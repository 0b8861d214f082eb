/** The one arrow from log to page: rows of every watched scope, kept complete by patches and proven by digests. */
import type { Refusal, Result } from '../../shared/errors.ts'
import type { WatchAnswer } from '../../shared/protocol/socket.ts'
import {
  applyPatch,
  digestOf,
  type Held,
  type Patch,
  type Proof,
  type Rows,
  type Trouble,
} from '../../shared/view/patch.ts'
import type { Shelf } from './shelf.ts'

/** What the feed needs of the network; a test can be one. */
export interface Transport {
  connected(): boolean
  /** rows that changed after `since`, by HTTP */
  changes(scope: string, since: number): Promise<Result<Patch>>
  /** watches the scope; rejects when the connection is lost before the answer */
  watch(scope: string, since: number): Promise<WatchAnswer>
  unwatch(scope: string): void
  /** returns unsubscribe */
  on(listener: TransportListener): () => void
}

/** What comes in, in the order in which it was sent. */
export interface TransportListener {
  connected(): void
  disconnected(): void
  patch(patch: Patch): void
  /** `sentAt`: ms of the page's clock, the earliest moment at which it can have been sent */
  proof(proof: Proof, sentAt: number): void
}

/** A scope as it is held; `rows` is the feed's own map, which later patches change in place. */
export interface ScopeState {
  rows: ReadonlyMap<string, Held>
  seq: number
  /** the first load has arrived */
  ready: boolean
  /** why it may not be watched; asked again with every new connection */
  refusals: readonly Refusal[]
}

/** How far the watched scopes are known to be as the server holds them. */
export interface Proven {
  /** line of the log up to which all that is watched is shown; 0 = nothing is yet */
  seq: number
  /** ms: the earliest moment at which a watched scope was last proven (or opened); null = nothing is watched */
  at: number | null
  /** ms: the earliest moment at which the next proof of a scope is due */
  due: number
  /** a digest differed, and no proof has come since */
  suspect: boolean
  /** what the last proof said of the server beside that; null = nothing */
  trouble: Trouble | null
}

export interface Feed {
  /** watches until the returned function is called; one subscription per scope however many watch */
  open(scope: string, changed: (state: ScopeState) => void): () => void
  proven(): Proven
  /** after every proof, load, patch and loss of connection; returns unsubscribe */
  onProven(changed: () => void): () => void
  /** keeps what is held on the device, as before the page goes */
  keep(): void
}

export interface FeedOptions {
  /** ms of a clock that only goes forward */
  now: () => number
  wait: (ms: number) => Promise<void>
  /** where rows outlive the page; nowhere when left out */
  shelf?: Pick<Shelf, 'load' | 'save'>
}

interface Watched extends ScopeState {
  rows: Rows
  /** ms; until the first proof when it was loaded, until then when it was opened: nothing old is on the page then */
  provenAt: number
  /** ms */
  dueAt: number
  watchers: Set<(state: ScopeState) => void>
  /** the server has answered on this connection, so its proofs name the scope */
  joined: boolean
  /** asking now, and whether to ask once more after that */
  asking: boolean
  again: boolean
  /** what is held is wrong: load from nothing */
  mustReload: boolean
  /** digests that differed one after another, and when the next reload may start */
  mismatches: number
  notBefore: number
  failures: number
  /** a proof was ahead and its rows differed: a patch may be missing; when asking has mended nothing, the rows are wrong */
  behind: 'asked' | 'answered' | null
  /** ms: when the load under way began; null = there is none */
  loading: number | null
  /** ms: when its rows were last kept on the device, as they were proven then */
  keptAt: number
  /** gives up the load under way, or ends the pause after a failure */
  hurry?: () => void
}

const PASSING = new Set(['network.lost', 'network.unreachable', 'server.failed', 'command.busy'])
const backoff = (failures: number) => Math.min(10_000, 500 * 2 ** Math.min(failures, 6))
/** ms within which the first proof follows a load */
const FIRST_PROOF_MS = 5_000
/** ms after which a load is taken for one that the network has swallowed, once there is a connection again */
const SWALLOWED_MS = 2_000
/** ms after which it is one in any case: a way through the network may be lost without a word while the connection lives on */
const UNANSWERED_MS = 60_000
/** ms without an answer after which what is on the device is shown, and between two times that rows are kept there */
const SLOW_MS = 3_000
const KEEP_MS = 10_000
const LOST: Result<Patch> = { ok: false, refusals: [{ code: 'network.lost' }] }

const isPassing = (refusals: readonly Refusal[]): boolean => refusals.every((r) => PASSING.has(r.code))

export function createFeed(transport: Transport, { now, wait, shelf }: FeedOptions): Feed {
  const scopes = new Map<string, Watched>()
  const listeners = new Set<() => void>()
  let trouble: Trouble | null = null
  const announce = () => listeners.forEach((l) => l())

  transport.on({
    connected: () => {
      for (const [scope, held] of scopes) {
        if (held.loading === null || now() - held.loading > SWALLOWED_MS) held.hurry?.()
        // what was refused may be there now, or the person be another
        void ask(scope, true)
      }
    },
    disconnected: () => {
      for (const held of scopes.values()) held.joined = false
      announce()
    },
    patch: (patch) => {
      const held = scopes.get(patch.scope)
      if (held?.ready === true) take(patch.scope, held, patch)
    },
    proof: (proof, sentAt) => {
      const named = new Set<string>()
      trouble = proof.trouble ?? null
      for (const [scope, seq, digest] of proof.heads) {
        named.add(scope)
        check(scope, seq, digest, sentAt, proof.next)
      }
      // the server does not know that it is watched: whatever the reason, asking mends it
      for (const [scope, held] of scopes) if (held.joined && !named.has(scope)) void ask(scope)
      announce()
    },
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
        announce()
      }
    },
    proven() {
      const proven: Proven = { seq: Infinity, at: null, due: Infinity, suspect: false, trouble }
      for (const held of scopes.values()) {
        if (held.refusals.length > 0) continue
        if (held.ready) proven.seq = Math.min(proven.seq, held.seq)
        proven.at = Math.min(proven.at ?? Infinity, held.provenAt)
        proven.due = Math.min(proven.due, held.dueAt)
        if (held.mismatches > 0) proven.suspect = true
      }
      return { ...proven, seq: proven.seq === Infinity ? 0 : proven.seq }
    },
    onProven(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    keep() {
      for (const [scope, held] of scopes) keep(scope, held)
    },
  }

  function hold(scope: string): Watched {
    const held: Watched = {
      ...{ rows: new Map(), seq: 0, ready: false, refusals: [], provenAt: now(), dueAt: now() + FIRST_PROOF_MS },
      ...{ watchers: new Set(), joined: false, asking: false, again: false, mustReload: false },
      ...{ mismatches: 0, notBefore: 0, failures: 0, behind: null, loading: null, keptAt: -Infinity },
    }
    scopes.set(scope, held)
    void ask(scope)
    if (shelf !== undefined) void wait(SLOW_MS).then(() => unshelve(scope, held))
    return held
  }

  /** Brings a scope up to date; calls that come while it runs make it run once more. What was refused stays so unless told. */
  async function ask(scope: string, evenRefused = false): Promise<void> {
    const held = scopes.get(scope)
    if (held === undefined || (held.refusals.length > 0 && !evenRefused)) return
    held.again = true
    if (held.asking) return
    held.asking = true
    while (held.again && scopes.get(scope) === held) {
      held.again = false
      if (held.notBefore > now()) await wait(held.notBefore - now())
      const failed = !(await fetchOnce(scope, held).catch(() => false))
      held.failures = failed ? held.failures + 1 : 0
      // without a connection the next one asks; a first load does not need it
      if (failed && held.failures > 0 && (transport.connected() || !held.ready)) {
        await new Promise<void>((go) => {
          held.hurry = go
          void wait(backoff(held.failures)).then(go)
        })
        held.again = true
      }
    }
    held.asking = false
  }

  /** First load by HTTP, then the live rows; false = try again later. */
  async function fetchOnce(scope: string, held: Watched): Promise<boolean> {
    if (!held.ready || held.mustReload) {
      const asked = now()
      const loaded = await load(scope, held)
      if (scopes.get(scope) !== held) return true
      if (!loaded.ok) {
        if (isPassing(loaded.refusals)) await unshelve(scope, held)
        return refused(held, loaded.refusals)
      }
      held.ready = true
      held.refusals = []
      held.mustReload = false
      // the server's own rows, no older than the question; after a mismatch only a digest counts
      if (held.mismatches === 0) prove(held, asked, FIRST_PROOF_MS)
      take(scope, held, { ...loaded.value, reset: true }, true)
    }
    if (!transport.connected()) return true
    const answer = await transport.watch(scope, held.seq)
    if (scopes.get(scope) !== held) {
      // closed while the answer was on its way: the server may have read the two in the other order
      if (!scopes.has(scope)) transport.unwatch(scope)
      return true
    }
    if (!answer.ok) return refused(held, answer.refusals)
    held.joined = transport.connected()
    if (answer.patch.to < held.seq && answer.patch.reset !== true) {
      // another log than the one these rows came from
      held.mustReload = true
      held.again = true
      return true
    }
    take(scope, held, answer.patch)
    if (held.behind !== null) held.behind = 'answered'
    return true
  }

  async function load(scope: string, held: Watched): Promise<Result<Patch>> {
    held.loading = now()
    try {
      return await new Promise<Result<Patch>>((done, lost) => {
        held.hurry = () => {
          // that is no failure to pause after
          held.failures = -1
          done(LOST)
        }
        transport.changes(scope, 0).then(done, lost)
        void wait(UNANSWERED_MS).then(() => done(LOST))
      })
    } finally {
      held.loading = null
    }
  }

  function refused(held: Watched, refusals: readonly Refusal[]): boolean {
    if (isPassing(refusals)) return false
    Object.assign(held, { rows: new Map(), seq: 0, ready: false, refusals, mismatches: 0 })
    notify(held)
    announce()
    return true
  }

  /** What the device holds of a scope that the server has not given yet; it is proven anew, and loaded from nothing. */
  async function unshelve(scope: string, held: Watched): Promise<void> {
    const isWanted = () => scopes.get(scope) === held && !held.ready && held.refusals.length === 0
    const shelved = isWanted() ? ((await shelf?.load(scope)) ?? null) : null
    if (shelved === null || !isWanted()) return
    const { rows, seq, age } = shelved
    Object.assign(held, { ready: true, mustReload: true, provenAt: now() - age, dueAt: now() - age })
    take(scope, held, { scope, from: 0, to: seq, rows, reset: true }, true)
  }

  function keep(scope: string, held: Watched): void {
    if (!held.ready || held.mustReload || held.provenAt <= held.keptAt) return
    held.keptAt = held.provenAt
    const rows = [...held.rows.values()].map(({ row }) => row)
    void shelf?.save(scope, { rows, seq: held.seq, age: now() - held.provenAt })
  }

  function take(scope: string, held: Watched, patch: Patch, first = false): void {
    const applied = applyPatch(held.rows, held.seq, patch)
    if (!applied.ok) return void ask(scope)
    held.seq = applied.at
    if (first || applied.changed.length > 0 || applied.gone.length > 0) notify(held)
    announce()
  }

  function prove(held: Watched, at: number, next: number): void {
    if (at < held.provenAt) return
    held.provenAt = at
    held.dueAt = at + next
  }

  function check(scope: string, seq: number, digest: string, sentAt: number, next: number): void {
    const held = scopes.get(scope)
    if (held === undefined || !held.ready || held.mustReload || seq < held.seq) return
    if (digest === digestOf(held.rows)) {
      held.seq = seq
      held.mismatches = 0
      held.behind = null
      prove(held, sentAt, next)
      if (held.provenAt > held.keptAt + KEEP_MS) keep(scope, held)
      return
    }
    if (seq > held.seq && held.behind !== 'answered') held.behind = 'asked'
    else {
      held.behind = null
      held.mustReload = true
      held.mismatches++
      // a difference that a reload does not mend must not become a stream of reloads
      held.notBefore = held.mismatches === 1 ? 0 : now() + backoff(held.mismatches)
    }
    void ask(scope)
  }

  function notify(held: Watched): void {
    for (const changed of held.watchers) changed(held)
  }
}

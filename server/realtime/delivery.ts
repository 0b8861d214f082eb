/**
 * Who gets what: patches and proofs to everybody who watches, written in slices between which other work gets its turn.
 * Readers who watch the same scopes share every byte. One that does not drain gets nothing more until it does, then what
 * it has missed; one that does not drain for a minute is closed.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { PROOF_MS } from '../../shared/protocol/socket.ts'
import type { Trouble } from '../../shared/view/patch.ts'
import type { Live } from '../live/fanout.ts'
import type { Flushed } from '../live/scopes.ts'
import { patchFrames, proofFrame } from './frames.ts'

/** A connection, as far as delivery is concerned. */
export interface Reader {
  /** bytes that were written and that the network has not taken yet */
  backlog(): number
  /** whole frames */
  write(frames: Buffer): void
  close(): void
}

export interface Delivery {
  /** from now on the reader gets the patches of the scope, of which it has all up to `seq`; true when it did not before */
  join(reader: Reader, scope: string, seq: number): boolean
  leave(reader: Reader, scope: string): void
  /** leaves every scope */
  gone(reader: Reader): void
  /** watched scopes, each as often as readers watch it */
  watchers(): number
  /** Resolves when everything is written. One after the other, never two at once. */
  flushed(scopes: readonly Flushed[]): Promise<void>
  /** everybody gets a proof now: what it says beside the digests has changed */
  proveAll(): void
  stop(): void
}

export interface DeliveryOptions {
  live: Pick<Live, 'changesText' | 'open' | 'close' | 'scheduleFlush'>
  /** ms of a clock that only goes forward; proofs are stamped by it */
  now: () => number
  /** told of the bytes of each patch, and of what goes to each reader */
  meter?: { patched(bytes: number): void; sent(bytes: number): void }
  /** what readers have to know of the server, for the next proof */
  trouble?: () => Trouble | null
  /** ms within which a proof follows the one before it */
  proofMs?: number
}

/** Bytes of backlog, beyond what the network takes, above which a reader gets nothing more. */
const MOST_BYTES = 8_192
/** ms without draining after which a reader is closed */
const PATIENCE_MS = 60_000
/** ms of writing before others get their turn, and how many writes go by between two looks at the clock */
const SLICE_MS = 2
const LOOK_EVERY = 16
/** Share of its time after which a proof is followed by the next, so that none comes late. */
const EARLY = 0.95
/** ms after a change, at the most, until it is proven */
const PROVE_CHANGE_MS = 1_000
/** ms after a proof from which on the next goes along with a patch: that costs nothing like a write of its own */
const ALONG_MS = 500
/** ms from joining to the first proof; a page joins its scopes one after the other */
const FIRST_PROOF_MS = 50

/** Readers who watch the same scopes. */
interface Audience {
  scopes: readonly string[]
  seats: Set<Seat>
  provenAt: number
  /** patches went out after the last proof */
  changed: boolean
}

interface Seat {
  reader: Reader
  scopes: Set<string>
  audience: Audience
  /** seq up to which it has been answered; a proof of before says nothing to it */
  at: number
  /** since it joined or had to catch up */
  unproven: boolean
  /** while it does not drain: since when, and from which seq each scope is missing */
  stuck: { since: number; missed: Map<string, number> } | null
}

interface Job {
  seats: readonly Seat[]
  patches: readonly Flushed[]
  proof: Buffer | null
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { live, now, meter, trouble = () => null, proofMs = PROOF_MS } = options
  const audiences = new Map<string, Audience>()
  const seats = new Map<Reader, Seat>()
  const stuck = new Set<Seat>()
  let soon: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined
  /** ms of `now`: when it is looked again whose proof is due and who has drained */
  let lookAt = Infinity
  const againMs = proofMs * (1 - EARLY)

  const dueAt = ({ provenAt, changed }: Audience) =>
    provenAt + (changed ? Math.min(PROVE_CHANGE_MS, proofMs * EARLY) : proofMs * EARLY)
  const nextDue = () => audiences.values().reduce((first, audience) => Math.min(first, dueAt(audience)), Infinity)

  // nothing wakes a server whose watchers have all been told
  function lookBy(at: number): void {
    if (at >= lookAt) return
    lookAt = at
    clearTimeout(timer)
    timer = setTimeout(look, Math.max(0, at - now())).unref()
  }

  function look(): void {
    lookAt = Infinity
    for (const seat of stuck) retry(seat)
    const at = now()
    const due = nextDue()
    if (due <= at) live.scheduleFlush()
    lookBy(due <= at || stuck.size > 0 ? at + againMs : due)
  }

  function move(seat: Seat): void {
    const { audience } = seat
    if (audience.seats.delete(seat) && audience.seats.size === 0) audiences.delete(keyOf(audience.scopes))
    if (seat.scopes.size === 0) {
      seats.delete(seat.reader)
      stuck.delete(seat)
      return
    }
    const scopes = [...seat.scopes].sort()
    let next = audiences.get(keyOf(scopes))
    if (next === undefined) {
      next = { scopes, seats: new Set(), provenAt: now(), changed: false }
      audiences.set(keyOf(scopes), next)
    }
    next.seats.add(seat)
    seat.audience = next
    seat.unproven = true
    lookBy(dueAt(next))
    proveSoon()
  }

  function proveSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined
      live.scheduleFlush()
    }, FIRST_PROOF_MS)
    soon.unref()
  }

  function plan(flushed: ReadonlyMap<string, Flushed>): Job[] {
    const at = now()
    const jobs: Job[] = []
    for (const audience of audiences.values()) {
      const scopes = audience.scopes.flatMap((scope) => flushed.get(scope) ?? [])
      const patches = scopes.filter(({ patch }) => patch !== null)
      if (patches.length > 0) audience.changed = true
      const isDue = dueAt(audience) <= at || (patches.length > 0 && at - audience.provenAt >= ALONG_MS)
      // a scope that was opened after the flush had begun is in the next one, which can then speak of all
      const isWhole = scopes.length === audience.scopes.length
      const [proven, others] = isWhole ? split(audience, isDue) : [[], [...audience.seats]]
      if (isWhole && isDue) Object.assign(audience, { provenAt: at, changed: false })
      const oldest = Math.min(...scopes.map(({ seq }) => seq))
      for (const seat of proven) seat.unproven = seat.at > oldest
      if (!isWhole || proven.some((seat) => seat.unproven)) proveSoon()
      if (proven.length > 0) jobs.push({ seats: proven, patches, proof: proofOf(scopes, at) })
      if (others.length > 0 && patches.length > 0) jobs.push({ seats: others, patches, proof: null })
    }
    return jobs
  }

  function proofOf(scopes: readonly Flushed[], at: number): Buffer {
    const heads = scopes.map(({ scope, seq, digest }) => [scope, seq, digest] as const)
    const known = trouble()
    return proofFrame({ sent: Math.round(at), next: proofMs, heads, ...(known !== null && { trouble: known }) })
  }

  async function flushed(scopes: readonly Flushed[]): Promise<void> {
    const jobs = plan(new Map(scopes.map((s) => [s.scope, s])))
    lookBy(nextDue())
    if (jobs.length === 0) return
    const frames = new Map<Flushed, Buffer>()
    await Promise.all(scopes.map(async (s) => s.patch && frames.set(s, await patchFrames(s.patch.text))))
    for (const { length } of frames.values()) meter?.patched(length)
    let began = now()
    let written = 0
    for (const job of jobs) {
      const parts = job.patches.map((p) => frames.get(p)!)
      if (job.proof !== null) parts.push(job.proof)
      const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
      for (const seat of job.seats) {
        give(seat, job, bytes)
        if (++written % LOOK_EVERY > 0 || now() - began < SLICE_MS) continue
        await turn()
        began = now()
      }
    }
  }

  function give(seat: Seat, { patches }: Job, bytes: Buffer): void {
    if (!seats.has(seat.reader)) return
    if (seat.stuck === null && seat.reader.backlog() <= MOST_BYTES) {
      meter?.sent(bytes.length)
      return seat.reader.write(bytes)
    }
    seat.stuck ??= { since: now(), missed: new Map() }
    stuck.add(seat)
    lookBy(now() + againMs)
    for (const { scope, patch } of patches) if (!seat.stuck.missed.has(scope)) seat.stuck.missed.set(scope, patch!.from)
  }

  function retry(seat: Seat): void {
    const { since, missed } = seat.stuck!
    if (seat.reader.backlog() > 0) {
      if (now() - since > PATIENCE_MS) seat.reader.close()
      return
    }
    seat.stuck = null
    stuck.delete(seat)
    for (const [scope, from] of missed) if (seat.scopes.has(scope)) void catchUp(seat, scope, from)
    seat.unproven = true
    proveSoon()
  }

  async function catchUp(seat: Seat, scope: string, from: number): Promise<void> {
    const frames = await patchFrames(live.changesText(scope, from))
    if (seats.has(seat.reader)) seat.reader.write(frames)
  }

  return {
    join(reader, scope, seq) {
      let seat = seats.get(reader)
      if (seat !== undefined) seat.at = Math.max(seat.at, seq)
      if (seat?.scopes.has(scope) === true) {
        // it asked because it was not sure of what it holds
        seat.unproven = true
        proveSoon()
        return false
      }
      if (seat === undefined) {
        seat = { reader, scopes: new Set(), audience: nobody(), at: seq, unproven: true, stuck: null }
        seats.set(reader, seat)
      }
      seat.scopes.add(scope)
      live.open(scope)
      move(seat)
      return true
    },
    leave(reader, scope) {
      const seat = seats.get(reader)
      if (seat === undefined || !seat.scopes.delete(scope)) return
      live.close(scope)
      move(seat)
    },
    gone(reader) {
      const seat = seats.get(reader)
      if (seat === undefined) return
      for (const scope of seat.scopes) live.close(scope)
      seat.scopes.clear()
      move(seat)
    },
    watchers: () => seats.values().reduce((n, { scopes }) => n + scopes.size, 0),
    flushed,
    proveAll() {
      for (const audience of audiences.values()) audience.provenAt = -Infinity
      live.scheduleFlush()
    },
    stop() {
      clearTimeout(timer)
      clearTimeout(soon)
    },
  }
}

const keyOf = (scopes: readonly string[]): string => scopes.join('\n')
const nobody = (): Audience => ({ scopes: [], seats: new Set(), provenAt: 0, changed: false })

/** Who is sent a proof this time, and who is not. */
function split({ seats }: Audience, isDue: boolean): [Seat[], Seat[]] {
  if (isDue) return [[...seats], []]
  const proven: Seat[] = []
  const others: Seat[] = []
  for (const seat of seats) (seat.unproven && seat.stuck === null ? proven : others).push(seat)
  return [proven, others]
}

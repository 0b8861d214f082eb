/** When what was folded goes out: the first change after quiet at once, then one patch of each scope in a tick. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Flushed, LiveScopes } from './scopes.ts'

/** Takes what goes out to those who watch. */
export interface Listener {
  /** Every watched scope, with what changed in it. Resolves when all of it has been written; the next comes after that. */
  flushed(scopes: readonly Flushed[]): Promise<void>
  memberEnded(member: string): void
  /** the member has other tasks from now on */
  tasksChanged(member: string): void
}

/** What the live edge needs. */
export interface Live extends Pick<LiveScopes, 'changesText' | 'head' | 'open' | 'close'> {
  /** there is something to send: new events have been folded, or a proof is due */
  scheduleFlush(): void
  /** returns unsubscribe */
  on(listener: Listener): () => void
}

export interface Fanout extends Live {
  memberEnded(member: string): void
  tasksChanged(member: string): void
  stop(): void
}

export interface Pace {
  /** ms from the end of one flush to the next, at the least */
  tickMs: number
  /** the same under load, at the most */
  slowestMs: number
  /** ms of a clock that only goes forward */
  elapsed(): number
}

/** A flush that took 10 ms is followed by at least 240 ms of other work. */
const REST_PER_WORK = 24
/** ms of work before others get their turn */
const SLICE_MS = 2

export function createFanout(scopes: LiveScopes, { tickMs, slowestMs, elapsed }: Pace): Fanout {
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | undefined
  let immediate: NodeJS.Immediate | undefined
  let running = false
  let wanted = false
  let stopped = false
  /** ms: the earliest moment of the next flush */
  let nextAt = 0

  function arm(): void {
    if (running || stopped || !wanted || timer !== undefined || immediate !== undefined) return
    const wait = nextAt - elapsed()
    // not in this turn: those who caused the change have their answer first
    if (wait <= 0) immediate = setImmediate(() => void run())
    else timer = setTimeout(() => void run(), wait)
  }

  function disarm(): void {
    clearTimeout(timer)
    clearImmediate(immediate)
    timer = immediate = undefined
  }

  async function run(): Promise<void> {
    disarm()
    running = true
    wanted = false
    const began = elapsed()
    const flushed = await flushInSlices()
    await Promise.all([...listeners].map((listener) => listener.flushed(flushed)))
    const ended = elapsed()
    // what is not a change, a proof alone, does not hold up the next one
    if (flushed.some((f) => f.patch !== null))
      nextAt = ended + Math.min(slowestMs, Math.max(tickMs, (ended - began) * REST_PER_WORK))
    running = false
    arm()
  }

  /** Many scopes take a while to be made anew: others get their turn between. */
  async function flushInSlices(): Promise<Flushed[]> {
    const flushed: Flushed[] = []
    let began = elapsed()
    for (const scope of scopes.flush()) {
      flushed.push(scope)
      if (elapsed() - began < SLICE_MS) continue
      await turn()
      began = elapsed()
    }
    return flushed
  }

  return {
    changesText: (scope, since) => scopes.changesText(scope, since),
    head: (scope) => scopes.head(scope),
    open: (scope) => scopes.open(scope),
    close: (scope) => scopes.close(scope),
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    scheduleFlush() {
      wanted = true
      arm()
    },
    memberEnded(member) {
      for (const listener of listeners) listener.memberEnded(member)
    },
    tasksChanged(member) {
      for (const listener of listeners) listener.tasksChanged(member)
    },
    stop() {
      stopped = true
      disarm()
    },
  }
}

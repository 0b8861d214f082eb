/** One merged patch per watched scope per tick, and a proof of what is held once a second. */
import type { Patch, Proof } from '../../shared/view/patch.ts'
import type { Projector } from './projector.ts'

export interface Listener {
  patch(patch: Patch): void
  proof(proof: Proof): void
  memberEnded(member: string): void
}

export interface Live {
  /** rows of the scope whose last change is after `since` */
  changes(scope: string, since: number): Patch
  /** somebody watches: patches are made for the scope from now on; counted */
  open(scope: string): void
  close(scope: string): void
  on(listener: Listener): () => void
}

export interface Fanout extends Live {
  /** new events have been folded */
  stirred(): void
  memberEnded(member: string): void
  stop(): void
}

export interface Pace {
  /** ms between two patches of a scope */
  tickMs: number
  /** ms between two proofs */
  proofMs: number
}

export function createFanout(projector: Projector, { tickMs, proofMs }: Pace): Fanout {
  const watched = new Map<string, { count: number; sent: number }>()
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | undefined

  /** `all`: also scopes without changes, so that whoever watches stands at the same seq */
  function flush(all: boolean): void {
    clearTimeout(timer)
    timer = undefined
    for (const [scope, state] of watched) {
      const patch = projector.changes(scope, state.sent)
      if (patch.rows.length === 0 && !(all && patch.to > patch.from)) continue
      state.sent = patch.to
      for (const l of listeners) l.patch(patch)
    }
  }

  const proofs = setInterval(() => {
    flush(true)
    for (const [scope, state] of watched) {
      const proof = { scope, seq: state.sent, digest: projector.digest(scope) }
      for (const l of listeners) l.proof(proof)
    }
  }, proofMs)
  proofs.unref()

  return {
    changes: (scope, since) => projector.changes(scope, since),
    open(scope) {
      const state = watched.get(scope)
      if (state === undefined) watched.set(scope, { count: 1, sent: projector.seq() })
      else state.count++
    },
    close(scope) {
      const state = watched.get(scope)
      if (state !== undefined && --state.count === 0) watched.delete(scope)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stirred() {
      timer ??= setTimeout(() => flush(false), tickMs)
    },
    memberEnded(member) {
      for (const l of listeners) l.memberEnded(member)
    },
    stop() {
      clearTimeout(timer)
      clearInterval(proofs)
    },
  }
}

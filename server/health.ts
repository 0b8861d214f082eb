/** What keeps the server from doing its work, cause by cause. Whoever notices a cause sets it; `/readyz` and the metrics tell it, proofs what readers have to know. */
import type { Trouble } from '../shared/view/patch.ts'

/** A reason not to be ready. */
export type HealthCause =
  | 'diskFull'
  | 'readOnly'
  | 'fileGone'
  | 'fileReplaced'
  | 'lockLost'
  | 'logDamaged'
  | 'foldBehind'
  | 'closing'
  | 'notOpen'

/** Every cause, in the order in which they are told: what most needs a person first. */
const HEALTH_CAUSES: readonly HealthCause[] = [
  'logDamaged',
  'fileGone',
  'fileReplaced',
  'lockLost',
  'diskFull',
  'readOnly',
  'foldBehind',
  'notOpen',
  'closing',
]

/** A cause that holds now: since when (ms of the Unix epoch) and what was seen, for the operator. */
export interface Ailment {
  cause: HealthCause
  fault: string
  since: number
}

/** What a cause means for whoever reads figures; null = nothing that the end of the connection does not say. */
const TROUBLE: Record<HealthCause, Trouble | null> = {
  logDamaged: 'damaged',
  fileGone: 'closed',
  fileReplaced: 'closed',
  lockLost: 'closed',
  diskFull: 'closed',
  readOnly: 'closed',
  foldBehind: 'behind',
  notOpen: null,
  closing: null,
}

export interface Health {
  /** The cause holds, with what was seen of it; null = no longer. Said again with the same words it changes nothing. */
  set(cause: HealthCause, fault: string | null): void
  holds(cause: HealthCause): boolean
  /** what holds now, in the order of `HEALTH_CAUSES`; empty = ready */
  causes(): Ailment[]
  /** what readers are told of it; null = nothing */
  trouble(): Trouble | null
  /** Calls back after every change; the function returned ends that. */
  onChange(listener: (cause: HealthCause, fault: string | null) => void): () => void
}

/** Healthy until somebody says otherwise. `now`: ms of the Unix epoch. */
export function createHealth(now: () => number = Date.now): Health {
  const holding = new Map<HealthCause, Ailment>()
  const listeners = new Set<(cause: HealthCause, fault: string | null) => void>()
  return {
    set(cause, fault) {
      const before = holding.get(cause)
      if ((before?.fault ?? null) === fault) return
      if (fault === null) holding.delete(cause)
      else holding.set(cause, { cause, fault, since: before?.since ?? now() })
      for (const listener of listeners) listener(cause, fault)
    },
    holds: (cause) => holding.has(cause),
    trouble() {
      for (const cause of HEALTH_CAUSES) if (holding.has(cause) && TROUBLE[cause] !== null) return TROUBLE[cause]
      return null
    },
    causes: () => HEALTH_CAUSES.flatMap((cause) => holding.get(cause) ?? []),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

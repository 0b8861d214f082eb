/** From what is proven to what the page may claim. */
import type { Trouble } from '../../shared/view/patch.ts'
import type { Proven } from '../sync/feed.ts'

/** `checking`: a proof is overdue, or a difference is being mended. `stale`: there was none for long. `offline`: there is no connection. */
export type Freshness = 'live' | 'checking' | 'stale' | 'offline'

/** ms by which a proof may be late */
const OVERDUE_MS = 1_000
/** ms without proof after which nothing may look solid */
const STALE_MS = 10_000

/** ms for which a connection may be gone before it is said: most are back by then */
const LOST_MS = 1_000

type Proofs = Pick<Proven, 'at' | 'due' | 'suspect'>

/** `now` by the clock of `proven`; `began`: when the page began to wait for its first proof. */
export const isOld = (now: number, { at }: Pick<Proofs, 'at'>, began: number): boolean =>
  now - (at ?? began) >= STALE_MS

/** `lost`: ms since when there is no connection, 0 with one; before the first it is no loss, and Infinity where the browser says so. */
export function freshnessAt(now: number, proven: Proofs, began: number, lost: number): Freshness {
  const old = isOld(now, proven, began)
  if (lost >= LOST_MS || (old && lost > 0)) return 'offline'
  if (old) return 'stale'
  return proven.at !== null && !proven.suspect && now <= proven.due + OVERDUE_MS ? 'live' : 'checking'
}

/** Would nothing be taken that is sent now, as far as one knows? What the server said of itself goes out of date with the page. */
export const isClosed = (trouble: Trouble | null, state: Freshness): boolean =>
  state !== 'stale' && state !== 'offline' && (trouble === 'damaged' || trouble === 'closed')

/** From what is proven to what the page may claim. */
import type { Trouble } from '../../shared/view/patch.ts'
import type { Proven } from '../sync/feed.ts'

/** `checking`: a proof is overdue, or a difference is being mended. `offline` is stale without a connection. */
export type Freshness = 'live' | 'checking' | 'stale' | 'offline'

/** ms by which a proof may be late */
const OVERDUE_MS = 1_000
/** ms without proof after which nothing may look solid */
const STALE_MS = 10_000

/** `now` by the clock of `proven`; `began`: when the page began to wait for its first proof. */
export function freshnessAt(
  now: number,
  proven: Pick<Proven, 'at' | 'due' | 'suspect'>,
  began: number,
  connected: boolean,
): Freshness {
  if (now - (proven.at ?? began) >= STALE_MS) return connected ? 'stale' : 'offline'
  return proven.at !== null && !proven.suspect && now <= proven.due + OVERDUE_MS ? 'live' : 'checking'
}

/** Over ten seconds without proof. */
export const isStale = (state: Freshness): boolean => state === 'stale' || state === 'offline'

/** Would nothing be taken that is sent now, as far as one knows? What the server said of itself goes out of date with the page. */
export const isClosed = (trouble: Trouble | null, state: Freshness): boolean =>
  !isStale(state) && (trouble === 'damaged' || trouble === 'closed')

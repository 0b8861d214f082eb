/** From the age of the last proof to what the page may claim. */

/** `offline` is stale without a connection. */
export type ConnectionState = 'live' | 'checking' | 'stale' | 'offline'

/** Proofs come once a second; one may be late. */
const LIVE_MS = 3_000
const STALE_MS = 10_000

export function stateAt(age: number, proven: boolean, connected: boolean): ConnectionState {
  if (age >= STALE_MS) return connected ? 'stale' : 'offline'
  return proven && age < LIVE_MS ? 'live' : 'checking'
}

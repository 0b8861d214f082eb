/** The page's one connection and feed. */
import { createPageClock } from './clock.ts'
import { createFeed } from './feed.ts'
import { openConnection, socketTransport } from './socket.ts'

let onSuspicion: (() => void) | undefined

/** ms of the page's clock, by which freshness is reckoned */
export const pageNow = createPageClock({ monotonic: () => performance.now(), wall: () => Date.now() })
export const connection = openConnection({ now: pageNow, suspect: () => onSuspicion?.() })
export const feed = createFeed(socketTransport(connection.socket, pageNow), {
  now: pageNow,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
})
addEventListener('online', () => connection.hurry())

/** Called when the server may have turned the session away; the connection is tried again until it is stopped. */
export function onSuspect(suspect: () => void): void {
  onSuspicion = suspect
}

/** The page's one connection and feed. */
import { createPageClock } from './clock.ts'
import { shelf } from './device.ts'
import { createFeed } from './feed.ts'
import { openConnection, socketTransport } from './socket.ts'

let onSuspicion: (() => void) | undefined

/** ms of the page's clock, by which freshness is reckoned */
export const pageNow = createPageClock({ monotonic: () => performance.now(), wall: () => Date.now() })
export const connection = openConnection({ now: pageNow, suspect: () => onSuspicion?.() })
export const feed = createFeed(socketTransport(connection.socket, pageNow), {
  now: pageNow,
  shelf,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
})
/** Called after every new connection. */
export function onConnected(connected: () => void): void {
  connection.socket.on('connect', connected)
}

addEventListener('online', () => connection.hurry())
addEventListener('pagehide', () => feed.keep())

/** Called when the server may have turned the session away, or its member may do other things by now; the connection is tried again until it is stopped. */
export function onSuspect(suspect: () => void): void {
  onSuspicion = suspect
}

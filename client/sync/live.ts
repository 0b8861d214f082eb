/** The page's one connection and feed. */
import { createFeed } from './feed.ts'
import { openConnection, socketTransport } from './socket.ts'

let told: (() => void) | undefined

export const connection = openConnection(() => told?.())
export const feed = createFeed(socketTransport(connection.socket), {
  now: () => Date.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
})

/** Called when the server may have turned the session away; the connection is tried again until it is stopped. */
export function onDoubted(doubted: () => void): void {
  told = doubted
}

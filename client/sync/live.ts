/** The page's one connection and feed. */
import { createFeed } from './feed.ts'
import { openSocket, socketTransport } from './socket.ts'

let refused: (() => void) | undefined

export const socket = openSocket(() => refused?.())
export const feed = createFeed(socketTransport(socket), {
  now: () => Date.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
})

/** Called when the server turns the session away; the connection is tried again unless `disconnect` is called. */
export function onRefused(told: () => void): void {
  refused = told
}

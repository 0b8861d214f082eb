/** The connections of the HTTP server, so that it can be stopped in order and in time. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Middleware } from 'koa'

export interface Connections {
  /** from now on nobody comes in */
  close(): void
  /** resolves when the last one has gone, those of live connections included */
  gone(): Promise<void>
  /** cuts off whoever is still there */
  cut(): void
}

/** To be called before the server listens. */
export function keepConnections(http: Server): Connections {
  const open = new Set<Socket>()
  http.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return {
    close() {
      // those without a request end as well
      http.close()
    },
    gone: () =>
      http.listening || open.size > 0 ? new Promise((resolve) => http.once('close', resolve)) : Promise.resolve(),
    cut() {
      for (const socket of open) socket.destroy()
    },
  }
}

/** The last answer on a connection that would otherwise be kept for more. */
export function leaving(closing: () => boolean): Middleware {
  return async (ctx, next) => {
    await next()
    if (closing()) ctx.set('Connection', 'close')
  }
}

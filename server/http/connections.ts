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

/** Requests that are being worked on: a connection may end before its request does. */
export interface Work {
  /** counts what comes after it */
  middleware: Middleware
  /** resolves when none is being worked on */
  done(): Promise<void>
}

export function countWork(): Work {
  let working = 0
  const waiting: (() => void)[] = []
  return {
    middleware: async (_ctx, next) => {
      working++
      try {
        await next()
      } finally {
        working--
        if (working === 0) for (const go of waiting.splice(0)) go()
      }
    },
    done: () => (working === 0 ? Promise.resolve() : new Promise((go) => waiting.push(go))),
  }
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

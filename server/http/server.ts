/** The HTTP server: how long somebody may take to say what they want, and how many connections they may have. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from '../core/allowance.ts'

/** ms between two looks for those who take too long */
const LOOK_MS = 500
/** Fields of a header. */
const HEADERS = 64
/** Requests that a connection may have sent before the first of them is answered; browsers and proxies send one. */
const AHEAD = 4

/** `trustsProxy`: all connections are a proxy's own. */
export function createHttpServer(
  listener: RequestListener,
  { arrivalMs, idleMs, unreadMs, connections }: Pick<Limits, 'arrivalMs' | 'idleMs' | 'unreadMs' | 'connections'>,
  trustsProxy: boolean,
): Server {
  const server = createServer(
    {
      headersTimeout: arrivalMs,
      requestTimeout: arrivalMs,
      connectionsCheckingInterval: LOOK_MS,
      keepAliveTimeout: idleMs,
      // who offers any other protocol, as clients of HTTP/2 do, is answered in this one
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    oneByOne(listener),
  )
  server.maxHeadersCount = HEADERS
  server.timeout = unreadMs
  const perAddress = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    if (trustsProxy) return
    const address = socket.remoteAddress ?? ''
    const count = (perAddress.get(address) ?? 0) + 1
    if (count > connections) return void socket.destroy()
    perAddress.set(address, count)
    socket.once('close', () => {
      const left = perAddress.get(address)! - 1
      if (left > 0) perAddress.set(address, left)
      else perAddress.delete(address)
    })
  })
  return server
}

/** Closes the connection of whoever goes on asking without waiting for answers: what is asked for is held until then. */
function oneByOne(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  return (request, response) => {
    const socket: Socket & { parser?: { onIncoming: unknown } | null } = request.socket
    if (socket.destroyed) return
    const count = (waiting.get(socket) ?? 0) + 1
    if (count > AHEAD) {
      // what has arrived already may hold a thousand more: they are skipped, as what follows an upgrade is
      if (socket.parser) socket.parser.onIncoming = () => 2
      return void socket.destroy()
    }
    waiting.set(socket, count)
    response.once('close', () => waiting.set(socket, waiting.get(socket)! - 1))
    listener(request, response)
  }
}

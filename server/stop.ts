/** Stops a server in order, and in time: nothing new, answers to what was taken, connections, files. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Core } from './core/core.ts'
import type { Health } from './health.ts'
import type { Connections, Work } from './http/connections.ts'
import type { Realtime } from './realtime/socket.ts'

export interface Stop {
  /** resolves when everything is closed, within 2 s; the same however often it is asked for */
  close(): Promise<void>
  /** closes at once, in the same order: what waits is refused, connections cut off */
  hurry(): void
}

export interface Stopped {
  health: Pick<Health, 'set'>
  core: Pick<Core, 'drain'>
  connections: Connections
  realtime: Realtime
  /** requests that are being answered, whoever is still there to hear it */
  work: Pick<Work, 'done'>
  /** refuses what still waits for its turn */
  refuseWaiting(): void
  /** ends what works by itself */
  rest(): void
  closeFiles(): Promise<void>
}

/** ms after the signal: what still waits is refused; whoever is still connected is cut off; no request is waited for any more */
const ANSWER_MS = 800
const CUT_MS = 1_200
const LEAVE_MS = 1_600

export function createStop(parts: Stopped): Stop {
  const { health, core, connections, realtime, work, refuseWaiting, rest, closeFiles } = parts
  let stopped: Promise<void> | null = null

  async function stop(): Promise<void> {
    health.set('closing', 'the server is stopping')
    rest()
    connections.close()
    realtime.leave()
    const { promise: late, resolve: leave } = Promise.withResolvers<null>()
    const timers = [
      setTimeout(refuseWaiting, ANSWER_MS),
      setTimeout(() => connections.cut(), CUT_MS),
      setTimeout(leave, LEAVE_MS, null),
    ]
    await core.drain()
    // the answers are on their way before the sockets are closed
    await turn()
    await Promise.all([realtime.close(), connections.gone()])
    // who was cut off has left work behind that reads and writes the files
    await Promise.race([work.done(), late])
    timers.forEach(clearTimeout)
    await closeFiles()
  }

  return {
    close: () => (stopped ??= stop()),
    hurry() {
      refuseWaiting()
      connections.cut()
    },
  }
}

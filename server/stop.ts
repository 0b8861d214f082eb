/** Stops a server in order, and in time: nothing new, answers to what was taken, connections, files. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Core } from './core/core.ts'
import type { Health } from './health.ts'
import type { Connections } from './http/connections.ts'
import type { Realtime } from './realtime/socket.ts'

export interface Stop {
  /** resolves when everything is closed, within 2 s; the same however often it is asked for */
  close(): Promise<void>
  /** closes at once, in the same order: commands that wait are refused, connections cut off */
  hurry(): void
}

export interface Stopped {
  health: Pick<Health, 'set'>
  core: Pick<Core, 'drain' | 'hurry'>
  connections: Connections
  realtime: Realtime
  /** ends what works by itself */
  rest(): void
  closeFiles(): Promise<void>
}

/** ms after the signal: commands that are still waiting are refused; whoever is still connected is cut off */
const ANSWER_MS = 800
const CUT_MS = 1_200

export function createStop({ health, core, connections, realtime, rest, closeFiles }: Stopped): Stop {
  let stopped: Promise<void> | null = null

  async function stop(): Promise<void> {
    health.set('closing', 'the server is stopping')
    rest()
    connections.close()
    realtime.leave()
    const timers = [setTimeout(() => core.hurry(), ANSWER_MS), setTimeout(() => connections.cut(), CUT_MS)]
    await core.drain()
    // the answers are on their way before the sockets are closed
    await turn()
    await Promise.all([realtime.close(), connections.gone()])
    timers.forEach(clearTimeout)
    await closeFiles()
  }

  return {
    close: () => (stopped ??= stop()),
    hurry() {
      core.hurry()
      connections.cut()
    },
  }
}

/** A measured server and a crowd that watches it, each in a process of its own. */
import { type Child, start } from './calls.ts'
import type { Come, Reported, ReportFor } from './crowd.ts'
import type { CityLog } from './log.ts'
import type { Load, Started, StartOurs } from './server.ts'

export const WATCHERS = 1_000
/** Sockets of one session. */
const EACH = 50

export interface Scene {
  started: Started
  server: Child
  crowd: Child
  /** ports of the watchers */
  ports: number[]
  end(): Promise<void>
}

/** Our server on a copy of the log (`city`), or the peer (null). The last member given only signs in. */
export async function setScene(
  city: CityLog | null,
  watchers: number,
  options: { paused?: boolean; members?: string[] } = {},
): Promise<Scene> {
  const server = start('server.ts')
  const crowd = start('crowd.ts')
  const ours = (): StartOurs => {
    const { programme, end, office } = city!
    return {
      data: city!.copy(),
      programme,
      end,
      members: [office, ...(options.members ?? [])],
      sessions: Math.ceil(watchers / EACH),
    }
  }
  const started = city === null ? await server.ask<Started>('peer') : await server.ask<Started>('ours', ours())
  const come: Come = { server: started, watchers, ...(options.paused === true ? { paused: true } : {}) }
  const { ports } = await crowd.ask<{ ports: number[] }>('come', come)
  return {
    ...{ started, server, crowd, ports },
    end: async () => {
      await crowd.end()
      await server.end()
    },
  }
}

export interface Measured extends Reported {
  /** µs of the server's processor time */
  cpu: number
  ms: number
}

/** Reports at a rate, and what that costs the server. */
export async function measure({ server, crowd }: Scene, reportFor: ReportFor): Promise<Measured> {
  const before = await server.ask<number>('cpu')
  const began = performance.now()
  const reported = await crowd.ask<Reported>('report', reportFor)
  return { ...reported, cpu: (await server.ask<number>('cpu')) - before, ms: performance.now() - began }
}

export const loadOf = ({ server }: Scene): Promise<Load> => server.ask<Load>('load')
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

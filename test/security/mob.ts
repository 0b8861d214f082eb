/** People who do their worst, in a process of their own: `fork`ed by worst.ts, told what to do, and told to stop. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { chance } from '../support/chance.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { DEEDS, DEMANDS } from './misdeeds.ts'

/** What is to be done. */
export interface Order {
  url: string
  /** whose connections these are, one each */
  cookies: readonly string[]
  /** names of deeds and demands, which the connections share evenly */
  names: readonly string[]
  seed: number
}

/** What was done, by deed: how often, and how often somebody was cut off for it. */
export interface Done {
  did: Record<string, number>
  cut: Record<string, number>
}

/** Bytes that one of them has on the way at most. */
const UNDER_WAY = 1_000_000

const stop = new AbortController()
const isOver = (): boolean => stop.signal.aborted

process.on('message', (said: Order | 'stop') => {
  if (said === 'stop') stop.abort()
  else void runRiot(said).then((done) => process.send!(done, () => process.exit()))
})
process.on('disconnect', () => process.exit())

async function runRiot({ url, cookies, names, seed }: Order): Promise<Done> {
  const dice = chance(seed)
  const done: Done = { did: {}, cut: {} }
  const count = (counts: Record<string, number>, name: string) => (counts[name] = (counts[name] ?? 0) + 1)

  /** Does it on one connection after the other, as fast as they take it. */
  async function misbehave(cookie: string, name: string): Promise<void> {
    while (!isOver()) {
      const socket = await openRawSocket(url, cookie, () => undefined).catch(() => null)
      if (socket === null) {
        await pause(200)
        continue
      }
      const gone = new AbortController()
      void socket.closed.then(() => gone.abort())
      for (let n = 0; !isOver() && !gone.signal.aborted; n++) {
        if (socket.waiting() < UNDER_WAY) {
          DEEDS[name]!(socket, n)
          count(done.did, name)
        }
        await pause(20 + dice.below(20))
      }
      if (!isOver()) count(done.cut, name)
      socket.close()
    }
  }

  /** Asks on one connection after the other, and reads no answer. */
  async function demand(cookie: string, name: string): Promise<void> {
    const { hostname, port, host } = new URL(url)
    const head = `HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n`
    const { of, everyMs } = DEMANDS[name]!
    for (let n = dice.below(1_000_000); !isOver(); n++) {
      const socket = connect(Number(port), hostname).on('error', () => undefined)
      socket.pause()
      socket.write(of(head, n))
      count(done.did, name)
      await pause(everyMs + dice.below(20))
      socket.destroy()
    }
  }

  await Promise.all(
    cookies.map((cookie, i) => {
      const name = names[i % names.length]!
      return name in DEEDS ? misbehave(cookie, name) : demand(cookie, name)
    }),
  )
  return done
}

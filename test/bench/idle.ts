/** What a thousand people cost who watch while nothing happens: proofs and pings, against Socket.IO's pings. */
import { type Benchmark, type BenchOptions, metricOf } from './measure.ts'
import { cityLog, type CityLog } from './live/log.ts'
import { pause, setScene, WATCHERS } from './live/scene.ts'

/** ms after everybody has come, and ms that are measured: Socket.IO pings every 25 s */
const SETTLE_MS = 5_000

export async function idle({ quick }: BenchOptions): Promise<Benchmark> {
  const rounds = quick ? 1 : 3
  const ms = quick ? 25_000 : 50_000
  const city = await cityLog()
  const [ours, peer, nobody]: [number[], number[], number[]] = [[], [], []]
  for (let i = 0; i < rounds; i++) {
    ours.push(await spent(city, WATCHERS, ms))
    peer.push(await spent(null, WATCHERS, ms))
    nobody.push(await spent(city, 0, ms))
  }
  city.remove()
  return {
    setting: [
      `ours: ${WATCHERS} sockets on the simulated city's page, nothing happens for ${ms / 1_000} s: a proof within 5 s for each, and pings`,
      `peer: ${WATCHERS} sockets of Socket.IO 4.8 with its own pings every 25 s; ${rounds} round(s)`,
    ],
    metrics: [
      metricOf({ name: `processor time, ${WATCHERS} idle watchers`, unit: 'ms/s', aim: '≤ 2 of peer' }, ours, peer),
      metricOf({ name: 'processor time, nobody watches', unit: 'ms/s', aim: null }, nobody, null),
    ],
  }
}

/** ms of processor time in a second. */
async function spent(city: CityLog | null, watchers: number, ms: number): Promise<number> {
  const scene = await setScene(city, watchers)
  await pause(SETTLE_MS)
  const before = await scene.server.ask<number>('cpu')
  const began = performance.now()
  await pause(ms)
  const cpu = (await scene.server.ask<number>('cpu')) - before
  const seconds = (performance.now() - began) / 1_000
  await scene.end()
  return cpu / 1_000 / seconds
}

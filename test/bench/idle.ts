/** What a thousand people cost who watch while nothing happens: proofs and pings, against Socket.IO's pings. */
import { type Benchmark, type BenchOptions, metricOf } from './measure.ts'
import { cityLog, type CityLog } from './live/log.ts'
import { pause, setScene, WATCHERS } from './live/scene.ts'

/** ms from the coming of everybody until their traces are gone: garbage, and code that is compiled anew */
const SETTLE_MS = 40_000
/** ms that are measured: five pings of the peer, which sends one every 25 s, and the one that ours sends every 120 s */
const MS = 125_000

export async function idle({ quick }: BenchOptions): Promise<Benchmark> {
  const rounds = quick ? 1 : 3
  const city = await cityLog()
  const [ours, peer, nobody]: [number[], number[], number[]] = [[], [], []]
  for (let i = 0; i < rounds; i++) {
    ours.push(await spent(city, WATCHERS))
    peer.push(await spent(null, WATCHERS))
    nobody.push(await spent(city, 0))
  }
  city.remove()
  return {
    setting: [
      `ours: ${WATCHERS} sockets on the simulated city's page, nothing happens: a proof within 5 s for each, and pings every 120 s`,
      `peer: ${WATCHERS} sockets of Socket.IO 4.8 with its own pings every 25 s`,
      `both: ${MS / 1_000} s, which have five pings of the peer's and one of ours, from ${SETTLE_MS / 1_000} s after all have come; ${rounds} round(s)`,
    ],
    metrics: [
      metricOf({ name: `processor time, ${WATCHERS} idle watchers`, unit: 'ms/s', aim: '≤ 2 of peer' }, ours, peer),
      metricOf({ name: 'processor time, nobody watches', unit: 'ms/s', aim: null }, nobody, null),
    ],
  }
}

/** ms of processor time in a second. */
async function spent(city: CityLog | null, watchers: number): Promise<number> {
  const scene = await setScene(city, watchers)
  await pause(SETTLE_MS)
  const before = await scene.server.ask<number>('cpu')
  const began = performance.now()
  await pause(MS)
  const cpu = (await scene.server.ask<number>('cpu')) - before
  const seconds = (performance.now() - began) / 1_000
  await scene.end()
  return cpu / 1_000 / seconds
}

/** What waits in the server for people whose device has stopped reading, against Socket.IO, which keeps it all. */
import { type Benchmark, type BenchOptions, metricOf } from './measure.ts'
import { cityLog, type CityLog } from './live/log.ts'
import { loadOf, measure, pause, setScene } from './live/scene.ts'

const READERS = 100
const RATE = 50
/** ms between two looks at what is held: what counts is the most of them */
const LOOK_MS = 5_000

interface Held {
  /** the most that waits for one reader, bytes */
  most: number
  /** growth of the server's memory at its most, bytes */
  memory: number
}

export async function stalled({ quick }: BenchOptions): Promise<Benchmark> {
  // one that does not drain is closed after a minute
  const ms = quick ? 15_000 : 58_000
  const city = await cityLog()
  const growth = async (log: CityLog | null) => {
    const paused = await hold(log, true, ms)
    // what the reports themselves leave in memory
    const reading = await hold(log, false, ms)
    return { most: paused.most, memory: Math.max(0, paused.memory - reading.memory) / READERS }
  }
  const ours = await growth(city)
  const peer = await growth(null)
  city.remove()
  return {
    setting: [
      `ours: the simulated city, ${READERS} sockets on its page that have stopped reading, ${RATE} reports/s for ${ms / 1_000} s`,
      `peer: Socket.IO 4.8, ${READERS} such sockets, io.emit of a row of 300 bytes at the same rate; it waits ten minutes for the answer`,
      `      to a ping, as it would otherwise close them within the run`,
      `both: the network towards the sockets is filled first, so that what is sent waits in the server; memory is what it grows by`,
      `      at its most, less what it grows by when the same sockets read; looked at every ${LOOK_MS / 1_000} s and at the end`,
    ],
    metrics: [
      metricOf({ name: 'most that waits for a paused reader', unit: 'B', aim: '≤ 65,536' }, [ours.most], [peer.most]),
      metricOf({ name: 'memory for a paused reader', unit: 'B', aim: '≤ 0.1 of peer' }, [ours.memory], [peer.memory]),
    ],
  }
}

async function hold(city: CityLog | null, paused: boolean, ms: number): Promise<Held> {
  const scene = await setScene(city, READERS, { paused })
  await measure(scene, { perSecond: RATE, ms: 2_000, blind: true })
  if (paused) await scene.server.ask('fill', scene.ports)
  const before = await loadOf(scene)
  const held: Held = { most: 0, memory: 0 }
  const look = async () => {
    const waiting = await scene.server.ask<(number | null)[]>('waiting', scene.ports)
    if (waiting.includes(null)) throw new Error('a reader was closed too early')
    held.most = Math.max(held.most, ...waiting.map((n) => n ?? 0))
    held.memory = Math.max(held.memory, (await loadOf(scene)).memory - before.memory)
  }
  const end = performance.now() + ms
  const reported = measure(scene, { perSecond: RATE, ms, blind: true })
  while (performance.now() + LOOK_MS < end) {
    await pause(LOOK_MS)
    await look()
  }
  await reported
  await look()
  await scene.end()
  return held
}

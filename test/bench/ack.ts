/** How long an official waits until a report is on disk, while a thousand people watch, and while others look at the past. */
import { type Benchmark, type BenchOptions, metricOf, quantile } from './measure.ts'
import { cityLog, type CityLog } from './live/log.ts'
import { measure, type Scene, setScene, WATCHERS } from './live/scene.ts'

const RATE = 50
/** Views of the past under way at once, the most that the server takes: two of each of two people. */
const EACH = 2

export async function ack({ quick }: BenchOptions): Promise<Benchmark> {
  const rounds = quick ? 1 : 3
  const ms = quick ? 8_000 : 20_000
  const city = await cityLog()
  const alone: number[][] = []
  const watched: number[][] = []
  const past: number[][] = []
  let folds = 0
  for (let i = 0; i < rounds; i++) {
    alone.push(await answersOf(await setScene(city, 0), ms))
    watched.push(await answersOf(await setScene(city, WATCHERS), ms))
    const scene = await setScene(city, WATCHERS, { members: city.others })
    const stop = lookBack(scene, city)
    past.push(await answersOf(scene, ms, async () => void (folds += await stop())))
  }
  city.remove()
  const aim = '≤ 3 of peer or ≤ 20'
  const at = (share: number) => (rounds_: number[][]) => rounds_.map((answers) => quantile(answers, share))
  const [half, most] = [at(0.5), at(0.99)]
  const name = 'durable acknowledgement'
  return {
    setting: [
      `ours: ${RATE} reports/s at random moments for ${ms / 1_000} s on the simulated city, ${WATCHERS} sockets on its page; then with ${2 * EACH} views of`,
      `      the past under way all the time (${Math.round(folds / rounds)} were answered in a round)`,
      `peer: the same server and rate, and nobody watches; ${rounds} round(s)`,
    ],
    metrics: [
      metricOf({ name: `${name}, median`, unit: 'ms', aim: null }, half(watched), half(alone)),
      metricOf({ name: `${name}, p99`, unit: 'ms', aim }, most(watched), most(alone)),
      metricOf(
        { name: `${name}, with ${2 * EACH} views of the past, median`, unit: 'ms', aim: null },
        half(past),
        half(alone),
      ),
      metricOf({ name: `${name}, with ${2 * EACH} views of the past, p99`, unit: 'ms', aim }, most(past), most(alone)),
    ],
  }
}

async function answersOf(scene: Scene, ms: number, end?: () => Promise<void>): Promise<number[]> {
  await measure(scene, { perSecond: RATE, ms: 2_000 })
  const { answers } = await measure(scene, { perSecond: RATE, ms })
  await end?.()
  await scene.end()
  return answers
}

/** Asks for one moment of the past after the other; stops when called, and says how many were answered. */
function lookBack({ started: { url, cookies, scopes } }: Scene, city: CityLog): () => Promise<number> {
  let going = true
  let answered = 0
  const loops = cookies.slice(1).flatMap((cookie, person) =>
    Array.from({ length: EACH }, async (_, k) => {
      for (let i = 0; going; i++) {
        // all over the log, in an order that no saved state foresees
        const seq = 100 + ((i * 7_919 + person * 3_301 + k * 1_777) % (city.events - 100))
        const reply = await fetch(`${url}/api/v1/changes?scope=${scopes[0]!}&asOf=${seq}`, { headers: { cookie } })
        if (!reply.ok) throw new Error(`${seq}: ${await reply.text()}`)
        await reply.text()
        answered++
      }
    }),
  )
  return async () => {
    going = false
    await Promise.all(loops)
    return answered
  }
}

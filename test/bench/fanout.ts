/** What it costs to keep a thousand people up to date, and how soon they are, against Socket.IO that sends each row to all. */
import { type Benchmark, type BenchOptions, type Metric, metricOf, quantile } from './measure.ts'
import { cityLog, type CityLog } from './live/log.ts'
import { type Measured, measure, setScene, WATCHERS } from './live/scene.ts'

const RATES = [10, 50, 200] as const
type Rate = (typeof RATES)[number]
/** At 200 a second the peer is measured at the rate that it does best at. */
const PEER_RATES: Record<Rate, Rate> = { 10: 10, 50: 50, 200: 50 }
const CPU_AIMS: Record<Rate, string> = { 10: '≤ 0.5 of peer', 50: '≤ 0.15 of peer', 200: '≤ 0.06 of peer' }
const QUIET_MS = 1_000

interface Round {
  at: Map<Rate, Measured>
  quiet: Measured | null
}

export async function fanout({ quick }: BenchOptions): Promise<Benchmark> {
  const rounds = quick ? 1 : 3
  const ms = quick ? 6_000 : 20_000
  const city = await cityLog()
  const ours: Round[] = []
  const peer: Round[] = []
  for (let i = 0; i < rounds; i++) {
    ours.push(await run(city, RATES, ms))
    peer.push(await run(null, [10, 50], ms))
  }
  city.remove()
  const per = (rounds_: Round[], rate: Rate, of: (m: Measured) => number) => rounds_.map((r) => of(r.at.get(rate)!))
  const cpu = (m: Measured) => m.cpu / (m.reports * WATCHERS)
  const bytes = (m: Measured) => m.bytes / (m.reports * WATCHERS)
  const metrics: Metric[] = RATES.map((rate) =>
    metricOf(
      { name: `processor time per delivered update, ${rate} reports/s`, unit: 'µs', aim: CPU_AIMS[rate] },
      per(ours, rate, cpu),
      per(peer, PEER_RATES[rate], cpu),
    ),
  )
  const screen = (name: string, m: (r: Round) => Measured, share: number, aim: string | null) =>
    metricOf(
      { name, unit: 'ms', aim },
      ours.map((r) => quantile(m(r).screens, share)),
      null,
    )
  metrics.push(
    screen('report → screen, after quiet, median', (r) => r.quiet!, 0.5, null),
    screen('report → screen, after quiet, p99', (r) => r.quiet!, 0.99, '≤ 150'),
    screen('report → screen, 200 reports/s, median', (r) => r.at.get(200)!, 0.5, null),
    screen('report → screen, 200 reports/s, p99', (r) => r.at.get(200)!, 0.99, '≤ 700'),
    metricOf(
      { name: 'wire bytes per report and watcher, 200 reports/s', unit: 'B', aim: '≤ 0.25 of peer' },
      per(ours, 200, bytes),
      per(peer, 50, bytes),
    ),
  )
  return {
    setting: [
      `ours: the simulated city (${city.events} events), ${WATCHERS} sockets on its page's three scopes; each report is a command that is`,
      `      decided, written to disk and answered; its processor time is in the figure`,
      `peer: Socket.IO 4.8, WebSocket only, io.emit of a row of 300 bytes for each report, nothing decided and nothing kept`,
      `both: reports at random moments for ${ms / 1_000} s, ${rounds} round(s); server and crowd in processes of their own; at 200/s the peer is`,
      `      taken at 50/s, where it does best`,
    ],
    metrics,
  }
}

async function run(city: CityLog | null, rates: readonly Rate[], ms: number): Promise<Round> {
  const scene = await setScene(city, WATCHERS)
  // warms up
  await measure(scene, { perSecond: 50, ms: 2_000 })
  const quiet = city === null ? null : await measure(scene, { perSecond: 0, ms, quietMs: QUIET_MS })
  const at = new Map<Rate, Measured>()
  for (const rate of rates) at.set(rate, await measure(scene, { perSecond: rate, ms }))
  await scene.end()
  return { at, quiet }
}

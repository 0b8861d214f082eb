/** Measurements for Prometheus: how much is written and sent, what waits, what is refused, and how the process does. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RefusalCode } from '../shared/errors.ts'

/** What is told of as it happens. */
export interface Metrics {
  /** a transaction is on disk: commands and events in it, and the seconds that it took */
  committed(commands: number, events: number, seconds: number): void
  refused(code: RefusalCode): void
  /** a patch was made, of so many bytes, for all who watch its scope */
  patched(bytes: number): void
  /** bytes of patches and proofs were written to one socket */
  sent(bytes: number): void
}

/** What is looked at when somebody asks. */
export interface Looks {
  /** commands that wait, the seq that is shown, and the newest */
  core: { load(): { waiting: number; shown: number; head: number } }
  /** connections, and watched scopes, each as often as connections watch it */
  realtime: { sockets(): number; watchers(): number }
  /** why the server is not ready */
  health: { causes(): readonly { cause: string }[] }
}

export interface MetricsText {
  /** all of them in Prometheus's text format; `type` is its media type */
  text(looks: Looks): Promise<string>
  type: string
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const BYTES = [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]

/** Begins to measure. What the runtime says of itself, the delay of its event loop among it, has prom-client's names. */
export function createMetrics(): Metrics & MetricsText {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const commands = new Counter({ name: 'rollout_commands_total', help: 'Commands that were committed', registers })
  const events = new Counter({ name: 'rollout_events_total', help: 'Events that were committed', registers })
  const commits = new Histogram({
    ...{
      name: 'rollout_commit_seconds',
      help: 'Time of a transaction until it is on disk',
      buckets: SECONDS,
      registers,
    },
  })
  const refusals = new Counter({
    ...{ name: 'rollout_refusals_total', help: 'Refusals by code', labelNames: ['code'] as const, registers },
  })
  const patches = new Histogram({
    ...{ name: 'rollout_patch_bytes', help: 'Bytes of a patch as it is sent', buckets: BYTES, registers },
  })
  const sent = new Counter({ name: 'rollout_sent_bytes_total', help: 'Bytes of patches and proofs sent', registers })
  const queue = new Gauge({ name: 'rollout_queue_commands', help: 'Commands that wait', registers })
  const behind = new Gauge({ name: 'rollout_fold_lag_events', help: 'Events on disk and not shown yet', registers })
  const sockets = new Gauge({ name: 'rollout_sockets', help: 'Live connections', registers })
  const watchers = new Gauge({ name: 'rollout_watchers', help: 'Watched scopes, counted by socket', registers })
  const unready = new Gauge({
    ...{
      name: 'rollout_unready',
      help: '1 for each cause of not being ready',
      labelNames: ['cause'] as const,
      registers,
    },
  })

  return {
    type: registry.contentType,
    committed(n, of, seconds) {
      commands.inc(n)
      events.inc(of)
      commits.observe(seconds)
    },
    refused: (code) => refusals.inc({ code }),
    patched: (bytes) => patches.observe(bytes),
    sent: (bytes) => sent.inc(bytes),
    text({ core, realtime, health }) {
      const { waiting, shown, head } = core.load()
      queue.set(waiting)
      behind.set(head - shown)
      sockets.set(realtime.sockets())
      watchers.set(realtime.watchers())
      unready.reset()
      for (const { cause } of health.causes()) unready.set({ cause }, 1)
      return registry.metrics()
    },
  }
}

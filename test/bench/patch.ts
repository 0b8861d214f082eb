/** How much is sent to the page of a whole city in full swing. Sizes are counted, so one round is enough. */
import { brotliCompressSync, zstdCompressSync } from 'node:zlib'
import { patchFrames } from '../../server/realtime/frames.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { SpanRow } from '../../shared/view/rows.ts'
import { decodeRow } from '../../shared/view/wire.ts'
import { spanOf } from '../../server/live/views/unit.ts'
import { builtIn, city, firstLoad, valuesOf } from '../support/city.ts'
import type { WrittenLog } from '../support/log.ts'
import { type Benchmark, type Metric, metricOf } from './measure.ts'

const TODAY = '2008-04-16'
const MANY = 100

const bytes = (text: string): number => Buffer.byteLength(text)
const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0)
const size = (name: string, value: number, aim: string | null = null): Metric =>
  metricOf({ name, unit: 'B', aim }, [value], null)

export async function patch(): Promise<Benchmark> {
  const plain = city(builtIn(0), '2007-09-12', TODAY)
  const reviewed = city(builtIn(1), '2007-12-03', '2008-03-12')
  const metrics = [
    ...(await oneReport('one report, without review', plain, streetsOf(plain)[0]!, TODAY, '≤ 600')),
    ...(await oneReport('one report, all five parts', reviewed, rich(reviewed), '2008-03-12', '≤ 900')),
    ...(await manyReports(plain)),
    ...load('first load', plain),
    ...load('first load, two years of days', city(builtIn(0, '2006-04-01'), '2006-04-16', TODAY)),
  ]
  const programme = JSON.stringify({ programme: builtIn(0) })
  metrics.push(
    size('programme, raw', bytes(programme), '≤ 60,000'),
    size('programme, compressed', brotliCompressSync(programme).length, '≤ 6,000'),
  )
  return {
    setting: [
      `the built-in city, nearly every street reporting every working day up to ${TODAY}; the page loads unit:<city>, programme, issues`,
      `raw: JSON with its envelope; by socket: the WebSocket's frames. Compressed as the server does it: zstd at its default for rows,`,
      `Brotli 11 for what is kept by its address`,
    ],
    metrics,
  }
}

const rootOf = (log: WrittenLog) => `unit:${log.projector.state().world.setting!.units.root}`
function streetsOf(log: WrittenLog): readonly string[] {
  const { units } = log.projector.state().world.setting!
  return units.leaves(units.root)
}

/** A street of whose totals no part is empty. */
function rich(log: WrittenLog): string {
  return streetsOf(log).find((street) => {
    const { waiting, disputed, returned, missing } = log.rows('sums', `unit:${street}`)[0]!.total
    return [waiting.up, disputed.up, returned.up, missing].every((counts) => counts.some((n) => n > 0))
  })!
}

/** What the page's scope is told when `write` has been done, asked for and flushed. */
function told(log: WrittenLog, write: () => void): { asked: string; flushed: string } {
  const { scopes } = log.projector
  const root = rootOf(log)
  scopes.changes(root, 0)
  scopes.open(root)
  const at = log.events.length
  write()
  const [flushed] = scopes.flush()
  const asked = scopes.changesText(root, at)
  scopes.close(root)
  return { asked, flushed: flushed!.patch!.text }
}

async function oneReport(name: string, log: WrittenLog, unit: string, day: Day, aim: string): Promise<Metric[]> {
  const { programme } = log.projector.state().world.setting!
  const { asked, flushed } = told(log, () =>
    log.add('ReportSubmitted', { unit, day, values: valuesOf(programme, 412) }, 'districtA'),
  )
  return [
    size(`${name}, by changes, raw`, bytes(asked), aim),
    size(`${name}, by socket`, (await patchFrames(flushed)).length, aim),
  ]
}

async function manyReports(log: WrittenLog): Promise<Metric[]> {
  const streets = streetsOf(log)
  const { asked, flushed } = told(log, () => {
    for (let i = 0; i < MANY; i++) {
      const day = i < streets.length ? TODAY : addDays(TODAY, -1 - (i % 6))
      const values = valuesOf(log.projector.state().world.setting!.programme, 300 + i)
      log.add('ReportSubmitted', { unit: streets[i % streets.length]!, day, values }, 'districtA')
    }
  })
  return [
    size(`${MANY} reports in a tick, raw`, bytes(asked), '≤ 12,000'),
    size(`${MANY} reports in a tick, by socket`, (await patchFrames(flushed)).length),
  ]
}

function load(name: string, log: WrittenLog): Metric[] {
  const rows = firstLoad(log)
  const state = log.projector.state()
  const { units } = state.world.setting!
  const spans = (JSON.parse(rows[0]!) as Patch).rows
    .filter(([key]) => key.startsWith('h'))
    .map((row) => decodeRow(row, units) as SpanRow)
    .map(({ month }) => JSON.stringify({ days: spanOf(state, units.root, month)!.days }))
  return [
    size(`${name}, rows, raw`, sum(rows.map(bytes)), '≤ 30,000'),
    size(`${name}, rows, compressed`, sum(rows.map((text) => zstdCompressSync(text).length)), '≤ 8,000'),
    size(
      `${name}, ${spans.length} older months where a chart shows them, once, compressed`,
      sum(spans.map((text) => brotliCompressSync(text).length)),
    ),
  ]
}

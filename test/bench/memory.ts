/** What a cell of four counters costs in memory: the world, its sums, and the rows of everything that can be watched. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { World } from '../../shared/domain/world.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { createProjector } from '../../server/live/projector.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Benchmark, type Metric, metricOf } from './measure.ts'
import { createSender, openWorkload, programmeOf, publicationsOf } from './workload.ts'

/** Days of which 100 streets have reported, with nine revisions of each, as in a replay. */
const DAYS = 600

export async function memory(): Promise<Benchmark> {
  const gc = collector()
  const store = openSqlite(':memory:')
  await fill(store)
  const before = used(gc)
  const projector = createProjector({ now: () => 0, most: Infinity })
  for (let page = await store.read(0, 5_000); page.length > 0; page = await store.read(page.at(-1)!.seq, 5_000))
    projector.fold(page)
  const { world } = projector.state()
  const cells = cellsOf(world)
  const folded = used(gc)
  const { units } = world.setting!
  const scopes = ['programme', 'issues', 'people', ...units.all.map((unit) => `unit:${unit}`)]
  const sheets = units.all.map((unit) => `sheet:${unit}/${world.today!}`)
  for (const scope of [...scopes, ...sheets]) projector.scopes.open(scope)
  const watched = used(gc)
  const { rows } = projector.scopes.size()
  const metric = (name: string, bytes: number, aim: string | null): Metric =>
    metricOf({ name: `bytes per cell of four counters, ${name}`, unit: 'B', aim }, [bytes / cells], null)
  const metrics = [
    metric('world and sums', folded - before, null),
    metric(`and ${rows} rows of all scopes of units and of today's sheets`, watched - before, '≤ 400'),
  ]
  // kept until here, so that nothing of it is collected before it is measured
  if (projector.scopes.size().scopes !== scopes.length + sheets.length) throw new Error('scopes were let go')
  await store.close()
  return {
    setting: [
      `a log of ${cells} cells: 100 streets, ${DAYS} days, a first report and revisions of each, folded from the store`,
      `heap and array buffers after garbage collection, against those before the fold`,
    ],
    metrics,
  }
}

async function fill(store: ReturnType<typeof openSqlite>): Promise<void> {
  const core = await openCore({ store, now: () => new Date() })
  const sender = createSender(core)
  const { office } = await openWorkload(core, sender, programmeOf())
  for (const { day, items } of publicationsOf(DAYS, 2)) {
    await sender.send(SYSTEM, 'BeginDay', { day })
    await sender.submit(office, items)
  }
  await core.close()
}

/** Reports with anything in them. */
function cellsOf(world: World): number {
  const { units, counters } = world.setting!
  let cells = 0
  for (const unit of units.leaves(units.root)) {
    const span = world.cells.span(unit)
    if (span === null) continue
    for (let day = span.first; day <= span.last; day++)
      if ([...counters.values()].some((counter) => world.cells.figure(unit, day, counter).version > 0)) cells++
  }
  return cells
}

/** Collects garbage, without asking for it on the command line. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

function used(gc: () => void): number {
  for (let i = 0; i < 3; i++) gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

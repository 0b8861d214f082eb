/** Size of what a watching screen is sent, in a rollout in full swing. */
import type { Values } from '../../shared/event.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { ReportRow } from '../../shared/view/rows.ts'
import { openCore } from '../../server/core/core.ts'
import { DEFAULT_PROGRAMME, programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { fillHistory, openSimulated } from '../../server/tools/simulate/history.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'
import { type Metric, metricOf } from './measure.ts'

const MANY = 100
const bytes = (patch: Patch): number => Buffer.byteLength(JSON.stringify(patch))

/** One report, and a tick with a hundred, as the scope of the whole rollout has them; the peer is the scope sent anew. */
export async function patchSizes(): Promise<Metric[]> {
  const folder = programmeFolder(DEFAULT_PROGRAMME)
  const programme = loadProgramme(folder)
  const simulation = loadSimulation(folder)
  if (!programme.ok || !simulation.ok) throw new Error(`${folder} does not load`)
  const store = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  await openSimulated({ core, clock }, programme.programme)
  await fillHistory({ core, clock, simulation: simulation.simulation, seed: 1 })
  const { units } = core.frame()!
  const office = core.actor(
    simulation.simulation.people.find((p) => p.role === 'office' && p.unit === units.root)!.member,
  )!
  const scope = `unit:${units.root}`
  const since = (seq: number) => {
    const seen = core.changes(office, scope, seq)
    if (!seen.ok) throw new Error(scope)
    return seen.value
  }
  const today = core.now().today!
  const reports = units.leaves(units.root).flatMap((unit) => {
    const seen = core.changes(office, `sheet:${unit}`, 0)
    return seen.ok ? seen.value.rows.filter((r): r is ReportRow => r.kind === 'report' && r.state !== 'disputed') : []
  })
  const newest = reports.sort((a, b) => b.day.localeCompare(a.day) || a.unit.localeCompare(b.unit))
  const counters = core.frame()!.programme.counters.map((c) => c.key)
  const itemOf = (row: ReportRow) => {
    const values: Values = Object.fromEntries(counters.map((k, i) => [k, (row.values[i] ?? 0) + 1]))
    const change = row.day < today ? { type: 'corrected' as const, reason: 'counted again' } : {}
    const confirmed = ['report.unusual', 'report.exceeds', 'report.coverageOver']
    return { unit: row.unit, day: row.day, values, basedOn: row.version, confirmed, ...change }
  }
  const sizeOf = async (id: string, rows: ReportRow[]) => {
    const { to } = since(Number.MAX_SAFE_INTEGER)
    const answer = await core.dispatch({ id, kind: 'SubmitReports', data: { items: rows.map(itemOf) } }, office)
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
    return bytes(since(to))
  }
  const one = await sizeOf('one-report', newest.slice(0, 1))
  const many = await sizeOf('many-reports', newest.slice(1, MANY + 1))
  const whole = bytes(since(0))
  await core.close()
  await store.close()
  return [
    metricOf({ name: 'live patch, one report (peer: the whole scope)', unit: 'bytes', aim: null }, [one], [whole]),
    metricOf({ name: `live patch, ${MANY} reports in a tick`, unit: 'bytes', aim: null }, [many], [whole]),
  ]
}

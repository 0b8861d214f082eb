/** How long a machine waits for the answer to 5,000 reports in one command over HTTP, and for how long nobody else is served. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { REPORTS } from '../../shared/domain/input.ts'
import { addDays } from '../../shared/progress/day.ts'
import type { Actor } from '../../shared/policy.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { startServer } from '../support/server.ts'
import { type Benchmark, metricOf } from './measure.ts'
import { programmeOf } from './workload.ts'

const DAYS = 10
const TODAY = '2008-01-10'
const office: Actor = { id: 'office', name: 'Office', role: 'office', unit: 'city' }

export async function batch(): Promise<Benchmark> {
  const rounds = 5
  const times: Record<'whole' | 'partial' | 'turn', number[]> = { whole: [], partial: [], turn: [] }
  for (let round = -1; round < rounds; round++) {
    const whole = await measured({})
    const partial = await measured({ partial: true })
    // the first round warms up
    if (round < 0) continue
    times.whole.push(whole.ms)
    times.partial.push(partial.ms)
    times.turn.push(Math.max(whole.turn, partial.turn))
  }
  const name = `a command of ${REPORTS.toLocaleString('en-US')} reports, answered`
  return {
    setting: [`ours: by a token over HTTP, sender and server in one process on one machine, on disk; ${rounds} rounds`],
    metrics: [
      metricOf({ name, unit: 'ms', aim: '≤ 2,000' }, times.whole, null),
      metricOf({ name: `${name}, every tenth left out`, unit: 'ms', aim: '≤ 2,000' }, times.partial, null),
      metricOf({ name: 'longest turn meanwhile, sender included', unit: 'ms', aim: null }, times.turn, null),
    ],
  }
}

/** Ms to the answer, and of the longest turn, on a server of its own. */
async function measured(more: { partial?: true }): Promise<{ ms: number; turn: number }> {
  const server = await startServer({ people: false, programme: programmeOf({ streets: REPORTS / DAYS }) })
  const member = { member: office.id, name: office.name, role: 'office', unit: 'city' }
  await server.server.core.dispatch({ id: 'bench-office', kind: 'AddMember', data: member }, SYSTEM)
  const made = await (
    await server.as(office)
  ).post('/api/v1/machines', { name: 'Register', unit: 'city', rights: ['report'] })
  const items = Array.from({ length: REPORTS }, (_, i) => ({
    unit: `street-${i % (REPORTS / DAYS)}`,
    day: addDays(TODAY, -Math.floor(i / (REPORTS / DAYS))),
    values: { applications: 40 + (i % 7), cleared: 30 + (i % 5), produced: 20 + (i % 3), issued: i % 11 },
    basedOn: 0,
    ...(more.partial === true && i % 10 === 0 ? {} : { reason: 'from the register' }),
  }))
  // of what is due, no first value without a reason: those of today are taken all the same
  const body = JSON.stringify({ id: 'bench-batch-1', kind: 'SubmitReports', data: { items, ...more } })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const began = performance.now()
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(made.body.token)}`, 'content-type': 'application/json' },
    body,
  })
  const text = await answer.text()
  const ms = performance.now() - began
  delay.disable()
  await server.close()
  if (!answer.ok) throw new Error(text.slice(0, 500))
  return { ms, turn: delay.max / 1e6 }
}

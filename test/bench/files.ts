/** How long a large file takes to be checked, from the first byte of the request to the last of the answer, and whether others wait for it. */
import { setTimeout } from 'node:timers/promises'
import { strToU8, zipSync } from 'fflate'
import { workbook } from '../../client/ui/workbook.ts'
import { SYSTEM } from '../../server/core/core.ts'
import type { FileCheck } from '../../shared/protocol/files.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { builtIn } from '../support/city.ts'
import { newId } from '../support/core.ts'
import { MORNING, startServer, type TestServer } from '../support/server.ts'
import { type Benchmark, type BenchOptions, metricOf } from './measure.ts'

const ROWS = 5_000
const FROM = '2007-09-12'
const TODAY = MORNING.toISOString().slice(0, 10)

export async function files({ quick }: BenchOptions): Promise<Benchmark> {
  const programme = builtIn(1, FROM)
  const bytes = bookOf(programme)
  const checks: number[] = []
  const waits: number[] = []
  const work: number[] = []
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    // a person's files cost what they weigh: each round has a server of its own
    const server = await startServer({ people: false, programme })
    const { ms, longest, cpu } = await checkOnce(server, programme.units[0]!.code, bytes)
    checks.push(ms)
    waits.push(longest)
    work.push(cpu)
    await server.close()
  }
  return {
    setting: [
      `an XLSX of ${ROWS} rows with four figures each (${(bytes.length / 1_024).toFixed(0)} kB), checked against the built-in city with one level of review;`,
      `all of it first reports of days that are over; while it is checked the server is asked for /healthz fifty times a second`,
    ],
    metrics: [
      metricOf({ name: `dry run of ${ROWS} rows, XLSX`, unit: 'ms', aim: '≤ 5,000' }, checks, null),
      metricOf({ name: 'processor time of it, all threads and the one who asks', unit: 'ms', aim: null }, work, null),
      metricOf({ name: 'longest wait of anybody else meanwhile', unit: 'ms', aim: null }, waits, null),
    ],
  }
}

function bookOf(programme: ReturnType<typeof builtIn>): Uint8Array {
  const streets = programme.units.filter((unit) => !programme.units.some((other) => other.parent === unit.code))
  const rows = [...daysBetween(FROM, addDays(TODAY, -1))].flatMap((day, d) =>
    streets.map(({ code, name }, s) => [
      code,
      name.zh,
      day,
      ...programme.counters.map((_, c) => 900 - 20 * c + ((d * 7 + s * 3) % 40)),
    ]),
  )
  if (rows.length < ROWS) throw new Error(`only ${rows.length} rows`)
  const headings = ['code', 'name', 'day', ...programme.counters.map(({ key }) => key)]
  const parts = workbook({ head: [], headings, rows: rows.slice(0, ROWS) })
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])))
}

async function checkOnce(server: TestServer, unit: string, bytes: Uint8Array) {
  const office = { id: 'office', name: 'Office', role: 'office', unit } as const
  const added = { member: office.id, name: office.name, role: office.role, unit }
  await server.server.core.dispatch({ id: newId(), kind: 'AddMember', data: added }, SYSTEM)
  const client = await server.as(office)
  let going = true
  const ask = async () => {
    let longest = 0
    while (going) {
      const asked = performance.now()
      await fetch(`${server.url}/healthz`)
      longest = Math.max(longest, performance.now() - asked)
      await setTimeout(20)
    }
    return longest
  }
  const asking = ask()
  const started = performance.now()
  const before = process.cpuUsage()
  const reply = await client.post('/api/v1/files/check', { data: Buffer.from(bytes).toString('base64') })
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  going = false
  const check = reply.body as unknown as FileCheck
  if (check.kind !== 'checked' || check.rows.length !== ROWS)
    throw new Error(`not checked: ${reply.text.slice(0, 400)}`)
  return { ms, longest: await asking, cpu: (user + system) / 1_000 }
}

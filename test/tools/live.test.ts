import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { rowKey, type IssueRow, type ReportRow } from '../../shared/view/rows.ts'
import { buildServer } from '../../server/build.ts'
import { DEFAULTS } from '../../server/config.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { pacedClock } from '../../server/tools/live/clock.ts'
import { startOfficials } from '../../server/tools/live/officials.ts'
import { startPacing } from '../../server/tools/live/pace.ts'
import { plan, type Step } from '../../server/tools/simulate/plan.ts'
import { momentOf } from '../../server/tools/simulate/clock.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'

const dir = mkdtempSync(join(tmpdir(), 'live-'))
afterAll(() => rmSync(dir, { recursive: true }))

test('officials work over the wire at the pace of the clock, and leave alone what a person has changed', async () => {
  const folder = programmeFolder('shenzhen-2008')
  const loaded = [loadProgramme(folder), loadSimulation(folder)] as const
  if (!loaded[0].ok || !loaded[1].ok) throw new Error('the programme does not load; see test/programs')
  const { programme } = loaded[0]
  const first = programme.startsOn
  const simulation = { ...loaded[1].simulation, until: { day: first, time: '08:00' } }
  const clock = pacedClock(programme.timeZone, 2_500, momentOf(first, '07:00', programme.timeZone))
  const server = await buildServer({
    config: { ...DEFAULTS, host: '127.0.0.1', port: 0, data: join(dir, 'rollout.db') },
    programme,
    nature: 'simulated',
    clock: clock.now,
    authClock: () => new Date(),
    scheduler: false,
    demo: { people: () => ['zhou-rushu'] },
    log: pino({ level: 'silent' }),
    tickMs: 10,
  })
  const { core } = server
  const send = (id: string, kind: string, data: unknown, by = SYSTEM) => core.dispatch({ id, kind, data }, by)
  for (const { member, name, role, unit } of simulation.people)
    await send(`AddMember:${member}`, 'AddMember', { member, name, role, unit })
  await send(`BeginDay:${first}`, 'BeginDay', { day: first })
  const office = core.actor('zhou-rushu')!
  const mine = { unit: '440308001', day: first, values: { accepted: 5, issued: 1 }, basedOn: 0 }
  expect(await send('person-1', 'SubmitReports', { items: [mine] }, office)).toMatchObject({ ok: true })
  const asked = simulation.issues[0]!.question
  expect(await send('person-2', 'LogIssue', asked, core.actor('gu-ruyun'))).toMatchObject({ ok: true })

  const rest = plan(core.frame()!, { ...simulation, replies: { ...simulation.replies, chance: 1 } }, 3)
  rest.next()
  const officials = await startOfficials(server.url, server.auth, simulation)
  const pacing = startPacing({
    core,
    clock,
    officials,
    history: { rest, next: rest.next().value ?? null, commands: 0 },
  })
  const reports = () => {
    const seen = core.changes(office, 'sheet:440308', 0)
    if (!seen.ok) throw new Error('refused')
    return seen.value.rows.filter((r): r is ReportRow => r.kind === 'report')
  }
  await expect.poll(() => core.now().today, { timeout: 15_000 }).toBe('2007-09-14')
  pacing.stop()
  expect(await pacing.done).toBe(false)
  officials.close()

  const report = (unit: string, day: string) => reports().find((r) => r.key === rowKey.report(unit, day))
  expect(report('440308001', first)).toMatchObject({ values: [5, null, null, 1], by: { id: 'zhou-rushu' } })
  expect(reports().filter((r) => r.by.id === 'zhong-yusheng').length).toBeGreaterThan(5)
  expect(report('440308002', first)!.at.slice(0, 10)).toBe(first)
  expect(officials.counts()).toMatchObject({ refused: 0 })
  const issues = core.changes(office, 'issues', 0)
  expect(issues.ok && issues.value.rows.find((r): r is IssueRow => r.kind === 'issue')!.replies).toBeGreaterThan(0)
  await server.close()
}, 60_000)

test('at the end of the plan the officials have nothing more to do', async () => {
  const core = {
    dispatch: async () => ({ ok: true as const, seq: 1 }),
    now: () => ({ today: '2020-01-01', closed: null }),
  }
  const officials = {
    carryOut: async () => undefined,
    counts: () => ({ accepted: 0, refused: 0 }),
    close: () => undefined,
  }
  const clock = pacedClock('UTC', 10, momentOf('2020-01-01', '12:00', 'UTC'))
  const none: Step[] = []
  const history = { rest: none[Symbol.iterator](), next: null, commands: 0 }
  expect(await startPacing({ core, clock, officials, history }).done).toBe(true)
})

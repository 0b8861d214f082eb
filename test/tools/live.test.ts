import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import type { CommandData, CommandKind } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { buildServer } from '../../server/build.ts'
import { DEFAULTS } from '../../server/config.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { scaledClock } from '../../server/tools/live/clock.ts'
import { startOfficials } from '../../server/tools/live/officials.ts'
import { startLiveRun } from '../../server/tools/live/run.ts'
import { momentOf } from '../../server/tools/simulate/clock.ts'
import { plan } from '../../server/tools/simulate/plan.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'
import type { Step } from '../../server/tools/simulate/steps.ts'

const dir = mkdtempSync(join(tmpdir(), 'live-'))
afterAll(() => rmSync(dir, { recursive: true }))

const folder = programmeFolder('shenzhen-2008')
const loaded = [loadProgramme(folder), loadSimulation(folder)] as const
if (!loaded[0].ok || !loaded[1].ok) throw new Error('the programme does not load; see test/programs')
const { programme } = loaded[0]
const FIRST = programme.startsOn
const simulation = { ...loaded[1].simulation, until: { day: FIRST, time: '08:00' } }

/** A server whose first day has begun, with the people of the simulation. */
async function started(name: string, dayMs: number, played = simulation) {
  const clock = scaledClock(programme.timeZone, dayMs, momentOf(FIRST, '07:00', programme.timeZone))
  const server = await buildServer({
    config: { ...DEFAULTS, host: '127.0.0.1', port: 0, data: join(dir, `${name}.db`) },
    programme,
    origin: 'simulated',
    clock: clock.now,
    authClock: () => new Date(),
    scheduler: false,
    demo: { people: () => ['zhou-rushu'] },
    log: pino({ level: 'silent' }),
    tickMs: 10,
  })
  const { core } = server
  let sent = 0
  const must = async <K extends CommandKind>(kind: K, data: CommandData<K>, by: Actor = SYSTEM) => {
    expect(await core.dispatch({ id: `person-${++sent}`, kind, data }, by)).toMatchObject({ ok: true })
  }
  for (const { member, name: called, role, unit } of simulation.people)
    await must('AddMember', { member, name: called, role, unit })
  await must('BeginDay', { day: FIRST })
  const office = core.actor('zhou-rushu')!
  const setting = core.setting()!
  async function rows<K extends RowKind>(kind: K, scope: string): Promise<RowByKind<K>[]> {
    const seen = await core.changes(office, scope, 0)
    if (!seen.ok) throw new Error(`${scope} is refused`)
    return [...rowsOf(kind, seen.value.rows, setting.units)]
  }
  /** newest values of a street of Yantian by counter, and who gave the first of them that there is */
  async function report(unit: string, day: string) {
    const row = (await rows('report', `sheet:440308/${day}`)).find((r) => r.unit === unit)
    const figures = row?.figures ?? []
    return { values: figures.map((f) => f.value), by: figures.find((f) => f.by !== null)?.by?.id, figures }
  }
  const officials = await startOfficials(server.url, server.auth, setting, played)
  return { server, core, clock, must, office, setting, rows, report, officials }
}

test('officials work over the wire at the pace of the clock, and leave alone what a person has changed', async () => {
  const { server, core, clock, must, office, setting, rows, report, officials } = await started('pace', 2_500)
  const mine = { unit: '440308001', day: FIRST, values: { applications: 5, issued: 1 }, basedOn: 0 }
  await must('SubmitReports', { items: [mine] }, office)
  await must('LogIssue', simulation.issues[0]!.question, core.actor('gu-ruyun'))

  const rest = plan(setting, { ...simulation, replies: { ...simulation.replies, chance: 1 } }, 3)
  rest.next()
  const history = { rest, next: rest.next().value ?? null, commands: 0, refused: 0 }
  const run = startLiveRun({ core, clock, officials, history })
  await expect.poll(() => core.now().today, { timeout: 15_000 }).toBe('2007-09-14')
  run.stop()
  expect(await run.done).toBe(false)
  officials.close()

  expect(await report('440308001', FIRST)).toMatchObject({ values: [5, null, null, 1], by: 'zhou-rushu' })
  let theirs = 0
  for (const day of [FIRST, '2007-09-13', '2007-09-14'])
    for (const row of await rows('report', `sheet:440308/${day}`))
      if (row.figures[0]!.by?.id === 'zhong-yusheng') theirs++
  expect(theirs).toBeGreaterThan(5)
  const { figures } = await report('440308002', FIRST)
  expect(new Date(figures[0]!.at).toISOString().slice(0, 10)).toBe(FIRST)
  expect(officials.counts()).toMatchObject({ refused: 0 })
  expect((await rows('issueLine', 'issues'))[0]!.replies).toBeGreaterThan(0)
  await server.close()
}, 60_000)

test('officials complete, take back and move reports over the wire, whatever they did a moment before', async () => {
  const { server, core, must, office, report, officials } = await started('filing', 60_000)
  const by = 'zhong-yusheng'
  const [one, two, three] = ['440308001', '440308002', '440308003'].map((unit) => ({ unit, day: FIRST }))
  const values = { applications: 100, cleared: 60, produced: 50 }
  const intents = [one!, two!].map((cell) => ({ ...cell, values }))
  // all at once: a person does one thing after another
  await Promise.all([
    officials.carryOut({ at: 0, kind: 'report', by, intents }),
    officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...one!, values: { ...values, applications: 110 } }] }),
    officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...one!, values: { ...values, applications: 120 } }] }),
  ])
  expect((await report(one!.unit, FIRST)).values).toEqual([120, 60, 50, null])

  await must('BeginDay', { day: '2007-09-13' })
  const late = { values: { issued: 40 }, type: 'late' as const, reason: 'counted overnight' }
  await officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...one!, ...late }] })
  expect((await report(one!.unit, FIRST)).figures[3]).toMatchObject({ value: 40, restated: { type: 'late' } })

  await officials.carryOut({ at: 0, kind: 'move', by, from: one!, to: three!, reason: 'belongs there' })
  expect((await report(one!.unit, FIRST)).values).toEqual([null, null, null, null])
  expect((await report(three!.unit, FIRST)).values).toEqual([120, 60, 50, 40])
  await officials.carryOut({ at: 0, kind: 'withdraw', by, cells: [three!, one!], reason: 'another day' })
  expect((await report(three!.unit, FIRST)).values).toEqual([null, null, null, null])
  expect(officials.counts()).toEqual({ accepted: 6, refused: 0 })

  // the deadline passed while it was on its way: it comes as a correction, with a reason
  await officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...two!, values: { ...values, produced: 52 } }] })
  const { figures } = await report(two!.unit, FIRST)
  expect(figures[2]).toMatchObject({ value: 52, restated: { type: 'corrected' } })
  expect(officials.counts()).toEqual({ accepted: 7, refused: 0 })

  // the office has had a hand in it: nothing more is done
  const head = await core.changes(office, 'programme', 0)
  if (!head.ok) throw new Error('no rows')
  const correction = {
    ...two!,
    values: { cleared: 61 },
    basedOn: head.value.to,
    type: 'corrected' as const,
    reason: 'recount',
  }
  await must('SubmitReports', { items: [correction] }, office)
  await officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...three!, ...late }] })
  await officials.carryOut({ at: 0, kind: 'withdraw', by, cells: [two!], reason: 'another day' })
  await officials.carryOut({ at: 0, kind: 'report', by, intents: [{ ...two!, ...late }] })
  expect((await report(two!.unit, FIRST)).values).toEqual([100, 61, 52, null])
  expect(officials.counts()).toEqual({ accepted: 8, refused: 0 })
  officials.close()
  await server.close()
}, 60_000)

test('K1 K7 M10 a machine reports by its token, a reviewer goes through it over the wire, and its official answers', async () => {
  const by = 'zhong-yusheng'
  const machine = { member: 'machine.trial2007', name: 'Counter', unit: '440308004' }
  const from = { day: FIRST, time: '08:00' }
  const always = (verdict: 'return' | 'ask' | 'leave') => {
    const odds = { return: 0, ask: 0, leave: 0, [verdict]: 1 }
    return { ...simulation.review, plain: odds, strange: odds, confirmed: odds }
  }
  const asking: typeof simulation = {
    ...simulation,
    machines: [{ ...machine, by, from }],
    review: always('ask'),
    attend: { ...simulation.attend, inquiry: 1 },
  }
  const { server, must, report, officials } = await started('review', 60_000, asking)
  await officials.carryOut({ at: 0, kind: 'machine', by, ...machine })
  const cell = { unit: machine.unit, day: FIRST }
  const values = { applications: 9, cleared: 8, produced: 7, issued: 6 }
  await officials.carryOut({ at: 0, kind: 'report', by: machine.member, intents: [{ ...cell, values }] })
  await officials.carryOut({
    at: 0,
    kind: 'report',
    by: machine.member,
    intents: [{ ...cell, values: { ...values, issued: 7 } }],
  })
  expect(await report(cell.unit, FIRST)).toMatchObject({ values: [9, 8, 7, 7], by: machine.member })

  const review = { at: 0, kind: 'review' as const, by: 'luo-shenyan', unit: '440308' }
  await officials.carryOut({ ...review, draw: 'early' })
  expect(
    (await report(cell.unit, FIRST)).figures.map((f) => f.state),
    'its day is open',
  ).not.toContain('approved')
  await must('PassDeadline', { day: FIRST })
  // a reviewer sees what has come to their page
  const states = async (draw: string) => {
    await officials.carryOut({ ...review, draw })
    return (await report(cell.unit, FIRST)).figures.map((f) => f.state).sort()
  }
  await expect.poll(() => states('evening')).toEqual(['approved', 'approved', 'approved', 'submitted'])
  const { figures } = await report(cell.unit, FIRST)
  expect(figures.flatMap((f) => f.inquiries ?? [])).toHaveLength(1)
  await officials.carryOut({ at: 0, kind: 'attend', by, unit: '440308', draw: 'a', early: true, spare: false })
  const answered = (await report(cell.unit, FIRST)).figures.flatMap((f) => f.inquiries ?? [])
  expect(answered.map((inquiry) => inquiry.answer?.by.id)).toEqual([by])
  // asked and answered: there is nothing more to ask
  await expect.poll(() => states('morning')).toEqual(Array(4).fill('approved'))
  expect(officials.counts()).toMatchObject({ refused: 0 })
  officials.close()
  await server.close()
}, 60_000)

const neverAsked = (what: string): never => {
  throw new Error(`${what} is not asked`)
}

test('at the end of the plan the officials have nothing more to do', async () => {
  const core = {
    dispatch: async () => ({ ok: true as const, seq: 1, happened: [] }),
    now: () => ({ today: '2020-01-01', closed: null }),
    setting: () => null,
    clock: () => neverAsked('clock'),
  }
  const officials = {
    carryOut: async () => undefined,
    counts: () => ({ accepted: 0, refused: 0 }),
    close: () => undefined,
  }
  const clock = scaledClock('UTC', 10, momentOf('2020-01-01', '12:00', 'UTC'))
  const none: Step[] = []
  const history = { rest: none[Symbol.iterator](), next: null, commands: 0, refused: 0 }
  expect(await startLiveRun({ core, clock, officials, history }).done).toBe(true)
})

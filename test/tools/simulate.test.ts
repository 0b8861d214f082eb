import { describe, expect, test } from 'vitest'
import type { Recorded } from '../../shared/event.ts'
import { type Standing, plansOf, standingOf } from '../../shared/progress/standing.ts'
import type { QueueCountsRow } from '../../shared/view/queueRows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { WORK_KINDS, type WorkCountsRow } from '../../shared/view/workRows.ts'
import { type Core, openCore } from '../../server/core/core.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { copyLog } from '../../server/tools/copy.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { fillHistory, openSimulated } from '../../server/tools/simulate/history.ts'
import { loadSimulation, type Simulation } from '../../server/tools/simulate/simulation.ts'

const folder = programmeFolder('shenzhen-2008')
const loaded = loadSimulation(folder)
const program = loadProgramme(folder)
if (!loaded.ok || !program.ok) throw new Error('the programme does not load; see test/programs')
const { programme } = program

const upTo = (day: string, time: string): Simulation => ({ ...loaded.simulation, until: { day, time } })

async function live(simulation: Simulation, seed: number) {
  const store = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  await openSimulated({ core, clock }, programme)
  const history = await fillHistory({ core, clock, simulation, seed })
  const events = await store.read(0, 1_000_000)
  return { store, core, history, events, close: () => core.close().then(() => store.close()) }
}

/** Where a unit stands against a target of the first plan, read as a page reads it. */
async function standing(core: Core, unit: string, target: string): Promise<Standing> {
  const setting = core.setting()!
  const seen = await core.changes(core.actor('zhou-rushu')!, `unit:${unit}`, 0)
  if (!seen.ok) throw new Error('refused')
  const { rows } = seen.value
  const [clock] = rowsOf('clock', rows, setting.units)
  const own = <T extends { unit: string }>(list: Iterable<T>): T => [...list].find((r) => r.unit === unit)!
  const [sums, closed] = [own(rowsOf('sums', rows, setting.units)), own(rowsOf('closed', rows, setting.units))]
  return standingOf(plansOf(setting).get('T1', target)!, unit, sums, closed, clock!)!
}

/** What the lists of the demonstration hold as it begins. */
const NOON = [
  {
    ...{ seed: 1, waiting: 54, confirmed: 2, older: 10, open: 8, closed: 28, districts: [5, 5] },
    office: { returned: 2, disputed: 3, missing: 4, partial: 0, inquiry: 4 },
  },
  {
    ...{ seed: 2, waiting: 56, confirmed: 3, older: 10, open: 7, closed: 16, districts: [5, 3] },
    office: { returned: 3, disputed: 3, missing: 3, partial: 0, inquiry: 2 },
  },
]

describe('a simulated history', () => {
  test('the same seed gives the same log, to the last hash; another seed another log', async () => {
    const simulation = upTo('2007-10-20', '12:00')
    const [first, second, other] = await Promise.all([live(simulation, 7), live(simulation, 7), live(simulation, 8)])
    expect(first.events.length).toBeGreaterThan(300)
    expect(second.events.at(-1)).toEqual(first.events.at(-1))
    expect(other.events.at(-1)!.hash).not.toBe(first.events.at(-1)!.hash)
    for (const { close } of [first, second, other]) await close()
  })

  test('a log is copied event for event into another store, which answers a repeated command alike', async () => {
    const { store, events, close } = await live(upTo('2007-09-20', '12:00'), 7)
    const copy = openSqlite(':memory:')
    expect(await copyLog(store, copy)).toBe(events.length)
    expect(await copy.read(0, 1_000_000)).toEqual(events)
    const ids = events.map((e) => e.command)
    expect(await copy.answers(ids)).toEqual(await store.answers(ids))
    await expect(copyLog(store, copy)).rejects.toThrow('not empty')
    await close()
    await copy.close()
  })

  test.each(NOON)(
    'K10 Q11 E9 at noon, as the demonstration begins with seed $seed, every list has a handful',
    async ({ seed, ...named }) => {
      const { core, close } = await live(loaded.simulation, seed)
      const sight = async (member: string, scope: string) => {
        const seen = await core.changes(core.actor(member)!, scope, 0)
        if (!seen.ok) throw new Error('refused')
        return seen.value.rows
      }
      const { units } = core.setting()!
      const queue = await sight('zhou-rushu', 'queue:440300')
      const [{ waiting, confirmed }] = [...rowsOf('queueCounts', queue, units)] as [QueueCountsRow]
      // of days that are due: beside an approved figure, and asked about
      const rows = [...rowsOf('queue', queue, units)].filter(({ day }) => day < '2008-04-16')
      const figures = rows.flatMap((row) => row.figures)
      expect(
        figures.some(({ state, approved, value }) => state === 'submitted' && approved !== null && approved !== value),
      ).toBe(true)
      expect(figures.some(({ inquiries }) => inquiries !== undefined)).toBe(true)
      const work = await sight('zhou-rushu', 'work:440300')
      const [{ counts, offers }] = [...rowsOf('workCounts', work, units)] as [WorkCountsRow]
      expect(offers).toBe(1)
      const handled: number[] = []
      for (const [member, unit] of [
        ['lin-rulan', '440307'],
        ['he-bingzhou', '440306'],
      ] as const)
        handled.push([...rowsOf('work', await sight(member, `work:${unit}`), units)].length)
      const [silence] = [...rowsOf('silence', await sight('zhou-rushu', 'silence:440300'), units)]
      const { open, closed } = silence!
      const office = Object.fromEntries(WORK_KINDS.map((what, k) => [what, counts[k]]))
      expect({ waiting: waiting[0], confirmed, older: rows.length, office, districts: handled, open, closed }).toEqual(
        named,
      )
      await close()
    },
    120_000,
  )

  test('ends with the June target in the balance, and everything in it that goes wrong in an office', async () => {
    const { core, events, history, close } = await live(upTo('2008-04-16', '18:00'), 1)
    const city = await standing(core, '440300', 'june')
    const points = new Map<string, number>()
    for (const unit of core.setting()!.units.children('440300'))
      points.set(unit, (await standing(core, unit, 'june')).points)
    expect(points.get('440306')).toBeCloseTo(-5, 0)
    points.delete('440306')
    for (const lead of points.values()) expect(Math.abs(lead)).toBeLessThan(4.3)
    // only what was approved counts, so the pilot's target was reached a month late
    const pilot = await standing(core, '440308', 'pilot')
    expect(pilot.status).toBe('reachedLate')
    expect(pilot.reachedOn! > '2008-02-20').toBe(true)
    expect(city.breakdown).toEqual({
      ...{ approved: 2_161_876, waiting: { up: 31_883, down: 0 }, disputed: { up: 110, down: 297 } },
      ...{ returned: { up: 99, down: 0 }, missing: 7_229 },
    })
    expect(city.points).toBeCloseTo(-2.632, 3)

    const of = (test: (e: Recorded) => boolean) => events.filter(test).length
    const restated = (type: string) => of((e) => e.type === 'ReportRestated' && e.data.type === type)
    expect(['late', 'corrected', 'reduced'].map(restated)).toEqual([127, 150, 324])
    expect(of((e) => 'confirmedWhy' in e.data)).toBe(153)
    // the office claims figures of single counters, and of a whole report; some while they wait, and settled either way
    const claims = events.flatMap((e) => (e.type === 'ReportDisputed' ? [Object.keys(e.data.values).length] : []))
    expect(claims.filter((n) => n === 4)).toHaveLength(2)
    expect(claims.filter((n) => n === 1)).toHaveLength(23)
    const settled = of((e) => e.type === 'DisputeSettled')
    expect(settled).toBe(22)
    expect(claims.length - settled).toBe(3)
    expect(of((e) => e.type === 'ReportWithdrawn')).toBe(8)
    expect(of((e) => e.type === 'ReportReattributed' && e.data.offer === undefined)).toBe(6)
    expect(of((e) => e.type === 'ReportReattributed' && e.data.offer === 1)).toBe(2)
    expect(of((e) => e.type === 'ReattributionOffered')).toBe(3)
    expect(of((e) => e.type === 'ReattributionDeclined' && e.data.offer === 2)).toBe(1)
    expect(of((e) => e.type === 'ReportRestated' && 'issued' in e.data.values && !('produced' in e.data.values))).toBe(
      74,
    )
    const locks = events.flatMap((e) => (e.type === 'PeriodLocked' ? [e.data] : []))
    expect(locks.map(({ through }) => through)).toEqual(['2008-01-31', '2008-02-29', '2008-02-29'])
    expect(locks[0]!.carried).toEqual([{ unit: '440308002', day: '2008-01-30', counters: ['issued'] }])
    expect(of((e) => e.type === 'PeriodReopened' && e.data.through === '2008-02-24')).toBe(1)
    expect(of((e) => e.type === 'IssueLogged')).toBe(loaded.simulation.issues.length)
    expect(history.next).toMatchObject({ kind: 'begin', day: '2008-04-17' })
    const times = events.map((e) => e.at)
    expect(times).toEqual([...times].sort())

    // the reviewer approves most, returns some with a reason, asks about some; officials do their part
    const approved = of((e) => e.type === 'ReportApproved' && e.actor === 'luo-shenyan')
    const returned = events.filter((e) => e.type === 'ReportReturned')
    expect(approved).toBe(of((e) => e.type === 'ReportApproved'))
    expect([approved, returned.length]).toEqual([4_520, 167])
    const asked = of((e) => e.type === 'FiguresAskedAbout')
    expect([asked, of((e) => e.type === 'InquiryAnswered')]).toEqual([229, 221])
    const kinds = ['QuestionsAnswered', 'ReminderSeen', 'CallNoted', 'ReminderPostponed', 'SupervisionOpened'] as const
    expect(kinds.map((type) => of((e) => e.type === type))).toEqual([8, 118, 20, 13, 132])
    expect(of((e) => e.actor.startsWith('machine.') && e.type === 'ReportSubmitted')).toBe(40)
    // nothing that they do is refused, but for the lock that asks what is open
    expect(history.refused).toBe(1)
    await close()
  }, 120_000)
})

import { describe, expect, test } from 'vitest'
import type { Recorded } from '../../shared/event.ts'
import { type Standing, plansOf, standingOf } from '../../shared/progress/standing.ts'
import { rowsOf } from '../../shared/view/wire.ts'
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

  test('ends with the June target in the balance, and everything in it that goes wrong in an office', async () => {
    const { core, events, history, close } = await live(upTo('2008-04-16', '18:00'), 1)
    const city = await standing(core, '440300', 'june')
    expect(city.breakdown.approved).toBeGreaterThan(2_170_000)
    expect(city.breakdown.approved).toBeLessThan(2_250_000)
    expect(city.points).toBeGreaterThan(-3)
    expect(city.points).toBeLessThan(-1.5)
    const points = new Map<string, number>()
    for (const unit of core.setting()!.units.children('440300'))
      points.set(unit, (await standing(core, unit, 'june')).points)
    expect(points.get('440306')).toBeCloseTo(-5, 0)
    points.delete('440306')
    for (const lead of points.values()) expect(Math.abs(lead)).toBeLessThan(4.1)
    const pilot = await standing(core, '440308', 'pilot')
    expect(pilot.status).toBe('reachedLate')
    expect(pilot.reachedOn!.slice(0, 7)).toBe('2008-03')
    expect(city.breakdown.disputed.up).toBeGreaterThan(0)
    expect(city.breakdown.missing).toBeGreaterThan(0)

    const of = (test: (e: Recorded) => boolean) => events.filter(test).length
    for (const type of ['late', 'corrected', 'reduced'] as const)
      expect(of((e) => e.type === 'ReportRestated' && e.data.type === type)).toBeGreaterThan(20)
    expect(of((e) => 'confirmed' in e.data)).toBeGreaterThan(20)
    expect(of((e) => e.type === 'ReportDisputed')).toBe(4)
    expect(of((e) => e.type === 'DisputeSettled')).toBe(1)
    // the office claims figures of single counters, and of a whole report
    const claimed = events.flatMap((e) => (e.type === 'ReportDisputed' ? [Object.keys(e.data.values).length] : []))
    expect(claimed.sort()).toEqual([1, 1, 4, 4])
    expect(of((e) => e.type === 'ReportWithdrawn')).toBeGreaterThan(3)
    expect(of((e) => e.type === 'ReportReattributed' && e.data.offer === undefined)).toBeGreaterThan(3)
    expect(of((e) => e.type === 'ReportReattributed' && e.data.offer === 1)).toBe(2)
    expect(of((e) => e.type === 'ReattributionOffered')).toBe(3)
    expect(of((e) => e.type === 'ReattributionDeclined' && e.data.offer === 2)).toBe(1)
    expect(
      of((e) => e.type === 'ReportRestated' && 'issued' in e.data.values && !('produced' in e.data.values)),
    ).toBeGreaterThan(10)
    expect(of((e) => e.type === 'PeriodLocked' && e.data.through === '2008-01-31')).toBe(1)
    expect(of((e) => e.type === 'IssueLogged')).toBe(loaded.simulation.issues.length)
    expect(history.next).toMatchObject({ kind: 'begin', day: '2008-04-17' })
    const times = events.map((e) => e.at)
    expect(times).toEqual([...times].sort())
    await close()
  }, 120_000)
})

import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Programme } from '../shared/domain/programme.ts'
import { SYSTEM } from '../server/core/core.ts'
import { localTime, startScheduler, type Scheduler } from '../server/scheduler.ts'
import { type Bench, startBench } from './support/core.ts'
import { tinyProgramme } from './support/programme.ts'

describe('the clock of the log', () => {
  let bench: Bench
  let scheduler: Scheduler
  let now: Date
  const log: string[] = []

  const begin = async (programme: Partial<Programme> = {}) => {
    bench = await startBench({ programme: tinyProgramme(programme) })
    scheduler = startScheduler({
      core: bench.core,
      clock: () => now,
      log: pino({ level: 'warn' }, { write: (line: string) => void log.push(String(JSON.parse(line).msg)) }),
      everyMs: 1e9,
    })
  }
  /** what the log says at that moment */
  const at = async (moment: string) => {
    now = new Date(moment)
    await scheduler.tick()
    return Object.values(bench.core.now())
  }

  beforeEach(() => void log.splice(0))
  afterEach(async () => {
    scheduler.stop()
    await bench.close()
    // a refusal would mean that it asked for what was not due
    expect(log.filter((line) => line.includes('refused') || line.includes('failed'))).toEqual([])
  })

  it('begins a day at midnight of the programme’s time zone and passes its deadline once', async () => {
    await begin()
    expect(await at('2008-01-09T15:59:59Z')).toEqual(['2008-01-09', '2008-01-09'])
    expect(await at('2008-01-09T16:00:00Z')).toEqual(['2008-01-10', '2008-01-09'])
    expect(await at('2008-01-10T09:29:59Z')).toEqual(['2008-01-10', '2008-01-09'])
    expect(await at('2008-01-10T09:30:00Z')).toEqual(['2008-01-10', '2008-01-10'])
    const { length } = await bench.store.read(0, 1_000)
    expect(await at('2008-01-10T10:00:00Z')).toEqual(['2008-01-10', '2008-01-10'])
    expect(await bench.store.read(0, 1_000)).toHaveLength(length)
  })

  it('goes straight to the day it is after having been away', async () => {
    await begin()
    await at('2008-01-09T16:00:00Z')
    expect(await at('2008-01-14T01:00:00Z')).toEqual(['2008-01-14', '2008-01-13'])
    expect(await bench.store.read(0, 1_000)).toHaveLength(7 + 2)
  })

  it('never goes back, whatever the machine’s clock does', async () => {
    await begin()
    await at('2008-01-10T10:00:00Z')
    expect(await at('2008-01-08T10:00:00Z')).toEqual(['2008-01-10', '2008-01-10'])
  })

  it('begins no day before the programme does', async () => {
    await begin()
    expect(await at('2007-12-31T15:59:00Z')).toEqual([null, null])
    expect(await at('2007-12-31T16:00:00Z')).toEqual(['2008-01-01', '2007-12-31'])
  })

  it('stays at the last day when the programme is over, and says so once', async () => {
    await begin()
    expect(await at('2026-05-01T00:00:00Z')).toEqual(['2008-12-31', '2008-12-31'])
    expect(await at('2026-05-02T00:00:00Z')).toEqual(['2008-12-31', '2008-12-31'])
    expect(log).toEqual(['the programme is over: its last day stays'])
  })

  it('keeps to the wall clock where hours are skipped or repeated', async () => {
    const deadline = { ...tinyProgramme().reporting, deadline: '02:30' }
    await begin({ timeZone: 'Europe/Rome', reporting: deadline })
    // 02:00 becomes 03:00: the deadline has passed although its minute never was
    expect(await at('2008-03-30T00:59:00Z')).toEqual(['2008-03-30', '2008-03-29'])
    expect(await at('2008-03-30T01:00:00Z')).toEqual(['2008-03-30', '2008-03-30'])
    // 03:00 becomes 02:00: it passes the first time and stays passed
    expect(await at('2008-10-26T00:29:00Z')).toEqual(['2008-10-26', '2008-10-25'])
    expect(await at('2008-10-26T00:30:00Z')).toEqual(['2008-10-26', '2008-10-26'])
    expect(await at('2008-10-26T01:10:00Z')).toEqual(['2008-10-26', '2008-10-26'])
    // midnight itself moves by an hour against UTC
    expect(await at('2008-10-26T22:30:00Z')).toEqual(['2008-10-26', '2008-10-26'])
    expect(await at('2008-10-26T23:00:00Z')).toEqual(['2008-10-27', '2008-10-26'])
  })

  it('does what is due once when it looks several times at once', async () => {
    await begin()
    now = new Date('2008-01-10T02:00:00Z')
    await Promise.all([scheduler.tick(), scheduler.tick(), scheduler.tick()])
    const answer = await bench.core.dispatch(
      { id: 'BeginDay:2008-01-10', kind: 'BeginDay', data: { day: '2008-01-10' } },
      SYSTEM,
    )
    expect(answer.ok).toBe(true)
  })
})

it('the wall clock is read in any time zone', () => {
  const noon = new Date('2008-01-10T12:34:56Z')
  expect(localTime(noon, 'Asia/Shanghai')).toEqual({ day: '2008-01-10', time: '20:34' })
  expect(localTime(noon, 'Pacific/Kiritimati')).toEqual({ day: '2008-01-11', time: '02:34' })
  expect(() => localTime(noon, 'Nowhere/Town')).toThrow(RangeError)
})

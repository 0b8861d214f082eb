import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import type { Programme } from '../shared/domain/programme.ts'
import { rowKey } from '../shared/view/wire.ts'
import { localTime } from '../server/localTime.ts'
import { startScheduler, type Scheduler } from '../server/scheduler.ts'
import { type Bench, districtA, item, office, startBench } from './support/core.ts'
import { tinyProgramme } from './support/programme.ts'

describe('the clock of the log', () => {
  let bench: Bench
  let scheduler: Scheduler
  /** what the machine's clock says, and how long it has run, ms */
  let wall: number
  let elapsed: number
  const log: string[] = []

  const start = () => {
    scheduler = startScheduler({
      core: bench.core,
      store: bench.store,
      clock: () => new Date(wall),
      elapsed: () => elapsed,
      log: pino({ level: 'warn' }, { write: (line: string) => void log.push(String(JSON.parse(line).msg)) }),
      everyMs: 1e9,
    })
  }
  const begin = async (programme: Partial<Programme> = {}) => {
    bench = await startBench({ programme: tinyProgramme(programme) })
    start()
  }
  /** The server is stopped and started: the log and the sign of life stay. */
  const restart = () => {
    scheduler.stop()
    start()
  }
  const clock = () => bench.core.clock()
  /** what the log says at that moment, to which time passed */
  const at = async (moment: string) => {
    const to = Date.parse(moment)
    elapsed += to - wall
    wall = to
    await scheduler.tick()
    return [clock().today, clock().closed]
  }
  /** the machine's clock is set to that moment; a second passes */
  const set = async (moment: string) => {
    elapsed += 1_000
    wall = Date.parse(moment)
    await scheduler.tick()
    return clock()
  }

  beforeEach(() => {
    log.splice(0)
    wall = Date.parse('2007-12-01T00:00:00Z')
    elapsed = 7_000_000
  })
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
    wall = Date.parse('2008-01-10T02:00:00Z')
    await Promise.all([scheduler.tick(), scheduler.tick(), scheduler.tick()])
    expect((await bench.store.read(0, 1_000)).filter((e) => e.type === 'DayBegan')).toHaveLength(1)
  })

  test('C16 goes straight to the day it is after the machine slept, and when the first day of a store is a later one', async () => {
    await begin()
    expect(await at('2008-01-09T16:00:00Z')).toEqual(['2008-01-10', '2008-01-09'])
    expect(await at('2008-01-14T01:00:00Z')).toEqual(['2008-01-14', '2008-01-13'])
  })

  test('C13 begins no day before the programme does', async () => {
    await begin()
    expect(await at('2007-12-31T15:59:00Z')).toEqual([null, null])
    expect(await at('2007-12-31T16:00:00Z')).toEqual(['2008-01-01', '2007-12-31'])
  })

  test('C15 C16 a server that was stopped explains any jump forward; the days between, and those before the first, were not asked and are owed', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    restart()
    expect(await set('2008-01-15T02:00:00Z')).toMatchObject({
      today: '2008-01-15',
      closed: '2008-01-14',
      doubted: null,
    })
    const [closed] = await bench.rows('closed', 'unit:A1')
    expect(closed).toMatchObject({
      owedCount: 9,
      owed: ['2008-01-08', '2008-01-09', '2008-01-10', '2008-01-11', '2008-01-14'],
    })
    await bench.must(districtA, 'SubmitReports', {
      items: ['2008-01-09', '2008-01-10'].map((day) =>
        item('A1', day, { accepted: 5, issued: 5 }, { type: 'late', reason: 'stopped' }),
      ),
    })
    const days = new Map((await bench.rows('day', 'unit:A1')).map((d) => [d.day, d.notAsked]))
    const owed = ['02', '03', '04', '07', '08', '10', '11', '14'].map((day) => [`2008-01-${day}`, true] as const)
    expect(days).toEqual(new Map([...owed, ['2008-01-09', undefined]]))
  })

  test('C16 a start before the last sign of life is not explained', async () => {
    await begin()
    await at('2008-01-09T12:00:00Z')
    restart()
    expect(await set('2008-01-09T11:30:00Z')).toMatchObject({ today: '2008-01-09', doubted: null })
    restart()
    expect(await set('1970-01-01T00:00:00Z')).toMatchObject({ today: '2008-01-09', doubted: '1970-01-01' })
    // the machine has found the time
    expect(await set('2008-01-11T01:00:00Z')).toMatchObject({ today: '2008-01-11', doubted: null })
  })

  test('C17 (finding R2) a clock that is a year wrong for a while, in a server that runs, begins nothing and passes nothing', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    const head = await bench.store.head()
    expect(await set('2009-01-09T12:00:00Z')).toMatchObject({
      today: '2008-01-09',
      closed: '2008-01-08',
      doubted: '2009-01-09',
    })
    for (let i = 0; i < 5; i++) await scheduler.tick()
    expect(await bench.store.head()).toBe(head + 1)
    expect(await bench.store.life()).toBe('2008-01-09T02:00:00.000Z')
    expect(log).toEqual(['the clock of this machine is not believed: the office decides'])
    expect(await set('2008-01-09T02:00:07Z')).toMatchObject({ today: '2008-01-09', doubted: null })
    expect(await at('2008-01-09T16:00:00Z')).toEqual(['2008-01-10', '2008-01-09'])
  })

  test('C17 a doubt outlives a restart: the wrong clock is not believed by it, the right one is', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    await set('2009-01-09T12:00:00Z')
    restart()
    expect(await set('2009-01-10T12:00:00Z')).toMatchObject({ today: '2008-01-09', doubted: '2009-01-10' })
    restart()
    expect(await set('2008-01-11T12:00:00Z')).toMatchObject({ today: '2008-01-11', doubted: null })
  })

  test('C17 a clock set back begins nothing and goes on when it is back; a little over midnight is nothing', async () => {
    await begin()
    await at('2008-01-09T16:00:05Z')
    expect(await set('2008-01-09T15:59:50Z')).toMatchObject({ today: '2008-01-10', doubted: null })
    expect(await set('2008-01-08T15:59:50Z')).toMatchObject({
      today: '2008-01-10',
      closed: '2008-01-09',
      doubted: '2008-01-08',
    })
    expect(await set('2008-01-09T16:00:10Z')).toMatchObject({ today: '2008-01-10', doubted: null })
  })

  test('C17 the office confirms the day that is doubted, and the clock is believed again', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    await set('2008-06-10T12:00:00Z')
    await bench.must(office, 'ConfirmDay', { day: '2008-06-10', reason: 'the machine was behind' })
    expect(await at('2008-06-10T12:00:05Z')).toEqual(['2008-06-10', '2008-06-10'])
    expect(clock()).toMatchObject({ doubted: null })
    expect(await at('2008-06-10T16:00:00Z')).toEqual(['2008-06-11', '2008-06-10'])
  })

  test('C17 the office sets another day: it stands until the clock is right', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    await set('2009-06-10T12:00:00Z')
    await bench.must(office, 'ConfirmDay', { day: '2008-01-10', reason: 'the machine is wrong' })
    expect(await at('2009-06-10T12:30:00Z')).toEqual(['2008-01-10', '2008-01-09'])
    expect(clock().doubted).toBe('2009-06-10')
    restart()
    expect(await set('2009-06-11T12:30:00Z')).toMatchObject({ today: '2008-01-10', doubted: '2009-06-11' })
    restart()
    expect(await set('2008-01-11T12:30:00Z')).toMatchObject({ today: '2008-01-11', doubted: null })
  })

  test('C18 C21 a wrong day that a stopped server explained is taken back; the wrong clock does not begin it again, the right one goes on', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    restart()
    expect(await set('2008-08-08T02:00:00Z')).toMatchObject({ today: '2008-08-08' })
    expect(await at('2008-08-08T03:00:00Z')).toEqual(['2008-08-08', '2008-08-07'])
    await bench.must(office, 'TakeDayBack', { day: '2008-08-08', reason: 'the clock was wrong' })
    expect(await at('2008-08-08T03:00:05Z')).toEqual(['2008-01-09', '2008-01-08'])
    restart()
    await scheduler.tick()
    expect(clock()).toMatchObject({ today: '2008-01-09', doubted: '2008-08-08' })
    expect(await bench.store.life()).toBe('2008-08-08T03:00:00.000Z')
    // the last sign of life is of the wrong clock, and is replaced at once
    expect(await set('2008-01-09T04:00:00Z')).toMatchObject({ today: '2008-01-09', doubted: null })
    restart()
    expect(await set('2008-01-10T02:00:00Z')).toMatchObject({
      today: '2008-01-10',
      closed: '2008-01-09',
      doubted: null,
    })
    expect(await bench.store.life()).toBe('2008-01-10T02:00:00.000Z')
    expect((await bench.rows('clock', 'history:clock'))[0]).toMatchObject({ key: rowKey.clock(), today: '2008-01-10' })
  })

  test('C21 a day that was taken back by mistake is confirmed, and goes on', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    await at('2008-01-10T02:00:00Z')
    await bench.must(office, 'TakeDayBack', { day: '2008-01-10', reason: 'a mistake' })
    expect(await at('2008-01-10T02:00:05Z')).toEqual(['2008-01-09', '2008-01-08'])
    await bench.must(office, 'ConfirmDay', { day: '2008-01-10', reason: 'it is the 10th' })
    expect(await at('2008-01-10T09:30:00Z')).toEqual(['2008-01-10', '2008-01-10'])
    expect(await at('2008-01-10T16:00:00Z')).toEqual(['2008-01-11', '2008-01-10'])
  })

  test('C20 (finding D24) after its last day the programme is over: no day begins, nothing is owed for days that never began, no report is taken', async () => {
    await begin()
    await at('2008-12-30T02:00:00Z')
    restart()
    const [before] = await bench.rows('closed', 'unit:C')
    expect(await set('2010-05-01T00:00:00Z')).toMatchObject({
      today: '2008-12-30',
      closed: '2008-12-30',
      over: '2010-05-01',
    })
    const [after] = await bench.rows('closed', 'unit:C')
    expect(after!.reports.expected).toBe(before!.reports.expected + 5)
    const { length } = await bench.store.read(0, 1_000)
    expect(await at('2010-05-02T00:00:00Z')).toEqual(['2008-12-30', '2008-12-30'])
    expect(log).toEqual(['the programme is over: no day begins and nothing is reported'])
    expect(await bench.store.read(0, 1_000)).toHaveLength(length)
    const answer = await bench.send(districtA, 'SubmitReports', {
      items: [item('A1', '2008-12-30', { accepted: 1, issued: 1 })],
    })
    expect(answer).toMatchObject({ ok: false, refusals: [{ code: 'programme.over', params: { ends: '2008-12-31' } }] })
  })

  test('C20 (finding U1) the first start of a programme that ended long ago begins no day and owes nothing; the office may set one', async () => {
    await begin()
    expect(await at('2026-05-01T00:00:00Z')).toEqual([null, null])
    expect(clock().over).toBe('2026-05-01')
    expect((await bench.rows('closed', 'unit:C'))[0]!.reports).toEqual({ expected: 0, in: 0, partial: 0, missing: 0 })
    await bench.must(office, 'ConfirmDay', { day: '2008-04-16', reason: 'to try it' })
    expect(await at('2026-05-02T00:00:00Z')).toEqual(['2008-04-16', '2008-04-15'])
    expect(clock().over).toBeNull()
    await bench.must(districtA, 'SubmitReports', { items: [item('A1', '2008-04-16', { accepted: 1, issued: 1 })] })
  })

  test('C22 (finding S1) ids of the clock cannot be had by others, and it goes on whatever was sent', async () => {
    await begin()
    await at('2008-01-09T02:00:00Z')
    const head = await bench.store.head()
    const days = ['2008-01-10', '2008-01-11', '2008-01-12']
    const ids = ['BeginDay', 'PassDeadline', 'EndDoubt', 'DoubtDay', 'EndProgramme'].flatMap((kind) =>
      days.flatMap((day) => [
        `${kind}:${day}`,
        `system:${kind}:${day}`,
        ...Array.from({ length: 9 }, (_, n) => `system:${kind}:${day}:${head + n}`),
      ]),
    )
    const data = { items: [item('A1', '2008-01-09', { accepted: 1, issued: 1 })] }
    const answers = await Promise.all(
      ids.map((id) => bench.core.dispatch({ id, kind: 'SubmitReports', data }, districtA)),
    )
    for (const [i, answer] of answers.entries()) {
      const reserved = ids[i]!.startsWith('system:')
      expect([ids[i], answer.ok]).toEqual([ids[i], !reserved])
      if (!answer.ok) expect(answer.refusals).toEqual([{ code: 'command.idReserved', at: 'id' }])
    }
    expect(await at('2008-01-09T16:00:00Z')).toEqual(['2008-01-10', '2008-01-09'])
    expect(await at('2008-01-10T16:00:00Z')).toEqual(['2008-01-11', '2008-01-10'])
    expect(await at('2008-01-11T09:30:00Z')).toEqual(['2008-01-11', '2008-01-11'])
  })

  const escalation = { districtAfter: 30, supervisionAt: '09:00', onTimeGoal: 0.95 }
  const reporting = { ...tinyProgramme().reporting, escalation }
  const sentSince = async (head: number) =>
    (await bench.store.read(head, 1_000)).flatMap((e) =>
      e.type === 'OfficialReminded'
        ? [`${e.data.member} ${e.data.stage}`]
        : e.type === 'SupervisionOpened'
          ? ['item']
          : [],
    )

  test('E4 officials are reminded at the deadline, the district a while later, and an item opens the next working day, once each', async () => {
    await begin({ reporting })
    await at('2008-01-10T02:00:00Z')
    let head = await bench.store.head()
    await at('2008-01-10T09:29:59Z')
    expect(await sentSince(head)).toEqual([])
    await at('2008-01-10T09:30:00Z')
    expect(await sentSince(head)).toEqual(['districtA official', 'otherA official', 'districtB official'])
    head = await bench.store.head()
    await at('2008-01-10T09:59:59Z')
    expect(await sentSince(head)).toEqual([])
    await at('2008-01-10T10:00:00Z')
    await scheduler.tick()
    expect(await sentSince(head)).toEqual(['districtA district', 'otherA district', 'districtB district'])
    head = await bench.store.head()
    await at('2008-01-11T00:59:00Z')
    expect(await sentSince(head)).toEqual([])
    await at('2008-01-11T01:00:00Z')
    await scheduler.tick()
    expect(await sentSince(head)).toEqual(['item', 'item', 'item', 'item'])
  })

  test('E4 a server that was stopped for days sends each one summary, and opens no item for days that were not asked', async () => {
    await begin({ reporting })
    await at('2008-01-10T02:00:00Z')
    const head = await bench.store.head()
    restart()
    await set('2008-01-23T12:00:00Z')
    await scheduler.tick()
    expect((await sentSince(head)).filter((what) => what !== 'item')).toEqual([
      'districtA district',
      'otherA district',
      'districtB district',
    ])
    expect((await sentSince(head)).filter((what) => what === 'item')).toHaveLength(4)
  })

  test('E4 a programme without escalation reminds nobody', async () => {
    await begin()
    await at('2008-01-10T02:00:00Z')
    const head = await bench.store.head()
    await at('2008-01-11T12:00:00Z')
    expect(await sentSince(head)).toEqual([])
  })
})

it('the wall clock is read in any time zone', () => {
  const noon = new Date('2008-01-10T12:34:56Z')
  expect(localTime(noon, 'Asia/Shanghai')).toEqual({ day: '2008-01-10', time: '20:34' })
  expect(localTime(noon, 'Pacific/Kiritimati')).toEqual({ day: '2008-01-11', time: '02:34' })
  expect(() => localTime(noon, 'Nowhere/Town')).toThrow(RangeError)
})

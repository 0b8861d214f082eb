import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createHealth } from '../../server/health.ts'
import { districtA, item, newId } from '../support/core.ts'
import { codes, startServer, type TestServer } from '../support/server.ts'

describe('health', () => {
  it('H1 tells every cause that holds, what most needs a person first, and since when', () => {
    let now = 1_000
    const health = createHealth(() => now)
    const told: [string, string | null][] = []
    const off = health.onChange((cause, fault) => told.push([cause, fault]))
    health.set('closing', 'stopping')
    health.set('diskFull', 'no room on /d')
    now = 2_000
    health.set('diskFull', 'no room on /d')
    health.set('diskFull', 'still no room on /d')
    expect(health.causes()).toEqual([
      { cause: 'diskFull', fault: 'still no room on /d', since: 1_000 },
      { cause: 'closing', fault: 'stopping', since: 1_000 },
    ])
    health.set('diskFull', null)
    health.set('diskFull', null)
    off()
    health.set('closing', null)
    expect(health.causes()).toEqual([])
    expect(told).toEqual([
      ['closing', 'stopping'],
      ['diskFull', 'no room on /d'],
      ['diskFull', 'still no room on /d'],
      ['diskFull', null],
    ])
  })
})

describe('what readers are told', () => {
  it('S20 is the worst of what holds, and nothing of a start or a stop', () => {
    const health = createHealth()
    const told: (string | null)[] = []
    health.onChange(() => told.push(health.trouble()))
    health.set('notOpen', 'starting')
    health.set('notOpen', null)
    health.set('foldBehind', 'shown up to event 1 of 9')
    health.set('diskFull', 'no room')
    health.set('logDamaged', 'event 3')
    health.set('closing', 'stopping')
    health.set('logDamaged', null)
    health.set('diskFull', null)
    health.set('foldBehind', null)
    expect(told).toEqual([null, null, 'behind', 'closed', 'damaged', 'damaged', 'closed', 'behind', null])
  })

  it.each(['fileGone', 'fileReplaced', 'lockLost', 'readOnly'] as const)('S20 %s takes nothing', (cause) => {
    const health = createHealth()
    health.set(cause, 'seen')
    expect(health.trouble()).toBe('closed')
  })
})

describe('readiness', () => {
  let test: TestServer
  afterEach(() => test.close())

  it('H1 is 200 when there is nothing, 503 with the causes as codes, and the operator reads what was seen', async () => {
    const lines: Record<string, unknown>[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
    test = await startServer({ log })
    const stranger = test.stranger()
    const ready = await stranger.get('/readyz')
    expect([ready.status, ready.body]).toEqual([200, { ok: true, causes: [] }])

    test.server.health.set('diskFull', 'no room on /secret/path')
    test.server.health.set('lockLost', 'taken by another')
    const full = await stranger.get('/readyz')
    expect([full.status, full.body]).toEqual([503, { ok: false, causes: ['lockLost', 'diskFull'] }])
    expect(full.headers.get('cache-control')).toBe('no-store')
    const alive = await stranger.get('/healthz')
    expect([alive.status, alive.body]).toEqual([200, { ok: true }])

    test.server.health.set('diskFull', null)
    test.server.health.set('lockLost', null)
    expect((await stranger.get('/readyz')).status).toBe(200)
    const of = (msg: string) => lines.filter((line) => line.msg === msg).map(({ cause }) => cause)
    expect(of('not ready')).toEqual(['diskFull', 'lockLost'])
    expect(of('ready again')).toEqual(['diskFull', 'lockLost'])
    expect(lines.find(({ cause }) => cause === 'diskFull')!.fault).toBe('no room on /secret/path')
  })

  it.each<[cause: string, what: string, happens: (file: string) => void]>([
    ['fileGone', 'a file that is gone', (file) => rmSync(file)],
    [
      'logDamaged',
      'an answer that is damaged',
      (file) => {
        const db = new DatabaseSync(file)
        db.exec("UPDATE command SET fingerprint = 'x'")
        db.close()
      },
    ],
  ])('H1 %s: %s has one line, however many commands are refused for it, and no stack', async (cause, _, happens) => {
    const lines: Record<string, unknown>[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
    test = await startServer({ log })
    const client = await test.as(districtA)
    const report = (unit: string, id: string) =>
      client.command('SubmitReports', { items: [item(unit, '2008-01-10', { issued: 4 })] }, id)
    const first = newId()
    expect(codes(await report('A1', first))).toEqual([])
    happens(test.file)
    for (let i = 0; i < 5; i++) {
      // the first answer is given again as long as it can be read
      expect(codes(await report('A1', first))).toEqual(cause === 'fileGone' ? [] : ['store.readOnly'])
      expect(codes(await report('A2', newId()))).toEqual(['store.readOnly'])
    }
    const ill = lines.filter(({ level }) => Number(level) >= 40)
    expect(ill.map((line) => [line.msg, line.cause])).toEqual([['not ready', cause]])
    expect(JSON.stringify(lines)).not.toMatch(/ {4}at /)
  })

  it('H8 is 503 while the server is behind its own log', async () => {
    test = await startServer()
    const { core } = test.server
    const { load } = core
    core.load = () => ({ ...load(), head: load().shown + 3 })
    const stranger = test.stranger()
    const causes = async () => (await stranger.get('/readyz')).body.causes
    await vi.waitFor(async () => expect(await causes()).toEqual(['foldBehind']), { timeout: 15_000, interval: 250 })
    core.load = () => ({ ...load(), shown: load().shown + 3, head: load().shown + 3 })
    await vi.waitFor(async () => expect(await causes()).toEqual([]), { timeout: 5_000, interval: 100 })
  }, 30_000)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pino } from 'pino'
import { startOperation } from '../server/operation.ts'
import type { OperationReport } from '../shared/protocol/operation.ts'
import { districtA, item, office, viewer } from './support/core.ts'
import { codes, startServer, type TestServer } from './support/server.ts'

let folder: string
let data: string
let state: string
let running: TestServer | null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-operation-'))
  data = join(folder, 'log.db')
  state = join(folder, 'state')
  running = null
})
afterEach(async () => {
  await running?.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = async (verifyAfterMs = 0): Promise<TestServer> =>
  (running = await startServer({ config: { data, state }, verifyAfterMs, people: running === null }))

async function reportOf(server: TestServer): Promise<OperationReport> {
  const reply = await (await server.as(office)).get('/api/v1/operation')
  expect(reply.status).toBe(200)
  return reply.body as unknown as OperationReport
}

const ended = async (server: TestServer): Promise<OperationReport> =>
  vi.waitFor(
    async () => {
      const report = await reportOf(server)
      expect(report.verify.ended).not.toBeNull()
      return report
    },
    { timeout: 20_000, interval: 100 },
  )

describe('Z10 the page for the office', () => {
  test('the whole log is looked through after the start, with what is shown', async () => {
    const here = await start()
    const report = await ended(here)
    expect(report).toMatchObject({ causes: [], backup: null, kept: { seq: expect.any(Number) } })
    expect(report.verify.verdict).toMatchObject({ states: 4, findings: [] })
    expect(report.verify.verdict!.events).toBe(report.verify.verdict!.head)
  })

  test('nobody but the office of the whole sees it', async () => {
    const here = await start(60_000)
    const reply = await (await here.as(viewer)).get('/api/v1/operation')
    expect(codes(reply.body)).toEqual(['may.not'])
    expect((await here.stranger().get('/api/v1/operation')).status).toBe(401)
  })
})

describe('Z2 a second server on the same data', () => {
  test('does not start, and says why', async () => {
    await start(60_000)
    const second = startServer({ config: { data, state } })
    await expect(second).rejects.toThrow('DATA: ' + data + ': another server is using it')
  })
})

describe('Z5 damage that only the whole shows', () => {
  test('ends all writing, is named, and reading goes on', async () => {
    const here = await start()
    const official = await here.as(districtA)
    const submit = (unit: string) =>
      official.command('SubmitReports', { items: [item(unit, '2008-01-10', { issued: 3 })] })
    expect((await submit('A1')).ok).toBe(true)
    await here.server.close()
    const db = new DatabaseSync(data)
    db.exec(`UPDATE event SET subject = 'report/B1/2008-01-10' WHERE type = 'ReportSubmitted'`)
    db.close()
    await here.restart()
    const report = await ended(here)
    expect(report.verify.verdict!.findings[0]).toMatchObject({ code: 'subject', type: 'ReportSubmitted' })
    expect((await reportOf(here)).causes.map((c) => c.cause)).toEqual(['logDamaged'])
    expect(codes(await submit('A2'))).toEqual(['store.readOnly'])
    expect((await official.get('/api/v1/changes?scope=unit:C')).status).toBe(200)
  })
})

describe('Z7 what is shown', () => {
  test('is compared with a fresh fold: a figure that is another ends all writing', async () => {
    const here = await start(60_000)
    const { core } = here.server
    const said: string[] = []
    const operation = startOperation({
      config: { data, state },
      folder: `${data}.checkpoints`,
      serving: { kept: () => null, damaged: (fault) => said.push(fault) },
      core: {
        setting: core.setting,
        clock: core.clock,
        changes: async (...asked) => {
          const answer = await core.changes(...asked)
          if (!answer.ok || !asked[1].startsWith('unit:')) return answer
          const [row, ...rows] = answer.value.rows
          return { ok: true, value: { ...answer.value, rows: [[row![0], 'other'], ...rows] } }
        },
      },
      health: here.server.health,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
      verifyAfterMs: 0,
    })
    await vi.waitFor(() => expect(operation.report().verify.ended).not.toBeNull(), { timeout: 20_000, interval: 50 })
    expect(operation.report().verify.verdict!.findings).toMatchObject([{ code: 'state', params: { what: 'unit:C' } }])
    expect(said).toEqual([expect.stringContaining('not what a fresh fold gives')])
    await operation.stop()
  })
})

describe('Z6 a file that goes while its server runs', () => {
  test('deleted: within a second nothing is acknowledged; who is signed in reads on, also anew; a backup is told', async () => {
    const here = await start(60_000)
    const official = await here.as(districtA)
    const submit = (unit: string) =>
      official.command('SubmitReports', { items: [item(unit, '2008-01-10', { issued: 5 })] })
    expect((await submit('A1')).ok).toBe(true)
    for (const end of ['', '-wal', '-shm']) rmSync(data + end)
    await vi.waitFor(async () => expect((await reportOf(here)).causes.map((c) => c.cause)).toEqual(['fileGone']), 1_000)
    expect(codes(await submit('A2'))).toEqual(['store.readOnly'])
    expect((await official.get('/api/v1/changes?scope=unit:C')).status).toBe(200)
    expect((await here.stranger().get('/readyz')).status).toBe(503)
  })
})

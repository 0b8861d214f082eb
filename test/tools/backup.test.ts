import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeBackup, restoreBackup } from '../../server/archive/backup.ts'
import { faultIn } from '../../server/archive/finding.ts'
import { lastBackup } from '../../server/archive/lastBackup.ts'
import { manifestOf } from '../../server/archive/manifest.ts'
import { verifyLog } from '../../server/archive/verify.ts'
import { openAuth } from '../../server/auth/auth.ts'
import { forgetSessions } from '../../server/auth/db.ts'
import { openCore } from '../../server/core/core.ts'
import { doorOf, openDoor } from '../../server/store/door.ts'
import { openAudit } from '../../server/store/audit.ts'
import { openServing } from '../../server/store/serving.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Entry } from '../../server/store/store.ts'
import type { Placed } from '../../shared/event.ts'
import { districtA, item, office, startBench } from '../support/core.ts'

const run = promisify(execFile)
const now = () => new Date('2008-01-10T09:00:00Z')
let folder: string
let data: string
let state: string
let file: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-backup-'))
  data = join(folder, 'log.db')
  state = join(folder, 'state')
  file = join(folder, 'saved', 'backup.db')
  const bench = await startBench({ store: openSqlite(data), day: '2008-01-03' })
  await bench.must(districtA, 'SubmitReports', { items: [item('A1', '2008-01-03', { issued: 5 })] })
  await bench.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const serve = () =>
  openServing({ path: data, state, acceptOlder: null, now, report: () => undefined, say: () => undefined })
const backup = (to = file) => makeBackup({ data, state, file: to, now }, faultIn)
const restore = (to = data) => restoreBackup({ data: to, state, file, now, forget: forgetSessions })

/** Reports of one street, again and again, as they would be recorded: what makes a log long. */
async function lengthen(path: string, head: number, upTo: number): Promise<void> {
  const store = openSqlite(path)
  const EACH = 2_000
  for (let seq = head; seq < upTo;) {
    const id = `bulk-${seq}`
    const events = Array.from({ length: Math.min(EACH, upTo - seq) }, (_, i): Placed => ({
      type: 'ReportSubmitted',
      data: { unit: i % 2 === 0 ? 'A1' : 'A2', day: '2008-01-03', values: { issued: seq + i } },
      seq: seq + i + 1,
      at: '2008-01-03T09:00:00.000Z',
      actor: districtA.id,
      command: id,
      v: 1,
    }))
    const { length } = events
    const entry: Entry = {
      id,
      fingerprint: id,
      actor: districtA.id,
      seq: seq + length,
      events,
      stood: null,
      refused: null,
    }
    await store.append(seq, [entry])
    seq += length
  }
  await store.close()
}

async function figuresIn(path: string): Promise<unknown> {
  const store = openSqlite(path, { readOnly: true })
  const core = await openCore({ store, now })
  const found = await core.changes(office, 'unit:C', 0)
  await core.close()
  await store.close()
  return found
}

describe('Z8 a backup', () => {
  test('of 250,000 events, while they go on being written, and put back elsewhere', { timeout: 240_000 }, async () => {
    const before = openAudit(data)
    const { seq } = before.head()
    before.close()
    await lengthen(data, seq, 250_000)
    const serving = await serve()
    let head = 250_000
    const going = { on: true }
    const writing = (async () => {
      while (going.on) {
        const id = `live-${head}`
        const event: Placed = {
          type: 'ReportSubmitted',
          data: { unit: 'A1', day: '2008-01-03', values: { issued: head } },
          seq: head + 1,
          at: '2008-01-03T09:00:00.000Z',
          actor: districtA.id,
          command: id,
          v: 1,
        }
        const entry: Entry = {
          id,
          fingerprint: id,
          actor: districtA.id,
          seq: head + 1,
          events: [event],
          stood: null,
          refused: null,
        }
        expect(await serving.store.append(head++, [entry])).toHaveLength(1)
        await new Promise((resume) => setTimeout(resume, 5))
      }
    })()
    const { manifest, verdict, byServer } = await backup()
    going.on = false
    await writing
    await serving.close()
    expect(byServer).toBe(true)
    expect(verdict).toMatchObject({ events: manifest.seq, findings: [] })
    expect(manifest.seq).toBeGreaterThan(250_000)
    expect(manifest.seq).toBeLessThanOrEqual(head)
    expect(lastBackup(state, data)).toEqual({ seq: manifest.seq, at: manifest.made })

    const elsewhere = join(folder, 'elsewhere.db')
    await restore(elsewhere)
    const restored = openAudit(elsewhere)
    expect(restored.head()).toEqual({ seq: manifest.seq, hash: manifest.hash })
    restored.close()
    const source = openAudit(data)
    expect(source.hashAt(manifest.seq)).toBe(manifest.hash)
    source.close()
  })

  test('is one file and its manifest, for nobody else to read, and replaces none', async () => {
    await backup()
    expect(readdirSync(join(folder, 'saved')).sort()).toEqual(['backup.db', 'backup.db.json'])
    for (const name of [file, manifestOf(file)]) expect(statSync(name).mode & 0o777).toBe(0o600)
    await expect(backup()).rejects.toThrow('never replaces one')
  })

  test('of a file that is gone is made by its server, and holds all that it held', async () => {
    const figures = await figuresIn(data)
    const serving = await serve()
    for (const end of ['', '-wal', '-shm']) rmSync(data + end, { force: true })
    const { byServer } = await backup()
    await serving.close()
    expect(byServer).toBe(true)
    await restore()
    expect(await figuresIn(data)).toEqual(figures)
    await (await serve()).close()
  })

  test('of nothing is none, and leaves nothing', async () => {
    for (const end of ['', '-wal', '-shm']) rmSync(data + end, { force: true })
    await expect(backup()).rejects.toThrow('there is no log')
    expect(readdirSync(join(folder, 'saved'))).toEqual([])
  })

  test('of a damaged log says so, and is not put back', async () => {
    const db = new DatabaseSync(data)
    db.exec(`UPDATE event SET data = replace(data, '5', '6') WHERE type = 'ReportSubmitted'`)
    db.close()
    expect((await backup()).manifest.fault).toContain('ReportSubmitted')
    await expect(restore()).rejects.toThrow('not whole')
  })
})

describe('Z9 putting a backup back', () => {
  test('keeps what was there aside, keeps the head, and signs everybody out', async () => {
    const auth = openAuth(data, now)
    const token = await auth.sessions.create(districtA.id)
    await auth.close()
    await backup()
    const bench = await startBench({ store: openSqlite(data) })
    await bench.must(districtA, 'SubmitReports', { items: [item('A2', '2008-01-03', { issued: 7 })] })
    await bench.close()
    // which keeps the later head
    await (await serve()).close()
    const { manifest, before } = await restore()
    for (const name of [data, before!]) expect(statSync(name).mode & 0o777).toBe(0o600)
    const kept = openAudit(before!)
    expect(kept.head().seq).toBe(manifest.seq + 1)
    kept.close()
    // the log is behind what it was: only because the head was kept anew is it served
    const serving = await serve()
    expect(await serving.store.head()).toBe(manifest.seq)
    await serving.close()
    const after = openAuth(data, now)
    expect(await after.sessions.byToken(token)).toBeUndefined()
    await after.close()
  })

  test('not while a server runs', async () => {
    await backup()
    const serving = await serve()
    await expect(restore()).rejects.toThrow('stop it first')
    await serving.close()
  })

  test('not when a byte of it is another', async () => {
    await backup()
    const bytes = readFileSync(file)
    bytes[5_000]! ^= 1
    writeFileSync(file, bytes)
    const before = readFileSync(data)
    await expect(restore()).rejects.toThrow('its hash is another')
    expect(readFileSync(data).equals(before)).toBe(true)
  })
})

const node = join(import.meta.dirname, '../../node_modules/.bin/node')

describe('Z8 Z9 the tools', () => {
  test('say in words what the system refuses, and leave nothing', async () => {
    const tool = (name: string, to: string) =>
      run(node, [join(import.meta.dirname, `../../server/tools/${name}.ts`), to, '--data', data], {
        env: { PATH: process.env.PATH, STATE: state },
      }).then(
        () => '',
        (error: { stderr: string }) => error.stderr,
      )
    // a file where a folder should be
    const there = join(data, 'backup.db')
    expect(await tool('backup', there)).toMatch(/^No backup was made: ENOTDIR/)
    await backup()
    mkdirSync(`${data}.draft`)
    expect(await tool('restore', file)).toMatch(/^Nothing was put back: /)
    const audit = openAudit(data)
    expect((await verifyLog(audit)).findings).toEqual([])
    audit.close()
  })

  test('say what kept a running server from making the copy', async () => {
    const serving = await serve()
    rmSync(doorOf(state, data))
    const door = await openDoor(doorOf(state, data), () => Promise.reject(new Error('disk is full')), expect.fail)
    await expect(backup()).rejects.toThrow('the running server could not make the copy: disk is full')
    expect(readdirSync(join(folder, 'saved'))).toEqual([])
    door.close()
    await serving.close()
  })
})

describe('Z7 the tool', () => {
  const tool = join(import.meta.dirname, '../../server/tools/verify.ts')
  const verify = () =>
    run(node, [tool, '--data', data], { env: { PATH: process.env.PATH, STATE: state } }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
    )

  test('says that a log is whole, beside its server, and names the first bad event', async () => {
    const serving = await serve()
    expect(await verify()).toMatchObject({ code: 0, text: expect.stringContaining('The log is whole.') })
    await serving.close()
    const db = new DatabaseSync(data)
    db.exec('UPDATE event SET actor = 3 WHERE seq = 2')
    db.close()
    expect(await verify()).toMatchObject({ code: 1, text: expect.stringContaining('The first bad event is event 2') })
  })

  test('a log behind the head that was kept is not whole', async () => {
    const serving = await serve()
    await serving.store.append(await serving.store.head(), [])
    await serving.close()
    const db = new DatabaseSync(data)
    db.exec(`DELETE FROM command WHERE seq = (SELECT max(seq) FROM event);
      DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)`)
    db.close()
    const audit = openAudit(data)
    expect((await verifyLog(audit)).findings).toEqual([])
    audit.close()
    expect(await verify()).toMatchObject({ code: 1, text: expect.stringContaining('but the server had got to') })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openSqlite } from '../../server/store/sqlite.ts'
import { LogFault } from '../../shared/event.ts'
import { entry, storeContract } from './contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollout-store-'))
const path = join(folder, 'log.db')
const wipe = async () => {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}
beforeEach(wipe)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Changes the file behind the store's back. */
function tamper(sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

storeContract('node:sqlite in a file', { open: async () => openSqlite(path), wipe })
storeContract('node:sqlite in memory, but for reopening', memoryBackend())

/** A store in memory is gone when it is closed: here it is closed when the next one is wanted. */
function memoryBackend() {
  let store = openSqlite(':memory:')
  return {
    open: async () => ({ ...store, close: async () => undefined }),
    wipe: async () => {
      await store.close()
      store = openSqlite(':memory:')
    },
  }
}

test('L1 the file is in WAL mode', async () => {
  const store = openSqlite(path)
  const db = new DatabaseSync(path)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
  await store.close()
})

test('L5 L6 of an append there is all, its commands and their events, or nothing', async () => {
  const watching: { count?: () => unknown } = {}
  const seen: unknown[] = []
  // asked before a transaction, and when all is written but nothing is committed
  const guard = { check: () => void seen.push(watching.count?.()), refused: () => undefined }
  const store = openSqlite(path, { guard })
  const other = new DatabaseSync(path, { readOnly: true })
  const count = other.prepare('SELECT (SELECT count(*) FROM command), (SELECT count(*) FROM event)')
  watching.count = () => Object.values(count.get()!)
  await store.append(0, [entry('command-1', 1, 2), entry('command-2', 3, 1)])
  expect(seen).toEqual([
    [0, 0],
    [0, 0],
  ])
  expect(watching.count()).toEqual([2, 3])
  tamper("CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.seq = 6 BEGIN SELECT RAISE(FAIL, 'refused'); END")
  await expect(store.append(3, [entry('command-3', 4, 1), entry('command-4', 5, 2)])).rejects.toThrow('refused')
  expect(watching.count()).toEqual([2, 3])
  other.close()
  await store.close()
})

describe('L3 two openers of one file', () => {
  test('never write on different histories', async () => {
    const one = openSqlite(path)
    const two = openSqlite(path)
    await one.append(0, [entry('command-1', 1, 1)])
    expect(await two.append(0, [entry('command-2', 1, 1)])).toBe('conflict')
    expect(await two.append(1, [entry('command-2', 2, 1)])).toHaveLength(1)
    expect(await one.append(1, [entry('command-3', 2, 1)])).toBe('conflict')
    await one.close()
    await two.close()
  })

  test('hear of each other, and not of what is none of the log', async () => {
    const one = openSqlite(path, { pollMs: 2 })
    const two = openSqlite(path)
    const heard: number[] = []
    one.tail((head) => heard.push(head))
    tamper('CREATE TABLE account (id TEXT)')
    await two.append(0, [entry('command-1', 1, 2)])
    await vi.waitFor(() => expect(heard).toEqual([2]))
    await two.append(2, [entry('command-2', 3, 1)])
    await vi.waitFor(() => expect(heard).toEqual([2, 3]))
    await one.close()
    await two.close()
  })

  test('who writes waits for the other one without holding up anything else', async () => {
    const store = openSqlite(path)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    let turns = 0
    const turning = setInterval(() => turns++, 5)
    const written = store.append(0, [entry('command-1', 1, 1)])
    await vi.waitFor(() => expect(turns).toBeGreaterThan(10), 4_000)
    other.exec('ROLLBACK')
    expect(await written).toHaveLength(1)
    clearInterval(turning)
    other.close()
    await store.close()
  })

  test('who only reads sees what is written beside him, and writes nothing', async () => {
    const writer = openSqlite(path)
    const reader = openSqlite(path, { readOnly: true })
    const recorded = await writer.append(0, [entry('command-1', 1, 2)])
    expect(await reader.read(0, 10)).toEqual(recorded)
    await expect(reader.append(2, [entry('command-2', 3, 1)])).rejects.toThrow('reading only')
    await reader.close()
    await writer.close()
  })
})

describe('L11 what is not understood is not skipped', () => {
  const faultOf = async (change: string) => {
    const store = openSqlite(path)
    await store.append(0, [entry('command-1', 1, 3)])
    tamper(change)
    const faults = [store.read(0, 10), store.bySubject('report/A1/2008-01-02')].map((read) =>
      read.then(
        () => null,
        (error: unknown) => error,
      ),
    )
    const [read, bySubject] = await Promise.all(faults)
    expect(await store.read(2, 10)).toHaveLength(1)
    await store.close()
    expect(bySubject).toEqual(read)
    return read
  }

  test('an unknown type of event', async () => {
    const fault = await faultOf("UPDATE event SET type = 'ReportSung' WHERE seq = 2")
    expect(fault).toBeInstanceOf(LogFault)
    expect(fault).toMatchObject({ seq: 2, type: 'ReportSung', v: 1 })
  })

  test('a version that is newer than this one', async () => {
    expect(await faultOf('UPDATE event SET v = 99 WHERE seq = 2')).toMatchObject({ seq: 2, v: 99 })
  })

  test.each([
    ['a changed value', `UPDATE event SET data = replace(data, '2', '3') WHERE seq = 2`, 2],
    ['text that is no JSON', `UPDATE event SET data = '{' WHERE seq = 2`, 2],
    ['another person', `UPDATE event SET actor = 'x' WHERE seq = 2`, 2],
    ['a missing event', 'DELETE FROM event WHERE seq = 2', 3],
    [
      'one that was put in',
      `INSERT INTO event SELECT 4, at, actor, command, type, v, data, hash, subject FROM event WHERE seq = 3`,
      4,
    ],
  ])('%s', async (_, change, seq) => {
    const store = openSqlite(path)
    await store.append(0, [entry('command-1', 1, 3)])
    tamper(change)
    await expect(store.read(0, 10)).rejects.toMatchObject({ name: 'LogFault', seq, reason: 'damaged' })
    await expect(store.bySubject('report/A1/2008-01-02')).rejects.toMatchObject({ name: 'LogFault', reason: 'damaged' })
    await store.close()
  })

  test('a log of another format', async () => {
    const store = openSqlite(path)
    await store.close()
    tamper('PRAGMA user_version = 1')
    expect(() => openSqlite(path)).toThrow('format 1')
    expect(() => openSqlite(path, { readOnly: true })).toThrow('format 1')
    tamper('PRAGMA user_version = 0')
    expect(() => openSqlite(path)).toThrow('format 0')
  })
})

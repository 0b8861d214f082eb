import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../../server/store/sqlite.ts'
import { entry, storeContract } from './contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollout-store-'))
const path = join(folder, 'log.db')
const wipe = async () => {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}
afterAll(() => rmSync(folder, { recursive: true, force: true }))

storeContract('node:sqlite in a file', { open: async () => openSqlite(path), wipe })

test('L1 the file is in WAL mode', async () => {
  await wipe()
  const store = openSqlite(path)
  const db = new DatabaseSync(path)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
  await store.close()
})

test('L3 two openers of one file never write on different histories', async () => {
  await wipe()
  const one = openSqlite(path)
  const two = openSqlite(path)
  await one.append(0, [entry('command-1', 1, 1)])
  expect(await two.append(0, [entry('command-2', 1, 1)])).toBe('conflict')
  expect(await two.append(1, [entry('command-2', 2, 1)])).toHaveLength(1)
  expect(await one.append(1, [entry('command-3', 2, 1)])).toBe('conflict')
  await one.close()
  await two.close()
})

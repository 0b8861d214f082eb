/** A log that somebody else spoils, or that cannot be read for a while. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { entry } from '../store/contract.ts'
import { type Bench, districtA, item, office, startBench } from '../support/core.ts'
import { type Watched, watchStore } from '../support/store.ts'

const DAY = '2008-01-02'
let folder: string
let path: string
let beside: Store
let watched: Watched
let bench: Bench
let lost: unknown[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-follow-'))
  path = join(folder, 'log.db')
  lost = []
  watched = watchStore(openSqlite(path, { pollMs: 2 }))
  bench = await startBench({ day: DAY, store: watched.store, lost: (error) => lost.push(error) })
  beside = openSqlite(path)
})
afterEach(async () => {
  await bench.close()
  await beside.close()
  rmSync(folder, { recursive: true })
})

const submit = () => bench.send(districtA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 7 })] })
const refused = { ok: false, refusals: [{ code: 'store.readOnly' }] }

describe('L11 what cannot be folded', () => {
  test('is not served as if it were whole: neither by who runs, nor by who starts', async () => {
    const head = await beside.head()
    const nonsense = entry('nonsense-1', head + 1, 1)
    // what a program that knows the type by name alone might write
    Object.assign(nonsense.events[0]!.data, { values: null })
    await beside.append(head, [nonsense])
    await vi.waitFor(() => expect(lost).toMatchObject([{ name: 'LogFault', seq: head + 1, reason: 'contradictory' }]))
    await expect(openCore({ store: beside, now: () => new Date() })).rejects.toMatchObject({ seq: head + 1 })
  })

  test('nor is an event that was put in by hand', async () => {
    const head = await beside.head()
    const db = new DatabaseSync(path)
    db.exec(
      `INSERT INTO event SELECT seq + 1, at, actor, command, type, v, data, hash, subject FROM event WHERE seq = ${head}`,
    )
    db.close()
    await vi.waitFor(() => expect(lost).toMatchObject([{ name: 'LogFault', seq: head + 1, reason: 'damaged' }]))
    expect(await submit()).toEqual(refused)
  })

  test('nor a log that has got shorter', async () => {
    expect(await submit()).toMatchObject({ ok: true })
    const db = new DatabaseSync(path)
    db.exec(`DELETE FROM event WHERE seq > ${(await beside.head()) - 2}`)
    db.close()
    expect(await submit()).toEqual(refused)
    expect(lost[0]).toMatchObject({ name: 'LogCut' })
  })
})

test('L3 what could not be read when it was heard of is read again soon', { timeout: 10_000 }, async () => {
  watched.unreadable = true
  const other = await openCore({ store: beside, now: () => new Date('2008-01-02T09:00:00Z') })
  const command = { id: 'elsewhere-1', kind: 'SubmitReports', data: { items: [item('A1', DAY, { accepted: 7 })] } }
  expect(await other.dispatch(command, districtA)).toMatchObject({ ok: true })
  await new Promise((resolve) => setTimeout(resolve, 50))
  watched.unreadable = false
  const head = await beside.head()
  await vi.waitFor(
    async () => expect(await bench.core.changes(office, 'people', 0)).toMatchObject({ value: { to: head } }),
    5_000,
  )
  expect(lost).toEqual([])
  await other.close()
})

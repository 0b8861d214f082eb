/** The past in its own thread, beside a writer on the same file. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newestState, startArchive } from '../../server/archive/archive.ts'
import type { Past } from '../../server/archive/past.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { chance } from '../support/chance.ts'
import { type Bench, office, startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES, sorted } from '../support/equation.ts'

let root: string
let store: Store
let past: Past
let bench: Bench
let said: string[]
const kept = () => ({
  data: join(root, 'log.db'),
  folder: join(root, 'checkpoints'),
  least: 20,
  say: (line: string, about: object) => said.push(`${line} ${JSON.stringify(about)}`),
})
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rollout-archive-'))
  said = []
  store = openSqlite(join(root, 'log.db'))
  past = startArchive(kept())
  bench = await startBench({ day: '2008-01-02', store, past })
})
afterEach(async () => {
  await bench.close()
  rmSync(root, { recursive: true })
})

async function live(commands: number): Promise<void> {
  const { act } = disorder(chance(5), '2008-01-02')
  for (let n = 0; n < commands; n++) await act(bench)
}

const rowsAt = async (scope: string, asOf: number) => {
  const found = await bench.core.changes(office, scope, 0, asOf)
  return found.ok ? sorted(JSON.parse(JSON.stringify(found.value.rows))) : found.refusals.map((r) => r.code)
}

describe('V9 the thread', () => {
  test('answers like a fold that is cut there, while the writer goes on', async () => {
    await live(150)
    const events = await logOf(store)
    const writing = live(60)
    for (const cut of [20, 61, events.length, 10]) {
      const there = freshFold(events.slice(0, cut)).state()
      for (const scope of SCOPES) {
        const rows = rowsIn(there, scope, events.slice(0, cut))
        const found = await rowsAt(scope, cut)
        expect(found, `${scope} ${cut} of ${events.length}`).toEqual(
          rows.length === 0 && found.length > 0 ? ['scope.unknown'] : rows,
        )
      }
    }
    await writing
    expect(said).toEqual([])
  })

  test('leaves checkpoints as the log grows, from which the next start goes on', async () => {
    await live(150)
    const head = await store.head()
    await vi.waitFor(() => expect(readdirSync(join(root, 'checkpoints')).length).toBeGreaterThan(0), 10_000)
    const state = await vi.waitFor(async () => {
      const found = await newestState(kept(), store)
      expect(found).toBeDefined()
      return found!
    }, 10_000)
    expect(state.world.seq).toBeLessThanOrEqual(head)
    const before = await Promise.all(SCOPES.map((scope) => bench.core.changes(office, scope, 0)))
    const again = await startBench({ store, begin: state })
    for (const [i, scope] of SCOPES.entries()) {
      const found = await again.core.changes(office, scope, 0)
      expect(found.ok, scope).toBe(before[i]!.ok)
      if (!found.ok || !before[i]!.ok) continue
      expect(sorted(found.value.rows), scope).toEqual(sorted(before[i]!.value.rows))
    }
    await again.core.close()
    expect(said).toEqual([])
  })

  test('says what it discards, and answers all the same', async () => {
    await live(40)
    rmSync(join(root, 'checkpoints'), { recursive: true, force: true })
    await past.close()
    past = startArchive(kept())
    await bench.core.close()
    bench = await startBench({ store, past })
    await rowsAt('unit:C', 30)
    await vi.waitFor(() => expect(readdirSync(join(root, 'checkpoints')).length).toBeGreaterThan(0), 10_000)
    await past.close()
    for (const name of readdirSync(join(root, 'checkpoints'))) writeFileSync(join(root, 'checkpoints', name), 'rot')
    expect(await rowsAt('unit:C', 30)).toEqual(
      rowsIn(freshFold((await logOf(store)).slice(0, 30)).state(), 'unit:C', []),
    )
    expect(said.join('\n')).toMatch(/checkpoint discarded .*not a checkpoint/)
  })

  test('that has died answers nothing, says so, and is started anew', async () => {
    await live(20)
    const asked = bench.core.changes(office, 'unit:C', 0, 10)
    await new Promise((resolve) => setImmediate(resolve))
    await past.close()
    await expect(asked).rejects.toThrow('has ended')
    expect(await bench.core.changes(office, 'unit:C', 0, 10)).toMatchObject({ ok: true })
  })
})

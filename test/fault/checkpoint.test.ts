/** Killed while it writes checkpoints, over and over: what is left is whole or is not used. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckpoints } from '../../server/archive/checkpoints.ts'
import { foldCode } from '../../server/archive/code.ts'
import { fold, saveState } from '../../server/live/state.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { chance } from '../support/chance.ts'
import { startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES } from '../support/equation.ts'

let root: string
let store: Store
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rollout-killed-'))
  store = openSqlite(join(root, 'log.db'))
  const bench = await startBench({ day: '2008-01-02', store })
  const { act } = disorder(chance(9), '2008-01-02')
  for (let n = 0; n < 80; n++) await act(bench)
  await bench.core.close()
})
afterAll(async () => {
  await store.close()
  rmSync(root, { recursive: true })
})

const drafts = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.draft')).length

test('V6 V8 eight kills in the middle of writing', { timeout: 60_000 }, async () => {
  const events = await logOf(store)
  const whole = freshFold(events).state()
  const rows = SCOPES.map((scope) => rowsIn(whole, scope, events))
  const luck = chance(1)
  const folder = join(root, 'kept')
  const size = serialize(saveState(whole)).length
  let halves = 0
  for (let kill = 0; kill < 8; kill++) {
    const node = join(import.meta.dirname, '../../node_modules/.bin/node')
    const script = join(import.meta.dirname, '../support/checkpointing.ts')
    const bytes = 1 + luck.below(20 * size)
    const child = spawn(node, [script, join(root, 'log.db'), folder, String(bytes)], { stdio: 'inherit' })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    halves += drafts(folder)
    const said: string[] = []
    const kept = openCheckpoints({
      folder,
      code: foldCode(),
      hashAt: async (seq) => events[seq - 1]?.hash,
      say: (_, { why }) => said.push(why),
    })
    expect(readdirSync(folder).every((name) => name.endsWith('.state'))).toBe(true)
    const saved = await kept.latest(() => true, 0)
    // a rename is all or nothing: what has its name is whole
    expect(said).toEqual([])
    for (const event of events.slice(saved!.position.seq)) fold(saved!.state, event)
    expect(SCOPES.map((scope) => rowsIn(saved!.state, scope, events))).toEqual(rows)
  }
  expect(halves, 'killed in the middle of writing, but perhaps where a file had just ended').toBeGreaterThan(4)
})

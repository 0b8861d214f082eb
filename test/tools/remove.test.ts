import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkpointsOf } from '../../server/build.ts'
import { removeLog } from '../../server/tools/remove.ts'

test('a log goes with everything beside it, and nothing else does', () => {
  const dir = mkdtempSync(join(tmpdir(), 'remove-'))
  const path = join(dir, 'demo.db')
  for (const name of ['demo.db', 'demo.db-wal', 'demo.db-shm', 'rollout.db']) writeFileSync(join(dir, name), '')
  mkdirSync(checkpointsOf(path))
  writeFileSync(join(checkpointsOf(path), '10000.state'), '')
  removeLog(path)
  removeLog(path)
  expect(readdirSync(dir)).toEqual(['rollout.db'])
  rmSync(dir, { recursive: true })
  expect(existsSync(dir)).toBe(false)
})

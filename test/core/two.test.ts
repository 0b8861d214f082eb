/** Two cores over one log: neither decides on an old head, and each shows what the other has written. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Core, openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { CommandKind } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Bench, districtA, districtB, item, newId, office, otherA, startBench } from '../support/core.ts'

let bench: Bench
let other: Core
let close: () => Promise<void>
const now = () => new Date('2008-01-02T09:00:00Z')

async function overOneStore(): Promise<void> {
  bench = await startBench({ day: '2008-01-02' })
  other = await openCore({ store: bench.store, now })
  close = async () => {
    await other.close()
    await bench.close()
  }
}

/** As two processes have it: each hears of the other by looking at the file. */
async function overOneFile(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-two-'))
  const store = openSqlite(join(folder, 'log.db'), { pollMs: 2 })
  bench = await startBench({ day: '2008-01-02', store })
  const beside = openSqlite(join(folder, 'log.db'), { pollMs: 2 })
  other = await openCore({ store: beside, now })
  close = async () => {
    await other.close()
    await beside.close()
    await bench.close()
    rmSync(folder, { recursive: true })
  }
}

const DAY = '2008-01-02'
const send = (core: Core, actor: Actor, kind: CommandKind, data: unknown, id = newId()) =>
  core.dispatch({ id, kind, data }, actor)
const submit = (core: Core, actor: Actor, unit: string, values: Record<string, number>, id = newId()) =>
  send(core, actor, 'SubmitReports', { items: [item(unit, DAY, values)] }, id)
const rows = async (core: Core, scope: string) => {
  const found = await core.changes(office, scope, 0)
  if (!found.ok) throw new Error(scope)
  return { to: found.value.to, rows: [...found.value.rows].sort((a, b) => a[0].localeCompare(b[0])) }
}

describe.each([
  ['one store in memory', overOneStore],
  ['two connections to one file', overOneFile],
])('%s', (_, open) => {
  beforeEach(open)
  afterEach(() => close())

  describe('L3 two writers of one log', () => {
    test('a refusal is not decided on an old head', async () => {
      await send(other, office, 'LockPeriod', { through: '2008-01-01' })
      const late = { items: [item('A1', '2008-01-01', { accepted: 1 }, { type: 'late', reason: 'x' })] }
      expect(await send(bench.core, districtA, 'SubmitReports', late)).toMatchObject({
        ok: false,
        refusals: [{ code: 'report.locked' }],
      })
      // and the other way round: what was refused before is taken at once after the lock is opened elsewhere
      await send(other, office, 'ReopenPeriod', { from: '2008-01-01', reason: 'x' })
      expect(await send(bench.core, districtA, 'SubmitReports', late)).toMatchObject({ ok: true })
    })

    test('who was ended elsewhere may nothing more here, and who was added there may here', async () => {
      await send(other, office, 'EndMember', { member: 'districtA', reason: 'moved' })
      expect(await submit(bench.core, districtA, 'A1', { accepted: 1 })).toMatchObject({
        refusals: [{ code: 'may.signIn' }],
      })
      const fresh: Actor = { id: 'fresh', name: 'Fresh', role: 'district', unit: 'A' }
      await send(other, office, 'AddMember', { member: 'fresh', name: 'Fresh', role: 'district', unit: 'A' })
      expect(await submit(bench.core, fresh, 'A1', { accepted: 1 })).toMatchObject({ ok: true })
    })

    test('each shows what the other has written, without being asked to do anything', async () => {
      await submit(other, districtA, 'A1', { accepted: 7, issued: 5 })
      await vi.waitFor(async () => expect((await rows(bench.core, 'unit:C')).to).toBe(await bench.store.head()))
      for (const scope of ['unit:C', 'unit:A1', `sheet:A/${DAY}`, `history:report/A1/${DAY}`, 'people', 'issues'])
        expect(await rows(bench.core, scope), scope).toEqual(await rows(other, scope))
    })

    test('both at once, hundreds of times: one order, the same rows, nothing lost and nothing twice', async () => {
      const before = await bench.store.head()
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          n % 2 === 0
            ? submit(bench.core, districtA, ['A1', 'A2', 'A3'][n % 3]!, { accepted: n + 1 })
            : submit(other, n % 3 === 0 ? otherA : districtB, n % 3 === 0 ? 'A1' : 'B1', { accepted: n + 1 }),
        ),
      )
      const seqs = answers.flatMap((a) => (a.ok ? a.happened.map((h) => h.version) : []))
      expect([...seqs].sort((a, b) => a - b)).toEqual(
        Array.from({ length: (await bench.store.head()) - before }, (_, i) => before + 1 + i),
      )
      await vi.waitFor(async () => {
        expect((await rows(bench.core, 'unit:C')).to).toBe(await bench.store.head())
        expect((await rows(other, 'unit:C')).to).toBe(await bench.store.head())
      })
      const fresh = await openCore({ store: bench.store, now })
      for (const scope of ['unit:C', 'unit:A', `sheet:A/${DAY}`, `sheet:B/${DAY}`]) {
        expect(await rows(bench.core, scope), scope).toEqual(await rows(fresh, scope))
        expect(await rows(other, scope), scope).toEqual(await rows(fresh, scope))
      }
      await fresh.close()
    })
  })

  describe('L2 the same command at two writers', () => {
    test('has one effect, and both give its one answer', async () => {
      const head = await bench.store.head()
      const id = newId()
      const answers = [
        await submit(other, districtA, 'A1', { accepted: 1 }, id),
        await submit(bench.core, districtA, 'A1', { accepted: 1 }, id),
      ]
      const happened = [{ subject: `report/A1/${DAY}`, version: head + 1 }]
      expect(answers).toEqual([1, 1].map((n) => ({ ok: true, seq: head + n, happened })))
      expect(await bench.store.head()).toBe(head + 1)
    })

    test('also when both have it at once', async () => {
      const head = await bench.store.head()
      const id = newId()
      const answers = await Promise.all(
        [other, bench.core, other, bench.core].map((core) => submit(core, districtA, 'A1', { accepted: 1 }, id)),
      )
      expect(new Set(answers.map((a) => a.ok && a.seq))).toEqual(new Set([head + 1]))
      expect(await bench.store.head()).toBe(head + 1)
    })
  })
})

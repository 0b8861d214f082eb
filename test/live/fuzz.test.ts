/** Seeded disorder: any mix of commands, drops, repeats, reconnects and restarts leaves every client like a fresh one. */
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../../server/store/sqlite.ts'
import { applyPatch, digestOf, type Patch } from '../../shared/view/patch.ts'
import { chance } from '../support/chance.ts'
import { type Bench, startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, heldBy, liveChanges, logOf, rowsIn, SCOPES, type Watcher, watcher } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'

const KINDS = ['ReportDisputed', 'DisputeSettled', 'ReportWithdrawn', 'ReportReattributed', 'ReattributionOffered']

describe('S3 every watcher ends like a fresh client', () => {
  const seen = new Set<string>()
  let gone = 0
  let resets = 0

  for (const [seed, reviewLevels] of [1, 2, 3, 4, 5, 6].map((s) => [s, s % 3] as const))
    test(`seed ${seed}, ${reviewLevels} levels of review`, async () => {
      const luck = chance(seed)
      const { next, pick } = luck
      const store = openSqlite(':memory:')
      const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels } })
      let bench: Bench = await startBench({ programme, day: '2008-01-08', store })
      const { act, sent, answers } = disorder(luck, '2008-01-08')
      const watchers = SCOPES.map((scope) => ({ ...watcher(scope), patches: [] as Patch[] }))

      const deliver = async (w: Watcher & { patches: Patch[] }, patch: Patch): Promise<void> => {
        const applied = applyPatch(w.rows, w.at, patch)
        if (!applied.ok) return deliver(w, await liveChanges(bench, w.scope, w.at))
        w.at = applied.at
        w.patches.push(patch)
        gone += applied.gone.length
        if (patch.reset === true) resets++
      }

      for (let round = 0; round < 250; round++) {
        await act(bench)
        if (next() < 0.1 && sent.length > 0) {
          const again = pick(sent)
          const first = answers.get((again[0] as { id: string }).id)
          const second = await bench.core.dispatch(...again)
          if (first !== undefined) expect(JSON.stringify(second)).toBe(first)
        }
        if (next() < 0.03) {
          await bench.core.close()
          bench = await startBench({ store })
        }
        for (const w of watchers) {
          const roll = next()
          if (roll < 0.5) continue // lost
          if (bench.core.mayWatch({ id: 'office', name: '', role: 'office', unit: 'C' }, w.scope).length > 0) continue
          await deliver(w, await liveChanges(bench, w.scope, w.at))
          if (roll > 0.9 && w.patches.length > 0) await deliver(w, pick(w.patches)) // repeated, out of order
          if (roll > 0.97) Object.assign(w, watcher(w.scope)) // reload
        }
      }
      const events = await logOf(store)
      const fresh = freshFold(events)
      for (const w of watchers) {
        if (bench.core.mayWatch({ id: 'office', name: '', role: 'office', unit: 'C' }, w.scope).length > 0) continue
        await deliver(w, await liveChanges(bench, w.scope, w.at))
        expect(heldBy(w), w.scope).toEqual(rowsIn(fresh.state(), w.scope, events))
        expect(digestOf(w.rows), w.scope).toBe(bench.core.live.head(w.scope).digest)
      }
      for (const { type } of events) seen.add(type)
      await bench.close()
    })

  test('the disorder knew everything: disputes, withdrawals, moves, reviews, removals, resets', () => {
    for (const type of [...KINDS, 'ReattributionDeclined', 'ReportApproved', 'ReportReturned', 'BaselineAdded'])
      expect(seen, type).toContain(type)
    expect(gone).toBeGreaterThan(100)
    expect(resets).toBeGreaterThan(10)
  })
})

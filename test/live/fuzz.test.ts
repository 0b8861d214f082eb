/** Seeded disorder: any mix of commands, drops, repeats, reconnects and restarts leaves every client like a fresh one. */
import { expect, test } from 'vitest'
import { SYSTEM } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { CommandData } from '../../shared/command.ts'
import { addDays } from '../../shared/progress/day.ts'
import { applyPatch, digestOf, type Patch } from '../../shared/view/patch.ts'
import type { ReportRow } from '../../shared/view/rows.ts'
import { type Bench, districtA, districtB, item, legal, newId, office, otherA, startBench } from '../support/core.ts'
import { freshRows, SCOPES, type Watcher, watcher } from '../support/equation.ts'

/** A small generator (mulberry32, public domain) so that a seed replays exactly. */
function chance(seed: number) {
  let a = seed
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}

const STREETS = ['A1', 'A2', 'A3', 'B1', 'B2']

for (const seed of [1, 2, 3, 4, 5, 6])
  test(`S3 seed ${seed}: every watcher ends like a fresh client`, async () => {
    const { next, below, pick } = chance(seed)
    const store = openSqlite(':memory:')
    let bench: Bench = await startBench({ day: '2008-01-02', store })
    let day = '2008-01-02'
    const watchers = SCOPES.map((scope) => ({ ...watcher(scope), seen: [] as Patch[] }))
    const sent: Parameters<Bench['core']['dispatch']>[] = []
    const answers = new Map<string, string>()

    const deliver = (w: Watcher & { seen: Patch[] }, patch: Patch) => {
      const applied = applyPatch(w.rows, w.at, patch)
      if (!applied.ok) return deliver(w, bench.core.live.changes(w.scope, w.at))
      w.at = applied.at
      w.seen.push(patch)
    }

    async function act(): Promise<void> {
      const dice = next()
      if (dice < 0.06) {
        day = addDays(day, 1 + below(3))
        await bench.send(SYSTEM, 'BeginDay', { day })
      } else if (dice < 0.12) await bench.send(SYSTEM, 'PassDeadline', { day })
      else if (dice < 0.16) await bench.send(office, 'LockPeriod', { through: addDays(day, -20) })
      else if (dice < 0.2)
        await bench.send(legal, 'LogIssue', {
          title: 't',
          text: 'x',
          category: 'fee',
          unit: pick(['C', ...STREETS]),
          from: day,
          to: null,
          article: null,
          counters: [],
        })
      else if (dice < 0.26)
        await bench.send(pick([legal, office]), pick(['ReplyToIssue'] as const), { issue: 1 + below(4), text: 'r' })
      else {
        const unit = pick(STREETS)
        const about = addDays(day, -below(12))
        const held = bench.core.live
          .changes(`sheet:${unit}`, 0)
          .rows.find((r) => r.key === `report/${unit}/${about}`) as ReportRow | undefined
        const actor = pick([office, unit.startsWith('A') ? pick([districtA, otherA]) : districtB])
        const values = { accepted: below(300), issued: below(300) }
        if (held?.state === 'disputed' && next() < 0.5) {
          await bench.send(actor, 'SettleDispute', {
            unit,
            day: about,
            values,
            basedOn: held.version,
            reason: 'settled',
          })
          return
        }
        const data: CommandData<'SubmitReports'> = {
          items: [
            item(unit, about, values, {
              basedOn: next() < 0.8 ? (held?.version ?? 0) : below(50),
              type: held === undefined ? 'late' : pick(['corrected', 'reduced', 'reattributed']),
              reason: 'because',
              confirmed: ['report.unusual', 'report.exceeds', 'report.coverageOver'],
            }),
          ],
        }
        const call: Parameters<Bench['core']['dispatch']> = [{ id: newId(), kind: 'SubmitReports', data }, actor]
        sent.push(call)
        const answer = await bench.core.dispatch(...call)
        if (answer.ok) answers.set((call[0] as { id: string }).id, JSON.stringify(answer))
      }
    }

    for (let round = 0; round < 250; round++) {
      await act()
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
        const luck = next()
        if (luck < 0.5) continue // lost
        deliver(w, bench.core.live.changes(w.scope, w.at))
        if (luck > 0.9 && w.seen.length > 0) deliver(w, pick(w.seen)) // repeated, out of order
        if (luck > 0.97) Object.assign(w, watcher(w.scope)) // reload
      }
    }
    for (const w of watchers) {
      deliver(w, bench.core.live.changes(w.scope, w.at))
      const fresh = await freshRows(store, w.scope)
      expect(w.rows.size, w.scope).toBe(fresh.size)
      expect(digestOf(w.rows.values()), w.scope).toBe(digestOf(fresh.values()))
    }
    await bench.close()
  })

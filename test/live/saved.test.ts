/** State that was saved and restored is the state, at any cut of any log. */
import { deserialize, serialize } from 'node:v8'
import { describe, expect, test } from 'vitest'
import { seqIn } from '../../server/live/addresses.ts'
import { createProjector } from '../../server/live/projector.ts'
import { emptyState, fold, restoreState, saveState, type State } from '../../server/live/state.ts'
import { spanOf } from '../../server/live/views/unit.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Recorded } from '../../shared/event.ts'
import { daysBetween } from '../../shared/progress/day.ts'
import { began, opened } from '../domain/given.ts'
import { chance } from '../support/chance.ts'
import { startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES } from '../support/equation.ts'
import { writtenLog } from '../support/log.ts'
import { tinyProgramme } from '../support/programme.ts'

async function logOfDisorder(seed: number): Promise<Recorded[]> {
  const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels: seed % 3 } })
  const bench = await startBench({ programme, day: '2008-01-08' })
  const { act } = disorder(chance(seed), '2008-01-08')
  for (let i = 0; i < 160; i++) await act(bench)
  const log = await logOf(bench.store)
  await bench.close()
  return log
}

const foldAll = (state: State, events: readonly Recorded[]): State => {
  for (const event of events) fold(state, event)
  return state
}
/** Through bytes, as a checkpoint goes. */
const kept = (state: State): State => restoreState(deserialize(serialize(saveState(state))))

function expectSame(state: State, events: readonly Recorded[]): void {
  const fresh = freshFold(events).state()
  for (const scope of SCOPES)
    expect(rowsIn(state, scope, events), `${scope} at ${events.length}`).toEqual(rowsIn(fresh, scope, events))
}

describe('S17 saved and restored', () => {
  for (const seed of [31, 32, 33])
    test(`rows at a cut, and folded on from there, are those of a fresh fold; seed ${seed}`, async () => {
      const log = await logOfDisorder(seed)
      const { below } = chance(seed)
      for (let i = 0; i < 5; i++) {
        const cut = 8 + below(log.length - 8)
        const on = cut + below(log.length - cut + 1)
        const state = kept(foldAll(emptyState(), log.slice(0, cut)))
        expectSame(state, log.slice(0, cut))
        foldAll(state, log.slice(cut, on))
        expectSame(state, log.slice(0, on))
      }
    })

  test('before the first event, and before a programme is open', () => {
    expect(kept(emptyState()).world.seq).toBe(0)
    expect(rowsIn(kept(emptyState()), 'programme', [])).toEqual([])
  })

  test('a projector goes on from a restored state', async () => {
    const log = await logOfDisorder(34)
    const cut = Math.floor(log.length / 2)
    const state = kept(foldAll(emptyState(), log.slice(0, cut)))
    const projector = createProjector({ now: () => 0, state })
    projector.scopes.open('unit:C')
    projector.fold(log.slice(cut))
    expect(projector.scopes.head('unit:C')).toEqual(freshFold(log).scopes.head('unit:C'))
  })

  test('the address of a span has the seq of its last change, and under it are the same days, at every cut', async () => {
    const log = await logOfDisorder(35)
    const state = emptyState()
    const days = new Map<string, string>()
    for (const event of log) {
      fold(state, event)
      for (const unit of ['C', 'A', 'A1'])
        for (const month of ['2008-01', '2008-02', '2008-03']) {
          const span = spanOf(state, unit, month)
          if (span === null) continue
          expect(seqIn(span.address)).toBeLessThanOrEqual(event.seq)
          const address = `${unit} ${month} ${span.address}`
          const text = JSON.stringify(span.days)
          expect(days.get(address) ?? text, address).toBe(text)
          days.set(address, text)
        }
    }
    expect(days.size).toBeGreaterThan(50)
  })

  test('a span has another address when a zero is given that changes no sum: its days say what is blank', () => {
    const log = writtenLog()
    log.write(...opened(), began('2008-03-03'))
    const given = (values: Values) => log.add('ReportSubmitted', { unit: 'A1', day: '2008-01-06', values }, 'districtA')
    given({ accepted: 5 })
    const span = () => spanOf(log.projector.state(), 'A1', '2008-01')!
    const before = span()
    const seq = given({ issued: 0 })
    expect(seqIn(span().address)).toBe(seq)
    expect(span().days).not.toEqual(before.days)
  })

  test('a report of two counters is saved in at most 200 bytes, sums above it included: nothing that the cells hold is held twice', () => {
    const log = writtenLog()
    log.write(...opened())
    let reports = 0
    for (const day of daysBetween('2008-01-02', '2008-12-31')) {
      log.write(began(day))
      for (const unit of ['A1', 'A2', 'A3', 'B1']) {
        log.add('ReportSubmitted', { unit, day, values: { accepted: 500, issued: 400 } }, 'districtA')
        reports++
      }
    }
    expect(serialize(saveState(log.projector.state())).length / reports).toBeLessThan(200)
    for (const account of log.projector.state().ledger!.data.accounts)
      expect([account.days, account.estimates].filter((x) => x === null)).toHaveLength(1)
  })

  test('a restored state keeps nothing of the file but what it uses', async () => {
    const state = foldAll(emptyState(), await logOfDisorder(36))
    const file = serialize({ filler: new Uint8Array(1_000_000), state: saveState(state) })
    const { state: read } = deserialize(file) as { state: Parameters<typeof restoreState>[0] }
    for (const { totals, days, estimates } of restoreState(read).ledger!.data.accounts)
      for (const held of [totals, days?.values, estimates?.values])
        expect(held?.buffer.byteLength ?? 0).toBeLessThan(1_000_000)
  })

  test('what is no state of this version is not restored', () => {
    for (const saved of [null, 7, {}, { version: -1 }, [], 'state'])
      expect(() => restoreState(saved)).toThrow(TypeError)
  })
})

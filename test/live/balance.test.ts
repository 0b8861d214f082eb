/** What was counted before the first day: in totals, in no day. */
import { describe, expect, test } from 'vitest'
import { programmeFaults } from '../../shared/domain/faults.ts'
import { emptyState, fold as foldEvent, restoreState, saveState, type State } from '../../server/live/state.ts'
import type { Store } from '../../server/store/store.ts'
import { openCore } from '../../server/core/core.ts'
import { replayed, rowAbout, trial } from '../support/recorded.ts'

const opening = { S1: { accepted: 500, issued: 300 }, S4: { issued: 40 } }
const reports = [
  '2026-11-02T08:00Z 2026-11-02 S1 10 5',
  '2026-11-03T08:00Z 2026-11-03 S1 20 6',
  '2026-11-03T08:00Z 2026-11-03 S4 9 9',
]
const totals = ['S1 530 311', 'S4 9 49']

async function stateOf(store: Store): Promise<State> {
  const state = emptyState()
  for (const event of await store.read(0, 1_000)) foldEvent(state, event)
  return state
}

const totalsOf = async (core: Parameters<typeof rowAbout>[0], unit: string) =>
  (await rowAbout(core, 'sums', unit)).total.approved

describe('an opening balance', () => {
  test('U15 is in the totals of its unit and of those above, and in no day', async () => {
    const { core, outcome } = await replayed({ reports, totals, programme: { opening } })
    expect(await totalsOf(core, 'S1')).toEqual([530, 311])
    expect(await totalsOf(core, 'S2')).toEqual([0, 0])
    expect(await totalsOf(core, 'D1')).toEqual([530, 311])
    expect(await totalsOf(core, 'C')).toEqual([539, 360])
    expect((await rowAbout(core, 'sums', 'C')).today.approved).toEqual([29, 15])
    expect((await rowAbout(core, 'closed', 'C')).counted).toEqual([539, 360])
    expect((await rowAbout(core, 'closed', 'S2')).counted).toEqual([0, 0])
    expect(await outcome()).toMatchObject({ exact: true })
  })

  test('U15 counts before the first day is due, and where nothing was ever reported', async () => {
    const { core } = await replayed({ reports: [], programme: { opening } })
    expect(await totalsOf(core, 'C')).toEqual([500, 340])
    expect((await rowAbout(core, 'closed', 'C')).counted).toEqual([500, 340])
  })

  test('U15 a threshold that it meets is reached with the path’s first day', async () => {
    const [{ targets: [target] = [], ...baseline }] = trial.baselines as [(typeof trial.baselines)[number]]
    const count = { ...target!, measure: 'count' as const, threshold: 345, base: null, shareBy: 'people' }
    const baselines = [{ ...baseline, targets: [count] }]
    const { core } = await replayed({ reports, totals, programme: { opening, baselines } })
    const reachedBy = async (unit: string) => (await rowAbout(core, 'closed', unit)).reached.map((r) => r.on)
    // 207 of the 345 fall to D1, 138 to D2
    expect(await reachedBy('D1')).toEqual(['2026-11-02'])
    expect(await reachedBy('C')).toEqual(['2026-11-02'])
    expect(await reachedBy('D2')).toEqual([])
    const more = await replayed({ reports, totals, programme: { opening: { S1: { issued: 334 } }, baselines } })
    expect((await rowAbout(more.core, 'closed', 'C')).reached.map((r) => r.on)).toEqual(['2026-11-03'])
  })

  test('U15 R34 R35 totals that questions look at hold it', async () => {
    const { counts } = await replayed({
      reports: ['2026-11-02T08:00Z 2026-11-02 S1 0 200', '2026-11-02T08:00Z 2026-11-02 S4 0 1'],
      programme: { opening: { ...opening, S1: { accepted: 500, issued: 401 } } },
    })
    // D1 passes its 600 and S1 its applications; of S4 there were none beside the 40
    expect(counts().confirmed).toMatchObject({ 'report.exceeds': 2, 'report.coverageOver': 1 })
  })

  test('U15 C18 a day that is taken back leaves it, and so does a restart', async () => {
    const { core, store } = await replayed({ reports, totals, programme: { opening } })
    const again = await openCore({ store, now: () => new Date(0) })
    expect(await totalsOf(again, 'C')).toEqual([539, 360])
    await again.close()
    const taken = await core.dispatch(
      { id: 'take-back', kind: 'TakeDayBack', data: { day: '2026-11-03', reason: 'wrong' } },
      core.actor('office')!,
    )
    expect(taken).toMatchObject({ ok: true })
    expect(await totalsOf(core, 'C')).toEqual([510, 345])
    const saved = structuredClone(saveState(await stateOf(store)))
    expect(restoreState(saved).world.cells.total('C', 1)).toBe(345)
  })

  test('O3 it names reporting units and counters of the programme', () => {
    const faults = programmeFaults({ ...trial, opening: { X9: { issued: 1 }, D1: { issued: 1 }, S1: { gone: 1 } } })
    expect(faults.map((f) => `${f.at} ${f.code}`).sort()).toEqual([
      'opening counter.unknown',
      'opening.D1 unit.notReporting',
      'opening.X9 unit.unknown',
    ])
    expect(programmeFaults({ ...trial, opening })).toEqual([])
  })
})

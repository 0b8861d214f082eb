/** A recorded source for a programme that keeps a counter as its running total. */
import { expect, test } from 'vitest'
import { rowsOf } from '../../shared/view/wire.ts'
import { replayed, trial } from '../support/recorded.ts'

test('F33 running totals of a counter that the programme keeps so are read as such, stored as they were published, and end exact', async () => {
  const kept = trial.counters.map((c) => (c.key === 'issued' ? { ...c, cumulative: true } : c))
  const reports = [
    ...['2026-11-02T12:00Z 2026-11-02 S1 7 1100', '2026-11-03T12:00Z 2026-11-03 S1 7 1130'],
    // an earlier day comes late, and what falls is said with the day that it takes from
    ...['2026-11-05T12:00Z 2026-11-04 S1 7 1120', '2026-11-05T12:00Z 2026-11-03 S1 7 1110'],
    ...['2026-11-06T12:00Z 2026-11-02 S1 7 1090', '2026-11-06T12:00Z 2026-11-05 S1 7 1160'],
  ]
  for (const reviewLevels of [0, 1]) {
    const programme = {
      counters: kept,
      opening: { S1: { issued: 1_000 } },
      reporting: { ...trial.reporting, reviewLevels },
    }
    const reviewer = { member: 'reviewer', name: 'Reviewer', role: 'office', unit: 'C' }
    const format = { cumulative: undefined, ...(reviewLevels > 0 && { reviewer }) }
    const { outcome, core, source } = await replayed({ reports, programme, format, totals: ['S1 28 1160'] })
    const { exact, lines } = await outcome()
    expect(lines.filter((line) => /^(compared|exact|figures that)/.test(line))).toEqual([
      'compared: 10 totals, 8 figures, 4 running totals as reported',
      'exact: yes',
    ])
    expect(exact).toBe(true)
    expect(
      source.publications.map((p) => p.rows.map((r) => [r.day.slice(-2), r.values.issued, r.totals?.issued])),
    ).toEqual([
      [['02', 100, 1100]],
      [['03', 30, 1130]],
      [
        ['04', 10, 1120],
        ['03', 10, 1110],
      ],
      [
        ['02', 90, 1090],
        ['05', 40, 1160],
        ['03', 20, undefined],
      ],
    ])
    const seen = await core.changes(core.actor('importer')!, 'sheet:D1/2026-11-03', 0)
    const line = seen.ok ? rowsOf('line', seen.value.rows, core.setting()!.units).find((l) => l.unit === 'S1') : null
    expect(line?.totals?.[1]).toMatchObject({ own: 1_110, last: { total: 1_090 } })
  }
})

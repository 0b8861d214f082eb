/** Case E18: a publication that corrects or completes the latest day stopped the replay. */
import { describe, expect, test } from 'vitest'
import { replayed } from '../support/recorded.ts'
import { endedReplay } from '../support/replayRun.ts'

const CORRECTED = {
  reports: [
    '2026-11-02T18:00Z 2026-11-02 S1 100 30',
    '2026-11-02T18:00Z 2026-11-02 S2 90 20',
    '2026-11-03T07:00Z 2026-11-02 S1 110 35',
    '2026-11-03T18:00Z 2026-11-03 S1 50 10',
  ],
  totals: ['S1 160 45', 'S2 90 20'],
}
const LATE = {
  reports: ['2026-11-02T18:00Z 2026-11-02 S1 100 30', '2026-11-02T20:00Z 2026-11-02 S2 90 20'],
  totals: ['S1 100 30', 'S2 90 20'],
}

describe('R10 R31 a second publication about the newest day (case E18)', () => {
  test('that corrects it is a restatement', async () => {
    const { lines, code } = await endedReplay(CORRECTED)
    expect(lines).toContain(
      'reports: 3 given in time, 0 changed before they were due, 1 restated (0 late, 1 corrected, 0 reduced)',
    )
    expect([lines.includes('exact: yes'), code]).toEqual([true, 0])
  })

  test('that completes it is a late report', async () => {
    const { lines, code } = await endedReplay(LATE)
    expect(lines).toContain(
      'reports: 1 given in time, 0 changed before they were due, 1 restated (1 late, 0 corrected, 0 reduced)',
    )
    expect([lines.includes('exact: yes'), code]).toEqual([true, 0])
  })

  test('of its kind: again and again, downwards, for a counter alone, on the last day of all', async () => {
    const { counts, outcome } = await replayed({
      reports: [
        '2026-11-02T18:00Z 2026-11-02 S1 100 ',
        '2026-11-02T18:10Z 2026-11-02 S1  30',
        '2026-11-02T18:20Z 2026-11-02 S1 101 30',
        '2026-11-02T18:30Z 2026-11-02 S1 101 29',
        '2026-11-02T18:40Z 2026-11-02 S1 101 29',
      ],
      totals: ['S1 101 29'],
    })
    expect(counts()).toMatchObject({ given: 1, edited: 0, restated: { late: 1, corrected: 1, reduced: 1 } })
    expect(await outcome()).toMatchObject({ exact: true })
  })
})

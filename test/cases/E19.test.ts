/** Case E19: of totals with several rows a unit the last one was taken for the whole, and the end was called exact. */
import { describe, expect, test } from 'vitest'
import { existsSync } from 'node:fs'
import { endedReplay } from '../support/replayRun.ts'

const BY_AGE = {
  reports: ['2026-11-03T12:00Z 2026-11-02 S1 40 20'],
  totalsHead: 'area,age,accepted,issued',
  totals: ['S1 16-29 60 10', 'S1 30-60 40 20', 'S2 all 0 0', 'S3 all 0 0', 'S4 all 0 0', 'S5 all 0 0'],
}

describe('totals by group (case E19)', () => {
  test('are refused with the second row, before anything is entered', async () => {
    const { lines, code, log } = await endedReplay(BY_AGE)
    expect(lines).toContain(
      'totals.csv row 3, area: S1 has a total in row 2 already. Keep one; where they are parts of one figure, such as age groups, name their columns as "groups" in replay.json.',
    )
    expect([code, existsSync(log)]).toEqual([1, false])
  })

  test('are added up where replay.json names the group, and compared as what they add up to', async () => {
    const reportsHead = 'published_at,day,area,age,accepted,issued'
    const reports = ['2026-11-03T12:00Z 2026-11-02 S1 30-60 40 20']
    const { lines, code } = await endedReplay({ ...BY_AGE, reportsHead, reports, format: { groups: ['age'] } })
    expect(lines.find((line) => line.startsWith('S1'))).toMatch(/S1\s+40\s+100\s+20\s+30\s+differs/)
    expect([lines.includes('exact: no'), code]).toEqual([true, 1])
  })
})

/** Case E21: a recorded report with one counter not known could not be read. */
import { describe, expect, test } from 'vitest'
import { replayed, rowAbout } from '../support/recorded.ts'
import { endedReplay } from '../support/replayRun.ts'

const BLANK = {
  reports: ['2026-11-03T12:00Z 2026-11-02 S1 100 ', '2026-11-03T12:00Z 2026-11-02 S2 90 20'],
  totals: ['S1 100 0', 'S2 90 20'],
}

describe('R25 a blank in a recorded source (case E21)', () => {
  test('is no figure, never 0, and the end is exact', async () => {
    const { lines, code } = await endedReplay(BLANK)
    expect(lines).toContain('compared: 10 totals, 3 figures')
    expect([lines.includes('exact: yes'), code]).toEqual([true, 0])
    const { core } = await replayed(BLANK)
    expect((await rowAbout(core, 'closed', 'S1')).reports).toEqual({ expected: 1, in: 0, partial: 1, missing: 0 })
    expect((await rowAbout(core, 'closed', 'S2')).reports).toEqual({ expected: 1, in: 1, partial: 0, missing: 0 })
  })

  test.each(['', ' ', '\u00a0', '\t', '""'])('of its kind: %j is a blank', async (blank) => {
    const { source } = await replayed({ ...BLANK, reports: [`2026-11-03T12:00Z,2026-11-02,S1,100,${blank}`] })
    expect(source.publications[0]!.rows[0]!.values).toEqual({ accepted: 100 })
  })
})

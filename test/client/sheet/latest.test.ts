/** What has just come in, by the newest changes of a unit: pure. */
import { describe, expect, test } from 'vitest'
import { arrivalsOf } from '../../../client/features/sheet/latest.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'

const change = (seq: number, type: ChangeRow['type'], unit: string, before: number | null = null): ChangeRow => ({
  ...{ kind: 'change', key: `c${String(seq)}`, seq, at: seq * 1000, type, unit, day: '2008-03-03' },
  changes: [{ counter: 1, before, after: 5 }],
})

describe('what has just come in', () => {
  test('Q13 the newest is first, what is not of these lines or changes no figure is left out, the same is said once', () => {
    const rows = [
      change(3, 'ReportSubmitted', 'A1'),
      change(9, 'ReportApproved', 'A1'),
      change(5, 'ReportSubmitted', 'B1'),
      change(6, 'ReportSubmitted', 'A1', 4),
      change(7, 'ReportSubmitted', 'A1', 5),
      change(8, 'ReattributionOffered', 'A2'),
    ]
    const said = arrivalsOf(rows, new Set(['A1', 'A2']), 5).map(({ seq, word }) => [seq, word])
    expect(said).toEqual([
      [9, 'approved'],
      [7, 'edited'],
      [3, 'first'],
    ])
    expect(arrivalsOf(rows, new Set(['A1']), 1)).toHaveLength(1)
  })
})

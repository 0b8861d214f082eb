/** The versions of a report: what was sent back and is given again as it was has its figure in its line. */
import { expect, test } from 'vitest'
import { versionLines } from '../../../client/features/review/versions.ts'
import type { VersionRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'

const version = (seq: number, type: VersionRow['type'], changes: VersionRow['changes']): VersionRow => ({
  ...{ kind: 'version', key: rowKey.version(seq), seq, at: seq, by: { id: 'o', name: 'O' }, type, changes },
})

test('K7 R28 a figure that is given again unchanged is shown, and not as a new one', () => {
  const lines = versionLines(
    [
      version(1, 'ReportSubmitted', [{ counter: 0, before: null, after: 852 }]),
      version(2, 'ReportReturned', [{ counter: 0, before: 852, after: null }]),
      version(3, 'ReportRestated', []),
      version(4, 'FiguresAskedAbout', []),
    ],
    2,
  )
  expect(lines.map(({ seq, values }) => [seq, values[0]?.value, values[0]?.isNew])).toEqual([
    [4, undefined, undefined],
    [3, 852, false],
    [2, null, true],
    [1, 852, true],
  ])
})

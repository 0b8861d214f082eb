import { expect, test } from 'vitest'
import { changeWord, figureWord } from '../../../client/ui/changeWords.ts'

const change = (before: number | null, after: number | null) => ({ counter: 0, before, after })

test('a first report and a change of it differ; a restatement says its type', () => {
  expect(changeWord({ type: 'ReportSubmitted', changes: [change(null, 4)] })).toBe('first')
  expect(changeWord({ type: 'ReportSubmitted', changes: [change(null, 4), change(2, 3)] })).toBe('edited')
  expect(changeWord({ type: 'ReportRestated', changes: [change(4, 2)], restated: 'reduced' })).toBe('reduced')
  expect(changeWord({ type: 'ReportWithdrawn', changes: [change(4, null)] })).toBe('withdrawn')
})

test('what changes no figure has no word', () => {
  expect(changeWord({ type: 'PeriodLocked', changes: [] })).toBeNull()
  expect(changeWord({ type: 'IssueReplied', changes: [] })).toBeNull()
})

test('U14 a word is of one figure, whatever else the event was about', () => {
  const event = {
    type: 'ReportRestated' as const,
    restated: 'reduced' as const,
    changes: [change(20, 10), change(9, 13)],
  }
  expect(event.changes.map((c) => figureWord(event, c))).toEqual(['reduced', 'corrected'])
  const first = { type: 'ReportSubmitted' as const, changes: [change(null, 4), change(2, 3)] }
  expect(first.changes.map((c) => figureWord(first, c))).toEqual(['first', 'edited'])
})

import { expect, test } from 'vitest'
import { articleLoad } from '../../../client/features/issues/load.ts'
import { lastTurn, stepsByIssue } from '../../../client/features/issues/steps.ts'
import { issueRow, programme, stepRow } from './sample.ts'

const { articles } = programme.regulation

test('every article has a line in the programme’s order, with nothing on it or not', () => {
  expect(articleLoad(articles, []).map((l) => [l.key, l.open, l.closed])).toEqual([
    ['territory', 0, 0],
    ['fee', 0, 0],
  ])
})

test('open and closed questions are counted apart; those without an article come last', () => {
  const issues = [
    issueRow(1, { article: 'fee' }),
    issueRow(2, { article: 'fee', state: 'closed' }),
    issueRow(3, { article: 'fee' }),
    issueRow(4),
    issueRow(5, { article: 'unheard-of' }),
  ]
  expect(articleLoad(articles, issues).map((l) => [l.key, l.open, l.closed])).toEqual([
    ['territory', 0, 0],
    ['fee', 2, 1],
    ['-', 2, 0],
  ])
})

test('steps are in order of the log, and the last turn is a closing or reopening', () => {
  const steps = stepsByIssue([
    stepRow(1, 3, { step: 'reopened' }),
    stepRow(1, 1),
    stepRow(1, 4),
    stepRow(1, 2, { step: 'closed' }),
    stepRow(2, 1),
  ])
  expect(steps.get(1)?.map((s) => s.seq)).toEqual([101, 102, 103, 104])
  expect(lastTurn(steps.get(1))?.step).toBe('reopened')
  expect(lastTurn(steps.get(2))).toBeUndefined()
  expect(lastTurn(steps.get(3))).toBeUndefined()
})

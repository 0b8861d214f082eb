import { expect, test } from 'vitest'
import { articleLoad } from '../../../client/features/issues/load.ts'
import { inOrder, lastTurn, newestFirst } from '../../../client/features/issues/steps.ts'
import { lineRow, programme, stepRow } from './sample.ts'

const { articles } = programme.regulation!

test('every article has a line in the programme’s order, with nothing on it or not', () => {
  expect(articleLoad(articles, []).map((l) => [l.key, l.open, l.closed])).toEqual([
    ['territory', 0, 0],
    ['fee', 0, 0],
  ])
})

test('open and closed questions are counted apart; those without an article come last', () => {
  const issues = [
    lineRow(1, { article: 'fee' }),
    lineRow(2, { article: 'fee', state: 'closed' }),
    lineRow(3, { article: 'fee' }),
    lineRow(4),
    lineRow(5, { article: 'unheard-of' }),
  ]
  expect(articleLoad(articles, issues).map((l) => [l.key, l.open, l.closed])).toEqual([
    ['territory', 0, 0],
    ['fee', 2, 1],
    ['-', 2, 0],
  ])
})

test('steps are in the order in which they happened, and the last turn is a closing or reopening', () => {
  const steps = inOrder([stepRow(10), stepRow(3, { step: 'reopened' }), stepRow(1), stepRow(2, { step: 'closed' })])
  expect(steps.map((s) => s.n)).toEqual([1, 2, 3, 10])
  expect(lastTurn(steps)?.step).toBe('reopened')
  expect(lastTurn(steps.slice(0, 1))).toBeUndefined()
})

test('questions are listed newest first', () => {
  expect(newestFirst([lineRow(2), lineRow(10), lineRow(9)]).map((i) => i.issue)).toEqual([10, 9, 2])
})

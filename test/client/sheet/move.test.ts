import { expect, test } from 'vitest'
import { movedFigures, seenOf } from '../../../client/features/sheet/move.ts'
import { figure, reportOf, reportRow } from './sample.ts'

const counters = ['accepted', 'issued']
const from = reportOf('A1', figure(500, { version: 8 }), figure(70, { version: 9 }))

test('a move shows what goes, what is there, and the sum', () => {
  const to = reportOf('A2', figure(3), figure(null))
  expect(movedFigures(counters, null, from, to)).toEqual([
    { counter: 'accepted', moved: 500, there: 3, sum: 503 },
    { counter: 'issued', moved: 70, there: null, sum: 70 },
  ])
  expect(movedFigures(counters, 'issued', from, null)).toEqual([{ counter: 'issued', moved: 70, there: null, sum: 70 }])
})

test('where the other report may not be seen nothing is claimed about it', () => {
  expect(movedFigures(counters, 'issued', from, undefined)).toEqual([
    { counter: 'issued', moved: 70, there: undefined, sum: undefined },
  ])
})

test('a blank does not move', () => {
  expect(movedFigures(counters, null, reportRow('A1', [null, 4]), null).map((f) => f.counter)).toEqual(['issued'])
  expect(movedFigures(counters, 'accepted', undefined, null)).toEqual([])
})

test('X1 of a withdrawal that a reviewer has returned, what is approved moves', () => {
  const back = { approved: 40, state: 'returned' as const, version: 12 }
  const returned = reportOf('A1', figure(null, back), figure(null, { approved: 7, state: 'submitted' }))
  expect(movedFigures(counters, null, returned, null)).toEqual([
    { counter: 'accepted', moved: 40, there: null, sum: 40 },
  ])
})

test('what was seen of each counter', () => {
  expect(seenOf(counters, from)).toEqual({ accepted: 8, issued: 9 })
  expect(seenOf(counters, undefined)).toEqual({ accepted: 0, issued: 0 })
})

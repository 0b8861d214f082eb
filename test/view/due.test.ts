/** A report as a whole, from its figures; and what a figure brings to a total. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueStateOf, type FigureStanding, reportStanding } from '../../shared/view/due.ts'
import { type FigureInPart, partOf } from '../../shared/view/parts.ts'

const blank: FigureStanding = { value: null, approved: null, state: 'blank' }
const approved: FigureStanding = { value: 4, approved: 4, state: 'approved' }
const submitted: FigureStanding = { value: 5, approved: null, state: 'submitted' }
const returned: FigureStanding = { value: 5, approved: 4, state: 'returned' }
const disputed: FigureStanding = { value: 5, approved: null, state: 'disputed' }
const withdrawn: FigureStanding = { value: null, approved: 4, state: 'submitted' }

const stateOf = (figures: FigureStanding[], more: Partial<Parameters<typeof dueStateOf>[0]> = {}) =>
  dueStateOf({
    day: '2008-01-03',
    due: '2008-01-02',
    starts: '2008-01-01',
    ends: null,
    expected: [0, 1],
    figures,
    ...more,
  })

describe('a report as a whole', () => {
  test('C11 nothing there: before the start, after the end, off, open, missing', () => {
    const none = [blank, blank]
    expect(stateOf(none, { starts: '2008-01-04' })).toBe('notStarted')
    expect(stateOf(none, { ends: '2008-01-02' })).toBe('ended')
    expect(stateOf(none, { expected: [] })).toBe('off')
    expect(stateOf(none)).toBe('open')
    expect(stateOf(none, { due: null })).toBe('open')
    expect(stateOf(none, { due: '2008-01-03' })).toBe('missing')
  })

  test('C11 the worst of its figures comes first, blanks before what waits', () => {
    expect(stateOf([approved, approved])).toBe('approved')
    expect(stateOf([approved, submitted])).toBe('submitted')
    expect(stateOf([approved, blank])).toBe('partial')
    expect(stateOf([submitted, blank])).toBe('partial')
    expect(stateOf([returned, blank])).toBe('returned')
    expect(stateOf([returned, disputed])).toBe('disputed')
  })

  test('C11 a blank that is not expected leaves nothing partial; what is there shows also on a day off', () => {
    expect(stateOf([approved, blank], { expected: [0] })).toBe('approved')
    expect(stateOf([submitted, blank], { expected: [] })).toBe('submitted')
    expect(stateOf([approved, approved], { ends: '2008-01-02' })).toBe('approved')
  })

  test('U12 C12 in, partial, missing; a withdrawal that waits is still given', () => {
    expect(reportStanding([approved, returned], [0, 1])).toBe('in')
    expect(reportStanding([approved, withdrawn], [0, 1])).toBe('in')
    expect(reportStanding([blank, submitted], [0, 1])).toBe('partial')
    expect(reportStanding([blank, submitted], [0])).toBe('missing')
    expect(reportStanding([blank, blank], [0, 1])).toBe('missing')
  })
})

describe('what a figure brings', () => {
  test('U7 what waits, is returned or disputed counts by how much it would change what is approved', () => {
    const part = (figure: FigureInPart) => Object.values(partOf(figure))
    expect(part({ value: 120, approved: 100, state: 'submitted' })).toEqual([100, 'waiting', 20])
    expect(part({ value: 80, approved: 100, state: 'submitted' })).toEqual([100, 'waiting', -20])
    expect(part({ value: 80, approved: null, state: 'submitted' })).toEqual([0, 'waiting', 80])
    expect(part(withdrawn)).toEqual([4, 'waiting', -4])
    expect(part({ value: 80, approved: 100, state: 'returned' })).toEqual([100, 'returned', -20])
    expect(part(approved)).toEqual([4, null, 0])
    expect(part(blank)).toEqual([0, null, 0])
  })

  test('U7 D13 a dispute about an approved value has the claim less that value, else what stands less what is approved', () => {
    const claim = { value: 70 }
    expect(partOf({ value: 100, approved: 100, state: 'disputed', claim })).toMatchObject({ approved: 100, shift: -30 })
    expect(partOf({ value: 100, approved: null, state: 'disputed', claim })).toMatchObject({ approved: 0, shift: 100 })
    expect(partOf({ value: 120, approved: 100, state: 'disputed', claim })).toMatchObject({ approved: 100, shift: 20 })
    expect(partOf({ value: null, approved: null, state: 'disputed', claim })).toMatchObject({ approved: 0, shift: 0 })
  })

  test('U7 without a dispute, approved and shift together are the newest value', () => {
    const value = fc.option(fc.nat(999))
    fc.assert(
      fc.property(value, value, fc.constantFrom('submitted' as const, 'returned' as const), (newest, stands, state) => {
        const { approved: a, shift } = partOf({ value: newest, approved: stands, state })
        expect(a + shift).toBe(newest ?? 0)
      }),
    )
  })
})

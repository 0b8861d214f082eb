import { describe, expect, test } from 'vitest'
import { marksFor } from '../../../client/charts/marks.ts'
import { lastDay } from '../../../shared/view/touching.ts'
import { lineRow, units } from './sample.ts'

const on = (unit: string, from = '2008-02-01', to = '2008-04-30', issues = [lineRow(7)]) =>
  marksFor(issues, unit, units, from, to)

describe('marks of legal questions', () => {
  test('a question on a district shows on the district, on the city and on its streets', () => {
    const mark = [{ n: 7, day: '2008-03-03', title: 'Question 7', state: 'open' }]
    for (const unit of ['north', 'city', 'n1', 'n2']) expect(on(unit)).toEqual(mark)
  })

  test('it does not show on another district, its streets or an unknown unit', () => {
    for (const unit of ['south', 's1', 'nowhere']) expect(on(unit)).toEqual([])
  })

  test('both ends of the days count, and nothing outside them', () => {
    expect(on('north', '2008-03-07', '2008-03-31')).toHaveLength(1)
    expect(on('north', '2008-02-01', '2008-03-03')).toHaveLength(1)
    expect(on('north', '2008-03-08', '2008-03-31')).toHaveLength(0)
    expect(on('north', '2008-02-01', '2008-03-02')).toHaveLength(0)
  })

  test('a question without a last day shows on every later chart', () => {
    expect(on('north', '2008-11-01', '2008-11-30', [lineRow(7, { to: null })])).toHaveLength(1)
  })

  test('a question without a last day ends when it is closed', () => {
    const closed = [lineRow(7, { to: null, state: 'closed', closedOn: '2008-03-20' })]
    expect(on('north', '2008-03-20', '2008-04-30', closed)).toHaveLength(1)
    expect(on('north', '2008-03-21', '2008-04-30', closed)).toHaveLength(0)
    expect(lastDay({ from: '2008-03-03', to: '2008-03-07', closedOn: '2008-03-20' })).toBe('2008-03-07')
    expect(lastDay({ from: '2008-03-03', to: null, closedOn: '2008-02-20' })).toBe('2008-03-03')
    expect(lastDay({ from: '2008-03-03', to: null, closedOn: null })).toBeNull()
  })

  test('a question that began before the chart stands on its first day', () => {
    expect(on('n1', '2008-03-05', '2008-03-31')[0]?.day).toBe('2008-03-05')
  })

  test('marks are in order of day, then number, and closed ones stay', () => {
    const issues = [
      lineRow(9),
      lineRow(3, { state: 'closed' }),
      lineRow(5, { from: '2008-03-01' }),
      lineRow(4, { unit: 'south' }),
    ]
    expect(on('city', undefined, undefined, issues).map((m) => [m.n, m.state])).toEqual([
      [5, 'open'],
      [3, 'closed'],
      [4, 'open'],
      [9, 'open'],
    ])
    expect(on('north', undefined, undefined, issues).map((m) => m.n)).toEqual([5, 3, 9])
  })
})

import { describe, expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import { type Extent, issuesTouching, lastDay, sameDays, samePlace } from '../../shared/view/touching.ts'
import { tinyProgramme } from '../support/programme.ts'

const units = indexUnits(tinyProgramme())
const extent = (unit: string, from: string, to: string | null, closedOn: string | null = null): Extent => ({
  unit,
  from,
  to,
  closedOn,
})

describe('questions that touch figures', () => {
  test('a place is touched from above, from itself and from below', () => {
    expect(['C', 'A', 'A1', 'A2'].filter((unit) => samePlace(units, 'A', unit))).toEqual(['C', 'A', 'A1', 'A2'])
    expect(['B', 'B1', 'nowhere'].some((unit) => samePlace(units, 'A', unit))).toBe(false)
  })

  test('days are shared with both ends; an open end goes on until it is closed', () => {
    const open = extent('A', '2008-03-03', null)
    expect(sameDays(open, '2008-11-01', '2008-11-01')).toBe(true)
    expect(sameDays(open, '2008-03-01', '2008-03-02')).toBe(false)
    const closed = extent('A', '2008-03-03', null, '2008-03-20')
    expect(lastDay(closed)).toBe('2008-03-20')
    expect(sameDays(closed, '2008-03-21', '2008-03-30')).toBe(false)
    expect(lastDay(extent('A', '2008-03-03', null, '2008-02-01'))).toBe('2008-03-03')
    expect(lastDay(extent('A', '2008-03-03', '2008-03-07', '2008-03-20'))).toBe('2008-03-07')
  })

  test('are found by place and days together, in the given order', () => {
    const all = [
      extent('B', '2008-03-01', null),
      extent('A1', '2008-03-05', null),
      extent('C', '2008-03-01', '2008-03-02'),
      extent('C', '2008-03-01', '2008-03-09'),
    ]
    expect(issuesTouching(all, units, 'A', { from: '2008-03-04', to: '2008-03-09' })).toEqual([all[1], all[3]])
  })
})

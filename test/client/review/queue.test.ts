/** Whose a report is: what waits at a level below is its reviewers' first. */
import { describe, expect, test } from 'vitest'
import { othersIn, tasksOf } from '../../../client/features/review/queue.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { figure } from '../sheet/sample.ts'

const row = (day: string, approvals: number, by = 'o'): QueueRow => ({
  ...{ kind: 'queue', key: rowKey.queue(3, day), unit: 'A1', day },
  figures: [figure(8, { state: 'submitted', approved: null, level: approvals, by: { id: by, name: 'O' }, version: 3 })],
})
const rows = [row('2008-01-02', 0), row('2008-01-03', 1), row('2008-01-04', 0, 'me'), row('2008-01-07', 1, 'me')]
const days = (of: { day: string }[]) => of.map(({ day }) => day)

describe('K13 of two levels', () => {
  test('the upper one has what came through the lower one, and can take that in hand too', () => {
    const office = { id: 'me', level: 2 }
    expect(days(tasksOf(rows, office))).toEqual(['2008-01-03'])
    expect(othersIn(rows, office)).toEqual({ below: 1, beyond: 2 })
    expect(days(tasksOf(rows, { ...office, lowest: 1 }))).toEqual(['2008-01-02', '2008-01-03'])
  })

  test('the lower one has what nobody has approved', () => {
    const district = { id: 'me', level: 1 }
    expect(days(tasksOf(rows, district))).toEqual(['2008-01-02'])
    expect(othersIn(rows, district)).toEqual({ below: 0, beyond: 3 })
  })
})

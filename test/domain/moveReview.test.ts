import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandData } from '../../shared/command.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { partOf } from '../../shared/view/parts.ts'
import { districtA, districtB, item, office, otherA } from '../support/people.ts'
import { after, ask, event, events, figureOf, given, type Past, refusals, reported, reviewed } from './given.ts'

const DAY = '2008-01-09'
/** `UNIT`, or `UNIT/DAY` on another day */
type Cell = string
const nameOf = (cell: Cell) => ({ unit: cell.split('/')[0]!, day: cell.split('/')[1] ?? DAY })
type Versions = Record<string, number>

/** A1 has 500 and 70 that are approved. */
const approved = (levels = 1): Past[] => {
  const past = reviewed(levels, reported(districtA, 'A1', DAY, { accepted: 500, issued: 70 }))
  const versions = { accepted: past.length, issued: past.length }
  const each = (level: number) => event('ReportApproved', { unit: 'A1', day: DAY, versions, level }, office)
  return [...past, ...Array.from({ length: levels }, (_, i) => each(i + 1))]
}
const move = (
  past: Past[],
  from: Cell,
  to: Cell,
  more: Partial<CommandData<'ReattributeReports'>> = {},
  by = districtA,
) =>
  after(past, by, 'ReattributeReports', {
    from: { ...nameOf(from), basedOn: past.length },
    to: { ...nameOf(to), basedOn: past.length },
    counters: ['accepted'],
    reason: 'of another street',
    ...more,
  })
const figure = (past: Past[], cell: Cell, counter = 'accepted') =>
  figureOf(past, nameOf(cell).unit, nameOf(cell).day, counter)
const itemOf = (past: Past[], cell: Cell, counters = ['accepted']) => ({
  ...nameOf(cell),
  versions: Object.fromEntries(counters.map((c) => [c, figure(past, cell, c).version])) as Versions,
})
const approve = (past: Past[], cell: Cell, by: Actor = office) =>
  after(past, by, 'ApproveReports', { items: [itemOf(past, cell)] })
const sendBack = (past: Past[], cell: Cell) =>
  after(past, office, 'ReturnReports', { items: [itemOf(past, cell)], reason: 'whose is it?' })
const said = (
  past: Past[],
  cell: Cell,
  by: Actor = office,
  kind: 'ApproveReports' | 'ReturnReports' = 'ApproveReports',
) =>
  refusals(past, by, kind, {
    items: [itemOf(past, cell)],
    ...(kind === 'ReturnReports' && { reason: 'x' }),
  } as never).map((r) => `${r.at} ${r.code}`)
const submit = (past: Past[], cell: Cell, values: Values, by = districtA) => {
  const stands = Object.keys(values).every((c) => figure(past, cell, c).value ?? figure(past, cell, c).approved)
  const more = { basedOn: past.length, reason: 'recount', type: stands ? ('corrected' as const) : ('late' as const) }
  return after(past, by, 'SubmitReports', { items: [item(nameOf(cell).unit, nameOf(cell).day, values, more)] })
}
/** what is approved of all cells, and what would be if everything were */
const sums = (past: Past[], ...cells: Cell[]) =>
  cells.reduce(
    ([counts, would], cell) => {
      const { approved: counted, shift } = partOf(figure(past, cell))
      return [counts! + counted, would! + counted + shift]
    },
    [0, 0],
  )

describe('K5 a move that waits is reviewed as one', () => {
  const waiting = move(approved(), 'A1', 'A2')

  test.each(['A1', 'A2'])('whichever side is named: %s', (cell) => {
    const past = approve(waiting, cell)
    expect(past.slice(-2).map((e) => [e.type, (e.data as { unit: string }).unit])).toEqual(
      expect.arrayContaining([
        ['ReportApproved', 'A1'],
        ['ReportApproved', 'A2'],
      ]),
    )
    expect(figure(past, 'A1')).toMatchObject({ value: null, approved: null, state: 'blank' })
    expect(figure(past, 'A2')).toMatchObject({ value: 500, approved: 500, state: 'approved' })
    expect(figure(past, 'A1')).not.toHaveProperty('moves')
    const returned = sendBack(waiting, cell)
    expect([figure(returned, 'A1'), figure(returned, 'A2')]).toMatchObject([
      { value: null, approved: 500, state: 'returned', returned: { reason: 'whose is it?' } },
      { value: 500, approved: null, state: 'returned', returned: { reason: 'whose is it?' } },
    ])
    for (const [counted] of [sums(past, 'A1', 'A2'), sums(returned, 'A1', 'A2')]) expect(counted).toBe(500)
  })

  test('both sides named in one command, each of them is approved once', () => {
    const items = [itemOf(waiting, 'A1'), itemOf(waiting, 'A2')]
    expect(events(waiting, office, 'ApproveReports', { items })).toHaveLength(2)
    const wrong = [items[0]!, { ...items[1]!, versions: { accepted: 3 } }]
    expect(refusals(waiting, office, 'ApproveReports', { items: wrong }).map((r) => `${r.at} ${r.code}`)).toEqual([
      'items.1.versions.accepted review.changed',
    ])
  })

  test('other counters, and what is not moved, are reviewed by themselves', () => {
    const both = submit(waiting, 'A1', { issued: 71 })
    const items = [itemOf(both, 'A1', ['issued'])]
    expect(events(both, office, 'ApproveReports', { items })).toHaveLength(1)
  })

  test('it needs the right to both sides, and both days open', () => {
    const abroad = move(approved(), 'A1', 'B1', {}, office)
    const at = 'items.0.versions.accepted'
    for (const kind of ['ApproveReports', 'ReturnReports'] as const) {
      expect(said(abroad, 'A1', otherA, kind)).toEqual([`${at} review.move`])
      expect(said(abroad, 'B1', districtB, kind)).toEqual([`${at} review.move`])
    }
    expect(refusals(abroad, otherA, 'ApproveReports', { items: [itemOf(abroad, 'A1')] })[0]!.params).toEqual({
      counter: 'accepted',
      unit: 'B1',
      day: DAY,
    })
    const earlier = move(approved(), 'A1', 'A1/2008-01-08')
    const locked = [...earlier, event('PeriodLocked', { through: '2008-01-08' })]
    expect(said(locked, 'A1')).toEqual([`${at} report.locked`])
  })

  test('nobody approves a side that they gave themselves', () => {
    const two = move(approved(2), 'A1', 'A2')
    expect(said(two, 'A1', districtA)).toEqual(['items.0.versions.accepted review.own'])
    const corrected = submit(two, 'A2', { accepted: 510 }, otherA)
    expect(said(corrected, 'A1', otherA)).toEqual(['items.0.versions.accepted review.own'])
  })

  test('a side that is corrected while it waits stays a part of it', () => {
    const past = submit(waiting, 'A2', { accepted: 510 })
    const done = approve(past, 'A2')
    expect([figure(done, 'A1').approved, figure(done, 'A2').approved]).toEqual([null, 510])
    // given again as it was, the side that gives does not wait any more, and the other stands by itself
    const undone = submit(waiting, 'A1', { accepted: 500 })
    expect(figure(undone, 'A1')).toMatchObject({ state: 'approved' })
    expect(events(undone, office, 'ApproveReports', { items: [itemOf(undone, 'A2')] })).toHaveLength(1)
  })

  test('at two levels both go up together, also when one was corrected in between', () => {
    const two = move(approved(2), 'A1', 'A2')
    const once = approve(two, 'A2')
    expect([figure(once, 'A1'), figure(once, 'A2')]).toMatchObject([{ level: 1 }, { level: 1 }])
    expect(sums(approve(once, 'A1'), 'A1', 'A2')[0]).toBe(500)
    const corrected = submit(once, 'A2', { accepted: 510 }, otherA)
    const again = approve(corrected, 'A1')
    expect([figure(again, 'A1'), figure(again, 'A2')]).toMatchObject([
      { level: 1, approved: 500 },
      { level: 1, approved: null },
    ])
    expect(sums(approve(again, 'A1'), 'A1', 'A2')[0]).toBe(510)
  })

  test('what moves on while it waits is one with the first move', () => {
    const on = move(waiting, 'A2', 'A3')
    expect(['A1', 'A2', 'A3'].map((cell) => figure(on, cell).state)).toEqual(['submitted', 'blank', 'submitted'])
    for (const cell of ['A1', 'A3']) expect(sums(approve(on, cell), 'A1', 'A2', 'A3')).toEqual([500, 500])
    // what A2 is given after that is its own
    const anew = submit(on, 'A2', { accepted: 7 })
    expect(events(anew, office, 'ApproveReports', { items: [itemOf(anew, 'A2')] })).toHaveLength(1)
    expect(events(anew, office, 'ApproveReports', { items: [itemOf(anew, 'A1')] })).toHaveLength(2)
  })

  test('and so is everything that several moves have put together', () => {
    const past = submit(approved(), 'A3', { accepted: 40 })
    const own = approve(past, 'A3')
    const both = move(move(own, 'A1', 'A2'), 'A3', 'A2')
    expect(figure(both, 'A2')).toMatchObject({ value: 540, approved: null })
    for (const cell of ['A1', 'A2', 'A3']) expect(sums(approve(both, cell), 'A1', 'A2', 'A3')).toEqual([540, 540])
  })

  test('what nobody has approved is blank at once, and waits where it goes by itself', () => {
    const plain = reviewed(1, reported(districtA, 'A1', DAY, { accepted: 500 }))
    const past = move(plain, 'A1', 'A2')
    expect(figure(past, 'A1')).toMatchObject({ value: null, state: 'blank' })
    expect(events(past, office, 'ApproveReports', { items: [itemOf(past, 'A2')] })).toHaveLength(1)
  })

  test('half of it is not approved while the other half does not wait', () => {
    const returned = sendBack(waiting, 'A2')
    const half = submit(returned, 'A2', { accepted: 500 })
    expect(said(half, 'A2')).toEqual(['items.0.versions.accepted review.move'])
    expect(said(half, 'A2', office, 'ReturnReports')).toEqual([])
    // the other is asked for again
    const whole = after(half, districtA, 'WithdrawReports', {
      items: [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: half.length }],
      reason: 'see the file',
    })
    expect(sums(approve(whole, 'A2'), 'A1', 'A2')).toEqual([500, 500])
    // or is left where it is
    const kept = submit(half, 'A1', { accepted: 500 })
    expect(said(kept, 'A2')).toEqual([])
    const disputed = after(waiting, otherA, 'SubmitReports', {
      items: [item('A2', DAY, { accepted: 501 }, { basedOn: 0 })],
    })
    expect(said(disputed, 'A1')).toEqual(['items.0.versions.accepted review.move'])
  })
})

describe('K4 a withdrawal that was returned', () => {
  const asked = after(approved(), districtA, 'WithdrawReports', {
    items: [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: approved().length }],
    reason: 'wrong street',
  })
  const returned = sendBack(asked, 'A1')

  test('can be asked for again', () => {
    const items = [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: returned.length }]
    const again = after(returned, districtA, 'WithdrawReports', { items, reason: 'of Elm, see file 12' })
    expect(figure(again, 'A1')).toMatchObject({ value: null, approved: 500, state: 'submitted' })
    expect(figure(again, 'A1')).not.toHaveProperty('returned')
    expect(figure(approve(again, 'A1'), 'A1')).toMatchObject({ approved: null, state: 'blank' })
    // while it waits there is nothing more to ask for
    expect(events(asked, districtA, 'WithdrawReports', { items: [{ ...items[0]!, basedOn: 0 }], reason: 'x' })).toEqual(
      [],
    )
  })

  test('not by somebody who has not seen what was withdrawn', () => {
    const items = [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: 0 }]
    expect(refusals(returned, otherA, 'WithdrawReports', { items, reason: 'x' }).map((r) => r.code)).toEqual([
      'report.stale',
    ])
  })

  test('X1 or be moved instead: what is approved goes', () => {
    const past = move(returned, 'A1', 'A2')
    expect(figure(past, 'A2')).toMatchObject({ value: 500, state: 'submitted' })
    expect(sums(approve(past, 'A2'), 'A1', 'A2')).toEqual([500, 500])
  })

  test('X1 what is moved there adds to what the reviewer has left', () => {
    const other = submit(returned, 'A2', { accepted: 3 })
    const past = move(other, 'A2', 'A1')
    expect(figure(past, 'A1')).toMatchObject({ value: 503, approved: 500, state: 'submitted' })
  })
})

describe('a move that was returned', () => {
  const returned = sendBack(move(approved(), 'A1', 'A2'), 'A1')
  const again = (past: Past[], to: Cell) =>
    refusals(past, districtA, 'ReattributeReports', {
      from: { ...nameOf('A1'), basedOn: past.length },
      to: { ...nameOf(to), basedOn: past.length },
      counters: ['accepted'],
      reason: 'x',
    })

  test('K5 X2 is not made a second time while what it moved stands at the other end', () => {
    for (const to of ['A2', 'A3'])
      expect(again(returned, to)).toEqual([
        { code: 'review.move', params: { counter: 'accepted', unit: 'A2', day: DAY }, at: 'from' },
      ])
    const items = [{ ...nameOf('A2'), counters: ['accepted'], basedOn: returned.length }]
    const cleared = after(returned, districtA, 'WithdrawReports', { items, reason: 'not here' })
    expect(again(cleared, 'A3')).toEqual([])
    const elsewhere = move(cleared, 'A1', 'A3')
    expect(sums(approve(elsewhere, 'A3'), 'A1', 'A2', 'A3')).toEqual([500, 500])
  })
})

test('K5 whatever is moved, approved and returned in whatever order, nothing is lost and nothing counts twice', () => {
  const CELLS = ['A1', 'A2', 'A3', 'A1/2008-01-08']
  const cell = fc.constantFrom(...CELLS)
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ReattributeReports' as const), from: cell, to: cell }),
    fc.record({ kind: fc.constantFrom('ApproveReports' as const, 'ReturnReports' as const), from: cell, to: cell }),
  )
  fc.assert(
    fc.property(fc.constantFrom(1, 2), fc.array(step, { maxLength: 14 }), (levels, steps) => {
      let past = approved(levels)
      for (const { kind, from, to } of steps) {
        const sides = {
          from: { ...nameOf(from), basedOn: past.length },
          to: { ...nameOf(to), basedOn: past.length },
          counters: ['accepted'],
          reason: 'x',
        }
        const reviewed = { items: [itemOf(past, from)], ...(kind === 'ReturnReports' && { reason: 'x' }) }
        const decided = ask(given(past), office, kind, kind === 'ReattributeReports' ? sides : reviewed)
        // another member of the office gives than the one who approves
        const by = kind === 'ReattributeReports' ? districtA : office
        if (decided.ok) past = [...past, ...decided.value.map((e): Past => ({ ...e, by }))]
        expect(sums(past, ...CELLS)[0]).toBe(500)
      }
    }),
    { numRuns: 300 },
  )
})

test('S17 moves that wait are kept with the world, and forks keep theirs to themselves', () => {
  const world = given(move(approved(), 'A1', 'A2'))
  expect([...world.moves.entries()]).toEqual([
    [
      1,
      [
        { unit: 'A1', day: DAY },
        { unit: 'A2', day: DAY },
      ],
    ],
  ])
})

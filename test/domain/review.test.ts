import { describe, expect, test } from 'vitest'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import { after, AT_MS, events, figureOf, type Past, refusals, reported, reviewed } from './given.ts'

const DAY = '2008-01-10'
const waiting = (levels: number) => reviewed(levels, reported(districtA, 'A1', DAY, { accepted: 10, issued: 8 }))
const version = waiting(1).length
const figure = (past: Past[], counter = 'accepted') => figureOf(past, 'A1', DAY, counter)
const items = (versions: Values) => [{ unit: 'A1', day: DAY, versions }]
const approve = (past: Past[], by: Actor, versions: Values) =>
  after(past, by, 'ApproveReports', { items: items(versions) })
const submit = (past: Past[], by: Actor, accepted: number) =>
  after(past, by, 'SubmitReports', { items: [item('A1', DAY, { accepted }, { basedOn: past.length })] })
const codes = (past: Past[], by: Actor, versions: Values) =>
  refusals(past, by, 'ApproveReports', { items: items(versions) }).map((r) => `${r.at} ${r.code}`)

describe('approving', () => {
  test('K1 a figure counts after the last level', () => {
    const once = approve(waiting(2), otherA, { accepted: version })
    expect(once.at(-1)).toEqual({
      type: 'ReportApproved',
      data: { unit: 'A1', day: DAY, versions: { accepted: version }, level: 1 },
      by: otherA,
    })
    expect(figure(once)).toMatchObject({ value: 10, approved: null, state: 'submitted', level: 1 })
    const twice = approve(once, office, { accepted: version })
    expect(figure(twice)).toMatchObject({ value: 10, approved: 10, state: 'approved', level: 2 })
    expect(figure(twice, 'issued')).toMatchObject({ state: 'submitted', level: 0 })
  })

  test('K1 figures of a report that are at different levels get an event each', () => {
    const once = approve(waiting(2), otherA, { accepted: version })
    const both = events(once, office, 'ApproveReports', { items: items({ accepted: version, issued: version }) })
    expect(both.map((e) => (e.type === 'ReportApproved' ? [e.data.level, e.data.versions] : null))).toEqual([
      [2, { accepted: version }],
      [1, { issued: version }],
    ])
  })

  test('R29 neither approving nor returning makes an edit stale', () => {
    const approved = approve(waiting(1), office, { accepted: version })
    expect(figure(approved).version).toBe(version)
    const edit = { items: [item('A1', DAY, { accepted: 12 }, { basedOn: version })] }
    for (const by of [districtA, otherA])
      expect(events(approved, by, 'SubmitReports', edit).map((e) => e.type)).toEqual(['ReportSubmitted'])
  })

  test('R30 a correction waits beside the approved figure, which goes on counting', () => {
    const corrected = submit(approve(waiting(1), office, { accepted: version }), districtA, 12)
    expect(figure(corrected)).toMatchObject({ value: 12, approved: 10, state: 'submitted', level: 0 })
    const approved = approve(corrected, office, { accepted: corrected.length })
    expect(figure(approved)).toMatchObject({ value: 12, approved: 12, state: 'approved' })
  })

  test('R30 back to what is approved nothing waits', () => {
    const corrected = submit(approve(waiting(1), office, { accepted: version }), districtA, 12)
    const back = submit(corrected, districtA, 10)
    expect(figure(back)).toMatchObject({ value: 10, approved: 10, state: 'approved', level: 1 })
    expect(codes(back, office, { accepted: back.length })).toEqual(['items.0.versions.accepted review.notWaiting'])
  })

  test('K1 another version than the one that stands, and what does not wait, are refused', () => {
    expect(codes(waiting(1), office, { accepted: version - 1, issued: version })).toEqual([
      'items.0.versions.accepted review.changed',
    ])
    const approved = approve(waiting(1), office, { accepted: version })
    expect(codes(approved, office, { accepted: version })).toEqual(['items.0.versions.accepted review.notWaiting'])
    expect(codes(waiting(0), office, { accepted: version })).toEqual(['items.0.versions.accepted review.notWaiting'])
    const disputed = after(waiting(1), otherA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 11 })] })
    expect(codes(disputed, office, { accepted: version })).toEqual(['items.0.versions.accepted review.notWaiting'])
  })

  test('K2 nobody approves what they gave themselves', () => {
    expect(codes(waiting(2), districtA, { accepted: version })).toEqual(['items.0.versions.accepted review.own'])
    expect(codes(submit(waiting(2), otherA, 12), districtA, { accepted: version + 1 })).toEqual([])
  })
})

describe('K6 levels follow the tree', () => {
  const street: Actor = { ...districtA, id: 'street', unit: 'A1' }
  const level = (at: number, own: number) => [{ counter: 'accepted', level: at, own }]
  const params = (past: Past[], by: Actor) =>
    refusals(past, by, 'ApproveReports', { items: items({ accepted: version }) }).map((r) => r.params)

  test('the topmost unit gives the last level, and may stand in for one below', () => {
    const once = approve(waiting(2), office, { accepted: version })
    expect(figure(once)).toMatchObject({ state: 'submitted', level: 1 })
    expect(figure(approve(once, office, { accepted: version }))).toMatchObject({ state: 'approved', level: 2 })
  })

  test('a district gives the first of two, a street the first of three, and none the one above theirs', () => {
    const once = approve(waiting(2), otherA, { accepted: version })
    expect(params(once, otherA)).toEqual(level(2, 1))
    expect(params(waiting(2), street)).toEqual(level(1, 0))
    const three = approve(waiting(3), street, { accepted: version })
    expect(params(three, street)).toEqual(level(2, 1))
    expect(figure(approve(three, otherA, { accepted: version }))).toMatchObject({ state: 'submitted', level: 2 })
  })

  test('what waits for a higher level is not returned from below either', () => {
    const once = approve(waiting(2), otherA, { accepted: version })
    const back = (by: Actor) =>
      refusals(once, by, 'ReturnReports', { items: items({ accepted: version }), reason: 'which?' }).map((r) => r.code)
    expect([back(otherA), back(office)]).toEqual([['review.level'], []])
  })

  test('with one level a district reviews nothing', () => {
    expect(params(waiting(1), otherA)).toEqual(level(1, 0))
  })
})

describe('returning', () => {
  const back = (past: Past[], versions: Values) =>
    after(past, office, 'ReturnReports', { items: items(versions), reason: 'twice the usual' })

  test('K3 with a reason; what is approved goes on counting', () => {
    const first = back(waiting(1), { accepted: version })
    expect(figure(first)).toMatchObject({
      value: 10,
      approved: null,
      state: 'returned',
      returned: { reason: 'twice the usual', by: 'office', at: AT_MS },
    })
    const corrected = submit(approve(waiting(1), office, { accepted: version }), districtA, 99)
    expect(figure(back(corrected, { accepted: corrected.length }))).toMatchObject({
      value: 99,
      approved: 10,
      state: 'returned',
    })
  })

  test('K3 it stays until a new value, which may be the same one', () => {
    const returned = back(waiting(1), { accepted: version })
    expect(codes(returned, office, { accepted: version })).toEqual(['items.0.versions.accepted review.notWaiting'])
    for (const value of [10, 11]) {
      const past = submit(returned, districtA, value)
      expect(figure(past)).toMatchObject({ value, state: 'submitted', version: returned.length + 1 })
      expect(figure(past)).not.toHaveProperty('returned')
    }
  })

  test('R28 of a returned figure the same value is a new one, unless somebody wrote since', () => {
    const returned = back(waiting(1), { accepted: version })
    const again = (by: Actor, basedOn: number) =>
      events(returned, by, 'SubmitReports', { items: [item('A1', DAY, { accepted: 10 }, { basedOn })] })
    expect(again(districtA, version)).toHaveLength(1)
    expect(again(otherA, 0)).toEqual([])
  })

  test('D14 a dispute about a returned figure ends as it began', () => {
    const returned = back(waiting(1), { accepted: version })
    const disputed = after(returned, otherA, 'SubmitReports', { items: [item('A1', DAY, { accepted: 11 })] })
    const taken = after(disputed, otherA, 'WithdrawReports', {
      items: [{ unit: 'A1', day: DAY, counters: ['accepted'], basedOn: disputed.length }],
      reason: 'mistaken',
    })
    expect(figure(taken)).toEqual(figure(returned))
  })
})

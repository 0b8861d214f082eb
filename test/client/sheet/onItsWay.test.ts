import { describe, expect, test } from 'vitest'
import {
  coveredBy,
  ofSheet,
  sentBy,
  typingOf,
  wayOf,
  type WaitingReport,
} from '../../../client/features/sheet/onItsWay.ts'
import type { Waiting } from '../../../client/sync/outbox.ts'
import { day, typed } from './sample.ts'

const submit = (id: string, values: Record<string, number>, basedOn: Record<string, number | string> = {}) =>
  ({
    id,
    kind: 'SubmitReports',
    data: { items: [{ unit: 'A1', day, values, basedOn }] },
    at: 1,
    drafts: [],
  }) satisfies Waiting
const withdraw = (id: string, counters: string[], basedOn: number | string = 4) =>
  ({
    id,
    kind: 'WithdrawReports',
    data: { items: [{ unit: 'A1', day, counters, basedOn }], reason: 'x' },
    at: 2,
    drafts: [],
  }) satisfies Waiting

const isDaily = () => false

describe('what the outbox holds of a sheet', () => {
  test('commands about its lines on its day, and no others', () => {
    const command: Waiting = submit('c1', { issued: 5 })
    expect(ofSheet(command, day, ['A1', 'A2'])).toBe(command)
    expect(ofSheet(command, day, ['A2'])).toBeNull()
    expect(ofSheet(command, '2008-03-04', ['A1'])).toBeNull()
    const lock: Waiting = { id: 'c2', kind: 'LockPeriod', data: { through: day }, at: 1, drafts: [] }
    expect(ofSheet(lock, day, ['A1'])).toBeNull()
  })
  test('the latest command decides about a cell', () => {
    const waiting: WaitingReport[] = [submit('c1', { issued: 5, accepted: 7 }), withdraw('c2', ['accepted'])]
    expect([...wayOf(waiting, day, 'c1')]).toEqual([
      ['A1/issued', { value: 5, out: true, command: 'c1' }],
      ['A1/accepted', { value: null, out: false, command: 'c2' }],
    ])
  })
  test('typing that says the same is covered; typed over it is not', () => {
    const way = wayOf([submit('c1', { issued: 5, accepted: 7 })], day, null)
    const { edits } = typed({}, { 'A1/issued': '5.0', 'A1/accepted': '8' })
    expect([...coveredBy(way, edits, isDaily)]).toEqual(['A1/issued'])
  })
})

describe('an accepted command', () => {
  const answer = {
    seq: 21,
    happened: [
      { subject: `report/A1/${day}`, version: 20 },
      { subject: `report/A1/${day}`, version: 21 },
    ],
  }
  test('is shown as what stands until the rows show it', () => {
    const sent = sentBy(submit('c1', { issued: 5 }), answer, day)
    expect([...sent], 'the last event of its own report').toEqual([['A1/issued', { value: 5, version: 21 }]])
  })
  test('what caused no event has nothing to wait for', () => {
    expect(sentBy(submit('c1', { issued: 5 }), { seq: 21, happened: [] }, day).size).toBe(0)
  })
})

describe('a refused command', () => {
  test('is typing again, with what it was made upon', () => {
    const typing = typingOf(
      submit('c1', { issued: 5 }, { issued: 7 }),
      day,
      () => undefined,
      () => null,
      isDaily,
    )
    const from = { command: 'c1' }
    expect([...typing]).toEqual([['A1/issued', { text: '5', basis: { version: 7, value: null }, from }]])
    expect(
      typingOf(
        withdraw('c2', ['issued']),
        day,
        () => undefined,
        () => null,
        isDaily,
      ).get('A1/issued'),
    ).toEqual({
      text: '',
      basis: { version: 4, value: null },
      from: { command: 'c2', meant: { type: 'corrected', reason: 'x' } },
    })
  })
  test('what was made upon a refused command falls back to what that one was made upon', () => {
    const second = submit('c2', { issued: 6 }, { issued: 'c1' })
    const known = (id: string) => (id === 'c1' ? { version: 7, value: 3 } : undefined)
    expect(typingOf(second, day, known, () => null, isDaily).get('A1/issued')!.basis).toEqual({ version: 7, value: 3 })
    // unknown: nothing counts as seen, so that nothing is overwritten unseen
    expect(
      typingOf(
        second,
        day,
        () => undefined,
        () => null,
        isDaily,
      ).get('A1/issued')!.basis,
    ).toEqual({ version: 0, value: null })
  })
})

import { describe, expect, test } from 'vitest'
import type { Refusal } from '../../../shared/errors.ts'
import {
  basisIn,
  cellsOf,
  commandsOf,
  itemOf,
  likelyType,
  mapRefusals,
  type SheetCommand,
} from '../../../client/features/sheet/submit.ts'
import { annotate } from '../../../client/features/sheet/cells.ts'
import { checkLines, noVerdict } from '../../../client/features/sheet/check.ts'
import { day, figure, checkInput, judged, lineRow, reportOf, reportRow, steady, typed } from './sample.ts'

const sums = { total: [1000, 500], through: [1000, 500] }
const held = {
  lines: [lineRow('A1', sums), lineRow('A2', sums)],
  reports: [reportOf('A1', figure(100, { version: 40 }), figure(90, { version: 41 }))],
}

describe('a line’s part of a command', () => {
  test('only what was typed, each counter with its own basis', () => {
    const row = judged(held, typed(held, { 'A1/issued': '95', 'A1/accepted': '101' }))
    expect(itemOf(row, day)).toEqual({
      unit: 'A1',
      day,
      values: { issued: 95, accepted: 101 },
      basedOn: { issued: 41, accepted: 40 },
    })
  })
  test('an edit upon a waiting command names it', () => {
    const grid = annotate(typed(held, { 'A1/issued': '95' }), ['A1/issued'], {
      basis: { value: 93, version: 41, command: 'c1' },
    })
    expect(itemOf(judged(held, grid), day).basedOn).toEqual({ issued: 'c1' })
  })
  test('a first figure needs no type, a change does', () => {
    const blank = { ...held, reports: [reportOf('A1', figure(100), figure(null))] }
    const meaning = { type: 'corrected' as const, reason: 'night desk' }
    expect(itemOf(judged(blank, typed(blank, { 'A1/issued': '9' })), day, meaning)).toMatchObject({
      reason: 'night desk',
    })
    expect('type' in itemOf(judged(blank, typed(blank, { 'A1/issued': '9' })), day, meaning)).toBe(false)
    expect(itemOf(judged(blank, typed(blank, { 'A1/issued': '9', 'A1/accepted': '99' })), day, meaning)).toMatchObject({
      type: 'corrected',
    })
  })
  test('K11 why its warnings were confirmed goes with it, each reason once; of a cell without a warning it does not', () => {
    const past = { ...held, lines: [steady('A1', [100, 90])] }
    const typing = typed(past, { 'A1/accepted': '950', 'A1/issued': '900' })
    const said = (accepted: string, issued: string) =>
      annotate(annotate(typing, ['A1/accepted'], { why: accepted }), ['A1/issued'], { why: issued })
    const why = (grid: typeof typing) => itemOf(judged(past, grid), day).confirmedWhy
    expect(why(said('the fair', ' the fair '))).toBe('the fair')
    expect(why(said('the fair', 'two days'))).toBe('the fair · two days')
    expect(why(said('x'.repeat(400), 'y'.repeat(400)))).toBe('x'.repeat(400))
    expect(why(said('', ' '))).toBeUndefined()
    const plain = typed(past, { 'A1/accepted': '101' })
    expect(why(annotate(plain, ['A1/accepted'], { why: 'the fair' }))).toBeUndefined()
  })
  test('the likeliest type of a change after the day', () => {
    const likely = (texts: Record<string, string>) => likelyType(judged(held, typed(held, texts)))
    expect(likely({ 'A1/issued': '95' })).toBe('corrected')
    expect(likely({ 'A1/issued': '85' })).toBe('reduced')
    expect(likely({ 'A1/issued': '85', 'A1/accepted': '101' })).toBe('corrected')
  })
})

describe('what the sheet sends', () => {
  const two = { ...held, reports: [...held.reports, reportRow('A2', [5, 5], { version: 30 })] }
  const rows = (texts: Record<string, string>) => {
    const cells = checkLines(checkInput(two), ['A1', 'A2'], typed(two, texts).edits, new Set(), noVerdict)
    const given = new Set(['accepted', 'issued'])
    return ['A1', 'A2'].map((unit) => ({ unit, cells: cells.get(unit)!, given })).filter((r) => r.cells.size > 0)
  }

  test('case E8: values and withdrawals of one save are two commands, the values first', () => {
    const sent = commandsOf(rows({ 'A1/issued': '95', 'A1/accepted': '', 'A2/issued': '6' }), day, false, () => ({
      type: 'corrected',
      reason: 'wrong street',
    }))
    expect(sent).toEqual([
      {
        kind: 'SubmitReports',
        data: {
          items: [
            { unit: 'A1', day, values: { issued: 95 }, basedOn: { issued: 41 } },
            { unit: 'A2', day, values: { issued: 6 }, basedOn: { issued: 30 } },
          ],
        },
      },
      {
        kind: 'WithdrawReports',
        data: {
          items: [{ unit: 'A1', day, counters: ['accepted'], basedOn: { accepted: 40 } }],
          reason: 'wrong street',
        },
      },
    ])
  })
  test('withdrawals for different reasons are different commands', () => {
    const sent = commandsOf(rows({ 'A1/issued': '', 'A2/issued': '' }), day, true, (unit) => ({
      type: 'corrected',
      reason: `of ${unit}`,
    }))
    expect(sent.map((c) => c.kind === 'WithdrawReports' && c.data.reason)).toEqual(['of A1', 'of A2'])
  })
  test('nothing typed sends nothing', () => expect(commandsOf([], day, false, () => undefined)).toEqual([]))
})

describe('the answer', () => {
  const submit: SheetCommand = {
    kind: 'SubmitReports',
    data: {
      items: [
        { unit: 'A1', day, values: { accepted: 1, issued: 2 }, basedOn: { accepted: 3, issued: 'c1' } },
        { unit: 'A2', day, values: { issued: 3 }, basedOn: 7 },
        { unit: 'A2', day: '2008-02-29', values: { accepted: 9 }, basedOn: 0 },
      ],
    },
  }
  const withdraw: SheetCommand = {
    kind: 'WithdrawReports',
    data: { items: [{ unit: 'A1', day, counters: ['accepted', 'issued'], basedOn: 4 }], reason: 'x' },
  }

  test('refusals come back to their cells, lines or the sheet', () => {
    const refusals: Refusal[] = [
      { code: 'report.unusual', at: 'items.0.values.issued', level: 'warning' },
      { code: 'report.tooLarge', at: 'items.0.values.issued' },
      { code: 'report.locked', at: 'items.1.day' },
      { code: 'report.disputed', at: 'items.1' },
      { code: 'counter.unknown', at: 'items.1.values.nothing' },
      { code: 'report.reasonRequired', at: 'items.0.reason' },
      { code: 'input.required', at: 'items.9.day' },
      { code: 'command.busy' },
    ]
    const { cells, rows, sheet } = mapRefusals(submit, refusals)
    expect([...cells].map(([k, r]) => [k, r.map((x) => x.code)])).toEqual([
      ['A1/issued', ['report.unusual', 'report.tooLarge']],
    ])
    expect([...rows].map(([k, r]) => [k, r.map((x) => x.code)])).toEqual([
      ['A2', ['report.locked', 'report.disputed', 'counter.unknown']],
      ['A1', ['report.reasonRequired']],
    ])
    expect(sheet.map((r) => r.code)).toEqual(['input.required', 'command.busy'])
  })
  test('a withdrawal’s refusals too, by key or by place', () => {
    const at = (place: string) => [...mapRefusals(withdraw, [{ code: 'report.stale', at: place }]).cells.keys()]
    expect(at('items.0.counters.issued')).toEqual(['A1/issued'])
    expect(at('items.0.counters.0')).toEqual(['A1/accepted'])
  })
  test('none is lost on the way', () => {
    const refusals: Refusal[] = ['items.0', 'items.0.values', 'items.1.values.issued', 'items', ''].map((at) => ({
      code: 'input.invalid',
      at,
    }))
    const { cells, rows, sheet } = mapRefusals(submit, refusals)
    const count = [...cells.values(), ...rows.values()].reduce((n, l) => n + l.length, 0) + sheet.length
    expect(count).toBe(refusals.length)
  })
  test('what the server asks is asked in the cell until it is typed anew or confirmed', () => {
    const verdict = mapRefusals(submit, [
      { code: 'report.coverageOver', at: 'items.1.values.issued', level: 'warning' },
    ])
    const grid = typed({}, { 'A2/accepted': '3', 'A2/issued': '3' })
    expect(
      judged({}, grid, 'A2', { verdict })
        .cells.get('issued')!
        .open.map((w) => w.code),
    ).toEqual(['report.coverageOver'])
  })
  test('the cells of a command on the sheet’s day, and what each was made upon', () => {
    expect([...cellsOf(submit, day)]).toEqual([
      ['A1/accepted', { value: 1 }],
      ['A1/issued', { value: 2 }],
      ['A2/issued', { value: 3 }],
    ])
    expect([...cellsOf(withdraw, day)]).toEqual([
      ['A1/accepted', { value: null }],
      ['A1/issued', { value: null }],
    ])
    expect(['A1/accepted', 'A1/issued', 'A2/issued', 'A3/issued'].map((key) => basisIn(submit, key))).toEqual([
      3,
      'c1',
      7,
      null,
    ])
  })
})

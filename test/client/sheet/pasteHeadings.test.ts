/** Columns of a pasted block are known by their headings, or asked about (J5). */
import { describe, expect, test } from 'vitest'
import { cells, faults, open, plan, target } from './pasted.ts'

describe('with a row of headings', () => {
  test('columns are found by name in any order', () => {
    expect(cells('街道\t发证\t受理\n坂田\t4\t1')).toEqual(['2,3=4', '2,0=1'])
    expect(cells('发证\t受理\n4\t1', { at: { row: 1, col: 0 } })).toEqual(['1,3=4', '1,0=1'])
  })
  test('a column of figures that no counter is called is asked about, and one of words is named; an empty one is not', () => {
    const text = '街道\t发证\t累计\t备注\t说明\n坂田\t4\t71894\t\t好\n平湖\t5\t61822\t\t'
    expect(open(text)).toEqual(['column 2: total 0, total 1, total 2, total 3, 0, 1, 2, none'])
    expect(faults(text, {}, { 'column 2': 'none' })).toEqual(['unknownColumn 1:3 累计', 'unknownColumn 1:5 说明'])
    expect(cells(text, {}, { 'column 2': 'none' })).toEqual(['2,3=4', '0,3=5'])
    expect(cells(text, {}, { 'column 2': '0' })).toEqual(['2,3=4', '2,0=71894', '0,3=5', '0,0=61822'])
  })
  test('where every counter has its column, another has no question', () => {
    const columns = target().columns.slice(2)
    expect(open('街道\t发证\t制证\t另计\n坂田\t4\t5\t9', { columns })).toEqual([])
    expect(faults('街道\t发证\t制证\t另计\n坂田\t4\t5\t9', { columns })).toEqual(['unknownColumn 1:4 另计'])
  })
  test('two columns of one counter, also in two languages, are asked about with what they hold', () => {
    for (const text of ['街道\t受理\t受理\n坂田\t1\t4100', '街道\t受理\taccepted\n坂田\t1\t4100']) {
      expect(open(text)).toEqual(['twice 0: column 1, column 2, none'])
      expect(plan(text).questions[0]!.options.map((o) => o.params.values)).toEqual(['1', '4100', undefined])
      expect(cells(text)).toEqual([])
      expect(cells(text, {}, { 'twice 0': 'column 1' })).toEqual(['2,0=1'])
      expect(cells(text, {}, { 'twice 0': 'column 2' })).toEqual(['2,0=4100'])
      expect(cells(text, {}, { 'twice 0': 'none' })).toEqual([])
    }
  })
  test('two unknown headings are not given one counter', () => {
    const text = 'Street\tPermits issued\tApplications accepted\n坂田\t30\t100'
    expect(open(text)).toEqual(['column 1: 0, 1, 2, 3, none', 'column 2: 0, 1, 2, 3, none'])
    expect(open(text, {}, { 'column 1': '3' })).toEqual(['column 2: 0, 1, 2, none'])
    expect(cells(text, {}, { 'column 1': '3', 'column 2': '0' })).toEqual(['2,3=30', '2,0=100'])
  })
  test('a number among headings is a heading that is not known', () => {
    expect(open('街道\t2024\t发证\n坂田\t1\t4')).toEqual(['column 1: 0, 1, 2, none'])
  })
  test('numbers over figures may be headings', () => {
    const text = '街道\t2023\t2024\n坂田\t1\t4'
    expect(open(text)).toEqual(['head: headings, row'])
    expect(cells(text)).toEqual([])
    expect(open(text, {}, { head: 'headings' })).toEqual(['column 1: 0, 1, 2, 3, none', 'column 2: 0, 1, 2, 3, none'])
    expect(faults(text, {}, { head: 'row' })).toEqual(['unknownUnit 1:1 街道'])
    expect(open('2023\t2024\n5\t7\n6\t8')).toEqual(['head: headings, row'])
  })
  test('headings in two rows, merged over several columns', () => {
    const text = '街道\t受理\t\t发证\t\n\t当日\t累计\t当日\t累计\n坂田\t1\t100\t2\t200\n平湖\t3\t300\t4\t400'
    expect(open(text)).toEqual(['column 2: total 0, none', 'column 4: total 3, none'])
    expect(cells(text, {}, { 'column 2': 'none', 'column 4': 'total 3' })).toEqual([
      ...['2,0=1', '2,3=2 Σ200'],
      ...['0,0=3', '0,3=4 Σ400'],
    ])
  })
  test.each([
    ['the piece that is counted', '街道\t发证（张）\t受理（件）'],
    ['behind a stroke', '街道\t发证/张\t受理 / 件'],
    ['in English', 'Street\tIssued (permits)\tAccepted [permits]'],
    ['the day', '街道\t发证（当日）\t当日：受理'],
    ['two languages', '街道\t发证 Issued\t受理 Accepted'],
    ['two languages in brackets', '街道\tIssued（发证）\tAccepted (受理)'],
    ['two languages in two lines', '街道\t"发证\nIssued"\t"受理\nAccepted"'],
    ['in two rows', '街道\t发证\t受理\n\t（张）\t件'],
    ['a colon', '街道：\t发证：\t受理：'],
  ])('J5 a counter is known with what says nothing of its figures beside it: %s', (_, heads) => {
    const columns = target().columns.map((c) => ({
      ...c,
      names: [...c.names, { 受理: 'Accepted', 发证: 'Issued' }[c.label] ?? ''],
    }))
    const text = `${heads}\n坂田\t4\t1\n平湖\t5\t2`
    expect([open(text, { columns }), faults(text, { columns })]).toEqual([[], []])
    expect(cells(text, { columns })).toEqual(['2,3=4', '2,0=1', '0,3=5', '0,0=2'])
  })
  test('J5 a counter with words beside it that may change its figures is asked about', () => {
    for (const more of ['（累计）', '（万件）', '/发证', ' (yesterday)', '¹', '（%）', '率', ' per permit'])
      for (const text of [
        `街道\t受理${more}\n坂田\t4`,
        ...(more === '¹' ? [] : [`街道\t受理\n\t${more}\n坂田\t4\n平湖\t5`]),
      ])
        expect(open(text), text).toEqual([
          more === '（累计）' ? 'column 1: total 0, 0, none' : 'column 1: 0, 1, 2, 3, none',
        ])
    expect(open('街道\t累计\t\n\t受理\t发证\n坂田\t4\t1')).toEqual([
      'column 1: total 0, 0, none',
      'column 2: total 3, 3, none',
    ])
    expect(plan('街道\t累计\t\n\t受理\t发证\n坂田\t4\t1').questions[0]!.params.text).toBe('累计 受理')
  })
  test('J5 two columns of one counter are told apart by all of their headings', () => {
    const [asked] = plan('街道\t受理\t\n\t当日\t（昨日）\n坂田\t1\t100').questions
    expect(asked!.options.map((o) => o.params.text)).toEqual(['受理 当日', '受理 （昨日）', undefined])
  })
  test('F29 running totals are pasted as such, and nothing is placed before that is said', () => {
    const text = '街道\t发证（累计）\n坂田\t1,204\n平湖\t'
    expect(open(text)).toEqual(['column 1: total 3, 3, none'])
    expect(cells(text)).toEqual([])
    expect(cells(text, {}, { 'column 1': 'total 3' })).toEqual(['2,3=Σ1,204'])
  })
  test('a block that is turned around is known by its counters alone', () => {
    for (const text of ['受理\t1\t2\n发证\t3\t4', '受理（件）\t1\t2', '\tx\ty\n受理\t1\t2\n发证\t3\t4'])
      expect(faults(text)).toEqual([expect.stringMatching(/^turned/)])
  })
  test('a title above the headings is no row; one with a number is named', () => {
    expect(cells('龙岗日报\n街道\t发证\n坂田\t4')).toEqual(['2,3=4'])
    expect(faults('龙岗日报\n街道\t发证\n坂田\t4')).toEqual([])
    expect(faults('2026\n街道\t发证\n坂田\t4')).toEqual(['above 1:1 2026'])
  })
  test('a block that is turned around is not placed', () => {
    expect(faults('指标\t坂田\t平湖\n受理\t1\t2\n发证\t3\t4')).toEqual(['turned 1:1 指标 · 坂田 · 平湖'])
    expect(cells('指标\t坂田\t平湖\n受理\t1\t2\n发证\t3\t4')).toEqual([])
  })
  test('a number of the row, and a code beside the name', () => {
    expect(open('序号\t街道\t发证\n1\t坂田\t4\n2\t平湖\t5')).toEqual(['column 0: 0, 1, 2, none'])
    expect(cells('代码\t街道\t发证\n440307002\t坂田\t4')).toEqual(['2,3=4'])
    expect(faults('代码\t街道\t发证\n440307002\t坂田\t4')).toEqual([])
  })
})

/** A counter that is kept as its running total, on the sheet: what is typed and pasted is one without a sign (F33). */
import { describe, expect, test } from 'vitest'
import { redundant, saysNothing, totalOf, valueOf } from '../../../client/features/sheet/cells.ts'
import { coveredBy, typingOf, wayOf } from '../../../client/features/sheet/onItsWay.ts'
import { opens } from '../../../client/features/sheet/submit.ts'
import { figureText, readFigure } from '../../../shared/reading/total.ts'
import { cells, open, target } from './pasted.ts'
import { day, judged, line, lineRow, reportRow, typed } from './sample.ts'

/** the last of the four counters is kept as its running total */
const kept = { columns: target().columns.map((c, i) => ({ ...c, cumulative: i === 3 })), fillers: ['张'] }

describe('F33 what a cell is told', () => {
  test('a count is the running total, and the day’s own figure has a sign', () => {
    expect(readFigure('12,345', true)).toEqual({ kind: 'total', value: 12_345, day: null })
    expect(readFigure('＋20', true)).toEqual({ kind: 'count', value: 20 })
    expect(readFigure('+20 Σ12345', true)).toEqual({ kind: 'total', value: 12_345, day: 20 })
    expect(readFigure('20 累计 12345', true)).toEqual({ kind: 'total', value: 12_345, day: 20 })
    expect(readFigure('', true)).toEqual({ kind: 'blank' })
    expect(readFigure('-5', true)).toMatchObject({ kind: 'refused' })
    expect(readFigure('+20')).toMatchObject({ kind: 'refused' })
  })
  test('whatever is told is read back, whichever way its counter is kept', () => {
    for (const isKept of [true, false])
      for (const told of [{ day: 20 }, { total: 500 }, { day: 0, total: 500 }, {}]) {
        const { day: own, total } = { day: undefined, total: undefined, ...told }
        const text = figureText(told, isKept)
        expect(valueOf(text, isKept)).toBe(total !== undefined ? undefined : (own ?? null))
        expect(totalOf(text, isKept)).toBe(total ?? null)
      }
  })
  test('the total that stands says nothing, and an emptied opening balance is to be taken back', () => {
    const stands = { value: 20, state: 'submitted', version: 3, cumulative: true, total: 520 } as const
    expect(['520', '+20', 'Σ520', '20', '+21', ''].map((text) => saysNothing(text, stands))).toEqual([
      ...[true, true, true, false, false, false],
    ])
    expect(saysNothing('520', { ...stands, state: 'returned' })).toBe(false)
    const opening = { ...stands, value: null, state: 'blank', version: 0 } as const
    expect(['520', ''].map((text) => saysNothing(text, opening))).toEqual([true, false])
    const { edits } = typed({}, { 'A1/issued': '520' })
    expect(redundant(edits, () => stands)).toEqual(['A1/issued'])
  })
  test('what waits covers its own typing, and is typed again when it was refused', () => {
    const data = { items: [{ unit: 'A1', day, values: { accepted: 7 }, totals: { issued: 520 }, basedOn: 4 }] }
    const command = { id: 'c1', kind: 'SubmitReports', data, at: 1, drafts: [], typed: true } as const
    const isKept = (key: string) => key === 'A1/issued'
    const { edits } = typed({}, { 'A1/issued': '520', 'A1/accepted': '7' })
    const waiting = [command as unknown as Parameters<typeof typingOf>[0]]
    expect([...coveredBy(wayOf(waiting, day, null), edits, isKept)].sort()).toEqual(['A1/accepted', 'A1/issued'])
    const again = typingOf(
      waiting[0]!,
      day,
      () => undefined,
      () => null,
      isKept,
    )
    expect([...again].map(([key, { text }]) => [key, text])).toEqual([
      ['A1/accepted', '7'],
      ['A1/issued', '520'],
    ])
  })
})

test('F34 a first total below what is counted is asked about before it is sent', () => {
  const held = { lines: [lineRow('A1', { through: [0, 40] })] }
  const codes = (text: string) =>
    judged(held, typed(held, { 'A1/issued': text }))
      .cells.get('issued')!
      .open.map(({ code, params }) => [code, params?.['counted']])
  expect(['Σ39', 'Σ40', '5 Σ44', '5 Σ45'].map(codes)).toEqual([[['total.below', 40]], [], [['total.below', 45]], []])
})

test('F22 a first total over a figure leaves it, and is no opening balance alone', () => {
  const held = { reports: [reportRow('A1', [null, 20])] }
  const grid = typed(held, { 'A1/issued': 'Σ500', 'A1/accepted': 'Σ900' })
  const [accepted, issued] = line(held, grid).cells
  expect([issued!.value, issued!.total!.comes]).toEqual([20, 'day'])
  expect([accepted!.value, accepted!.total!.comes]).toEqual([null, 'opening'])
  expect(opens(judged(held, grid))).toBe(false)
  expect(opens(judged(held, typed(held, { 'A1/accepted': 'Σ900' })))).toBe(true)
})

describe('F33 a pasted column is of running totals', () => {
  test('by its counter’s name, or where its heading says so, without a question', () => {
    for (const heading of ['发证', '发证（累计）', '累计发证', 'issued', '发证（件）'])
      expect([
        heading,
        cells(`街道\t受理\t${heading}\n坂田\t4\t510`, kept),
        open(`街道\t${heading}\n坂田\t510`, kept),
      ]).toEqual([heading, ['2,0=4', '2,3=510'], []])
  })
  test('where it lands by its place', () => {
    expect(cells('510\n520', { ...kept, at: { row: 0, col: 3 } })).toEqual(['0,3=510', '1,3=520'])
    expect(cells('坂田\t1\t2\t3\t510', kept)).toEqual(['2,0=1', '2,1=2', '2,2=3', '2,3=510'])
  })
  test('unless its heading says that it is of the day, alone or beside the total', () => {
    expect(cells('街道\t发证（当日）\n坂田\t10', kept)).toEqual(['2,3=+10'])
    expect(cells('街道\t发证/今日\t发证（累计）\n坂田\t10\t510', kept)).toEqual(['2,3=+10 Σ510'])
    expect(cells('街道\t发证\t发证\n\t当日\t累计\n坂田\t10\t510', kept)).toEqual(['2,3=+10 Σ510'])
  })
  test('two of them are asked about, and a heading that is not known may be either', () => {
    const two = '街道\t发证\t发证（累计）\n坂田\t10\t510'
    expect(open(two, kept)).toEqual(['twice 3: column 1, column 2, none'])
    expect(cells(two, kept, { 'twice 3': 'column 2' })).toEqual(['2,3=510'])
    expect(open('街道\t数\n坂田\t510', kept)[0]).toContain('total 3, 0, 1, 2, 3')
    expect(cells('街道\t数\n坂田\t510', kept, { 'column 1': 'total 3' })).toEqual(['2,3=510'])
    expect(cells('街道\t数\n坂田\t10', kept, { 'column 1': '3' })).toEqual(['2,3=+10'])
  })
  test('what is copied from it comes back as it was, also a day’s own figure; a blank leaves what stands', () => {
    expect(cells('街道\t受理\t发证（累计）\n平湖\t1\t510\n坪地\t2\t+7\n坂田\t3\t', kept)).toEqual([
      ...['0,0=1', '0,3=510', '1,0=2', '1,3=+7', '2,0=3'],
    ])
  })
})

test('F29 a pasted text below a heading of running totals may say so once more', () => {
  for (const [text, told] of [
    ['累计63900', '63900'],
    ['Σ63,900', '63,900'],
    ['5 Σ63900', '+5 Σ63900'],
  ])
    expect(cells(`街道\t发证\n坂田\t${text}`, kept)).toEqual([`2,3=${told}`])
})

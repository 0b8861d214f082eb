// @vitest-environment happy-dom
import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { signedText, whole } from '../../../client/ui/numbers.ts'
import { plainFigure, tabbed, tableText } from '../../../client/ui/tableCopy.ts'

const read = (text: string) => parse(text, { delimiter: '\t', record_delimiter: '\n', relax_column_count: true })

test('G5 a figure as the page writes it is its digits, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (n) => {
      expect(Number(plainFigure(whole(n))!.digits)).toBe(n)
      expect(Number(plainFigure(signedText(n))!.digits)).toBe(n)
    }),
  )
  expect(plainFigure('95.20%')).toEqual({ digits: '95.20', percent: true })
  expect(plainFigure('−5.1')).toEqual({ digits: '-5.1', percent: false })
  for (const text of ['4月16日', '16 Apr', '217.37 万', '1,23', '—', '', '2,679 › 2,637', '1,234,5', '0x10', '第 7'])
    expect(plainFigure(text), text).toBeNull()
})

test('G5 a table goes with its headings, percents in theirs, days as days, without pictures and words for screen readers', () => {
  document.body.innerHTML = `<table>
    <thead><tr><th><span class="unseen">Rank</span></th><th>Unit</th><th><svg><text>path</text></svg></th><th class="num">Done</th><th class="num">Per day</th></tr></thead>
    <tbody>
      <tr><td>1</td><th data-copy="2008-04-16"><a>16 Apr</a> <small>day off</small></th><td><svg></svg></td><td class="num"><b>95.20</b>%</td><td class="num">1,234<span class="unseen"> approved</span></td></tr>
      <tr><td>2</td><th>A "quoted"	name</th><td><svg></svg></td><td class="num">−0.50%</td><td class="num">—</td></tr>
    </tbody></table>`
  const table = document.querySelector('table')!
  expect(read(tableText(table))).toEqual([
    ['Rank', 'Unit', 'Done (%)', 'Per day'],
    ['1', '2008-04-16', '95.20', '1234'],
    ['2', 'A "quoted" name', '-0.50', ''],
  ])
  const second = table.querySelector('tbody tr:last-child')!
  expect(read(tableText(table, (cell) => cell.parentElement === second && cell.classList.contains('num')))).toEqual([
    ['Done (%)', 'Per day'],
    ['-0.50', ''],
  ])
})

test('G5 what is ticked or pressed in a cell says nothing by itself; what is typed or chosen there does', () => {
  document.body.innerHTML = `<table>
    <thead><tr><th>Counter</th><th>Kind</th><th>Typed</th><th>Words</th><th>Only a tick</th></tr></thead>
    <tbody><tr>
      <th><label><input type="checkbox" checked aria-label="Review it"> Accepted</label></th>
      <td><input type="radio" name="k" value="1"> Own <input type="submit" value="Go"></td>
      <td><input type="checkbox"><input value="1,204"></td>
      <td><select><option>Error</option><option selected>Late</option></select></td>
      <td><input type="checkbox" checked></td>
    </tr><tr>
      <th><label><input type="checkbox"> Issued</label></th>
      <td><button type="button">Name of somebody</button></td>
      <td><input type="tel" value="12"></td>
      <td><textarea>so it is</textarea></td>
      <td><input type="checkbox"></td>
    </tr></tbody></table>`
  expect(read(tableText(document.querySelector('table')!))).toEqual([
    ['Counter', 'Kind', 'Typed', 'Words'],
    ['Accepted', 'Own', '1204', 'Late'],
    ['Issued', 'Name of somebody', '12', 'so it is'],
  ])
})

test('G5 a cell of two values is two columns, each with its name', () => {
  document.body.innerHTML = `<table>
    <thead><tr><th>Unit</th><th class="num" data-copy="before\tafter">points</th><th>End</th></tr></thead>
    <tbody>
      <tr><th>A</th><td class="num" data-copy="−2.6\t+0.4">−2.6 › <b>+0.4</b></td><td>x</td></tr>
      <tr><th>B</th><td class="num" data-copy=""></td><td>y</td></tr>
    </tbody></table>`
  expect(read(tableText(document.querySelector('table')!))).toEqual([
    ['Unit', 'before', 'after', 'End'],
    ['A', '-2.6', '0.4', 'x'],
    ['B', '', '', 'y'],
  ])
})

test('G5 any block is read again as it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.string({ unit: fc.constantFrom('a', '1', '"', '\t', '\n', '，') }), { minLength: 2, maxLength: 4 }),
        { minLength: 1 },
      ),
      (rows) => {
        expect(read(tabbed(rows.map((row) => ['x', ...row])))).toEqual(rows.map((row) => ['x', ...row]))
      },
    ),
  )
})

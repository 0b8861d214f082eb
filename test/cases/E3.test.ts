/** Two columns that name one field are asked about, or refused with both named, at every door. */
import { describe, expect, test } from 'vitest'
import { readTable } from '../../shared/reading/table.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { copyOf } from '../programs/folder.ts'
import { pasted } from './sheet.ts'

const ROWS = 'Oak\t100\t30\t4100\nElm\t90\t20\t3900\nAsh\t80\t10\t3700\n'
const BLOCKS: [string, string][] = [
  ['the same heading twice', `Street\tAccepted\tIssued\tAccepted\n${ROWS}`],
  ['in two languages', `Street\tAccepted\tIssued\t受理\n${ROWS}`],
  ['in other case and width', `Street\tＡＣＣＥＰＴＥＤ\tIssued\taccepted \n${ROWS}`],
  ['below merged headings', `Street\tToday\t\tAll\n\tAccepted\tIssued\tAccepted\n${ROWS}`],
]

describe('case E3', () => {
  test.each(BLOCKS)('J5 pasted, %s: both columns are shown, and neither is placed before one is chosen', (_, block) => {
    const { asked, cells, plan } = pasted(block)
    expect(asked).toEqual(['twice 0: column 1, column 3, none'])
    expect(plan.questions[0]!.options.map((o) => o.params.values)).toEqual([
      '100 · 90 · 80',
      '4100 · 3900 · 3700',
      undefined,
    ])
    expect(cells).toEqual(['S1/issued=30', 'S2/issued=20', 'S3/issued=10'])
  })

  test('J5 the column that was chosen is placed, and the other is said to be left out', () => {
    const { cells, left } = pasted(BLOCKS[0]![1], { 'twice 0': 'column 1' })
    expect(cells.filter((c) => c.includes('accepted'))).toEqual(['S1/accepted=100', 'S2/accepted=90', 'S3/accepted=80'])
    expect(left).toEqual(['unknownColumn 1:4 Accepted'])
  })

  test('J8 in a recorded source', () => {
    const file = 'published_at,day,area,accepted,issued,accepted\n2026-11-03T12:00Z,2026-11-02,S1,100,30,4100\n'
    const columns = ['day', 'area', 'accepted', 'issued'].map((key) => ({ key, names: [key] }))
    const { rows, faults } = readTable(new TextEncoder().encode(file), columns, 'passed')
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ code: 'table.headingTwice', row: 1, column: 6, params: { other: 4 } }])
  })

  test('J8 in a programme: it does not start', () => {
    const bases = 'key,version,unit,value,value,as_of,official,source\npeople,2026,C,1000,100,2026-01-01,yes,census\n'
    const folder = copyOf()
    folder.write('bases.csv', bases)
    const loaded = loadProgramme(folder.path)
    folder.remove()
    expect(loaded.ok ? [] : loaded.faults).toMatchObject([{ file: 'bases.csv', code: 'table.headingTwice' }])
  })
})

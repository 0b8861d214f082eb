/** Once there are headings, columns are known by their names, never by their place. */
import { describe, expect, test } from 'vitest'
import { pasted } from './sheet.ts'

const ROWS = 'Oak\t30\t100\nElm\t20\t90\nAsh\t10\t80\n'
const BLOCK = `Street\tPermits issued\tApplications accepted\n${ROWS}`

describe('case E5', () => {
  test('J5 which column is which is asked, and nothing is placed before', () => {
    const { asked, cells, left } = pasted(BLOCK)
    expect(asked).toEqual(['column 1: 0, 1, none', 'column 2: 0, 1, none'])
    expect(cells).toEqual([])
    expect(left).toEqual([])
  })

  test('J5 and the columns go where it was said', () => {
    expect(pasted(BLOCK, { 'column 1': '1', 'column 2': '0' }).cells).toEqual([
      ...['S1/issued=30', 'S1/accepted=100', 'S2/issued=20', 'S2/accepted=90', 'S3/issued=10', 'S3/accepted=80'],
    ])
  })

  test.each([
    ['one is known and one is not', `Street\tPermits issued\tAccepted\n${ROWS}`, ['column 1: 1, none']],
    ['a number among known ones', `Street\t2026\tAccepted\n${ROWS}`, ['column 1: 1, none']],
    ['numbers alone', `Street\t2025\t2026\n${ROWS}`, ['head: headings, row']],
    ['none over a column that holds figures', `Street\t\tAccepted\n${ROWS}`, ['column 1: 1, none']],
    [
      'without names of streets',
      'Permits issued\tApplications accepted\n30\t100\n',
      ['column 0: 0, 1, none', 'column 1: 0, 1, none'],
    ],
    ['below a title', `Daily report\n${BLOCK}`, ['column 1: 0, 1, none', 'column 2: 0, 1, none']],
    ['with semicolons', BLOCK.replaceAll('\t', ';'), ['column 1: 0, 1, none', 'column 2: 0, 1, none']],
  ])('J5 %s', (_, block, asked) => {
    const found = pasted(block)
    expect(found.asked).toEqual(asked)
    expect(found.cells.filter((c) => c.includes('issued'))).toEqual([])
  })

  test.each([
    ['in order', `Street\tAccepted\tIssued\nOak\t100\t30\n`],
    ['turned', `Street\tIssued\tAccepted\nOak\t30\t100\n`],
    ['in Chinese', `街道\t发证\t受理\n橡树街道\t30\t100\n`],
    ['by key', `street\tissued\taccepted\nS1\t30\t100\n`],
  ])('J5 known headings need no question: %s', (_, block) => {
    const { asked, cells, left } = pasted(block)
    expect([asked, left]).toEqual([[], []])
    expect(cells.sort()).toEqual(['S1/accepted=100', 'S1/issued=30'])
  })
})

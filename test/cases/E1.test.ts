/** A dot that separates thousands is never read as a decimal point. */
import { describe, expect, test } from 'vitest'
import { readCount } from '../../shared/reading/count.ts'
import { readColumn, readTable } from '../../shared/reading/table.ts'
import { pasted } from './sheet.ts'

const BLOCK = '2.000\t1.000\n2.000\t1.000\n1.000\t1.000\n'

describe('case E1', () => {
  test('J2 pasted, each column is asked about, and nothing is placed before', () => {
    const { asked, cells } = pasted(BLOCK)
    expect(asked).toEqual(['marks 0: grouped, typed', 'marks 1: grouped, typed'])
    expect(cells).toEqual([])
  })

  test('J2 with yes it is two thousand', () => {
    expect(pasted(BLOCK, { 'marks 0': 'grouped', 'marks 1': 'grouped' }).cells).toEqual([
      ...['S1/accepted=2000', 'S1/issued=1000', 'S2/accepted=2000'],
      ...['S2/issued=1000', 'S3/accepted=1000', 'S3/issued=1000'],
    ])
  })

  test('J2 with no the cells keep what was written, and each is refused and asks the same', () => {
    const { plan } = pasted(BLOCK, { 'marks 0': 'typed', 'marks 1': 'typed' })
    expect(plan.sets.map((s) => s.text)).toEqual(['2.000', '1.000', '2.000', '1.000', '1.000', '1.000'])
    for (const { text } of plan.sets)
      expect(readCount(text)).toMatchObject({ kind: 'refused', refusal: { code: 'count.unclear' } })
  })

  test.each([
    ['2.000', 2000],
    ['1.234', 1234],
    ['１．２３４', 1234],
    ['999.999', 999_999],
  ])('J2 typed, %s is refused with the question whether it is %i', (text, n) => {
    expect(readCount(text)).toEqual({
      kind: 'refused',
      refusal: { code: 'count.unclear', params: { text, n } },
      suggestion: n,
    })
  })

  test('J2 in a file it is refused with its row and column', () => {
    const file = new TextEncoder().encode('area;accepted\nS1;2.000\nS2;7\n')
    const columns = ['area', 'accepted'].map((key) => ({ key, names: [key] }))
    expect(readColumn(readTable(file, columns, 'passed'), 'accepted')).toEqual({
      values: [null, 7],
      faults: [
        {
          ...{ code: 'count.unclear', row: 2, column: 2, heading: 'accepted', text: '2.000' },
          params: { text: '2.000', n: 2000 },
        },
      ],
    })
  })

  test.each(['1874.0', '1874.00', '1,874.00', '1.874,00'])('J1 %s is a whole number', (text) => {
    expect(readCount(text)).toEqual({ kind: 'count', value: 1874 })
  })
})

/** Codes of units that lost their leading zeros are found or asked about, never taken for counts. */
import { describe, expect, test } from 'vitest'
import { copyOf } from '../programs/folder.ts'
import { pasted, targetOf } from './sheet.ts'
import { town } from './town.ts'

/** The town with the codes of the case. */
const coded = (codes: readonly string[]) =>
  town((p) => {
    const to = new Map(['C', 'D1', 'D2', 'S1', 'S2', 'S3', 'S4', 'S5'].map((code, i) => [code, codes[i]!]))
    const units = p.units.map((u) => ({ ...u, code: to.get(u.code)!, parent: u.parent && to.get(u.parent)! }))
    return { ...p, units }
  })
const target = targetOf('01', coded(['0', '01', '02', '01001', '01003', '01005', '02001', '02003']))
const paste = (block: string, answers?: Record<string, string>) => pasted(block, answers, target)

describe('case E7', () => {
  test.each([
    ['two columns', '1001\t30\n1003\t20\n1005\t10\n', 1],
    ['three columns', '1001\t100\t30\n1003\t90\t20\n1005\t80\t10\n', 2],
    ['in another order', '1005\t10\n1001\t30\n1003\t20\n', 1],
    ['with a row that is none', '1001\t30\n1003\t20\n1009\t10\n', 1],
    ['as numbers', '1,001\t30\n1,003\t20\n1,005\t10\n', 1],
    ['as powers of ten', '1.001E+03\t30\n1.003E+03\t20\n1.005E+03\t10\n', 1],
    ['with the sum below', '1001\t30\n1003\t20\n1005\t10\n\t60\n', 1],
  ])('J6 %s: asked, with both readings, and nothing is placed before', (_, block) => {
    const { asked, cells, plan } = paste(block)
    expect(asked).toEqual(['codes: codes, figures'])
    expect(plan.questions[0]!.options[0]!.params.units).toContain('01001')
    expect(cells).toEqual([])
  })

  test('J6 as codes the rows are found', () => {
    const { cells } = paste('1003\t90\t20\n1001\t100\t30\n1005\t80\t10\n', { codes: 'codes' })
    expect(cells).toEqual([
      ...['01003/accepted=90', '01003/issued=20', '01001/accepted=100'],
      ...['01001/issued=30', '01005/accepted=80', '01005/issued=10'],
    ])
  })

  test.each([
    ['with their zeros', '01001\t100\t30\n01003\t90\t20\n'],
    ['with an apostrophe', "'01001\t100\t30\n'01003\t90\t20\n"],
    ['beside their names', '1001\tOak\t100\t30\n1003\tElm\t90\t20\n'],
    [
      'beside their names, under known headings',
      'Code\tStreet\tAccepted\tIssued\n1001\tOak\t100\t30\n1003\tElm\t90\t20\n',
    ],
  ])('J6 %s there is no question', (_, block) => {
    const { asked, cells, left } = paste(block)
    expect([asked, left]).toEqual([[], []])
    expect(cells).toEqual(['01001/accepted=100', '01001/issued=30', '01003/accepted=90', '01003/issued=20'])
  })

  test('J6 under known headings the codes are asked about too', () => {
    expect(paste('Code\tAccepted\tIssued\n1001\t100\t30\n1003\t90\t20\n').asked).toEqual(['codes: codes, figures'])
  })

  test('J6 in a programme it is said which unit is meant, at every place that names one', () => {
    const folder = copyOf()
    const codes: Record<string, string> = { C: '0', D1: '01', D2: '02', S1: '01001', S2: '01003', S3: '01005' }
    const coded = (text: string) => text.replace(/(?<=^|,)(C|D1|D2|S1|S2|S3)(?=,|$)/gm, (code) => codes[code]!)
    folder.edit('units.csv', (text) => coded(text).replace('street,01,', 'street,1,'))
    folder.edit('bases.csv', (text) => coded(text).replace(',01,', ',1,'))
    folder.edit('programme.json', (text) => text.replace(/"C"/g, '"0"'))
    const faults = folder.faults()
    folder.remove()
    const said = '"1" is the unit 01 without the zeros before it'
    expect(faults.filter((line) => line.includes(said)).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      expect.stringMatching(/^units\.csv row 5/),
      expect.stringMatching(/^bases\.csv row 3/),
    ])
  })
})

/** What a text is a count of, alone and in its column (J1–J4). */
import { describe, expect, test } from 'vitest'
import { readCounts } from '../../shared/reading/count.ts'

const said = (texts: readonly string[]) =>
  readCounts(texts).map((reading) => {
    if (reading.kind === 'count') return reading.value
    if (reading.kind === 'blank') return ''
    const { refusal, suggestion } = reading
    return suggestion === null ? refusal.code : `${refusal.code} ${suggestion}`
  })
const alone = (text: string) => said([text])[0]

describe('a text by itself', () => {
  test.each([
    ['1874', 1874],
    [' 1874 ', 1874],
    ['0', 0],
    ['007', 7],
    ['1,874', 1874],
    ['1,234,567', 1234567],
    ['12,34,567', 1234567],
    ['1,23,456', 123456],
    ['1 874', 1874],
    ['1\u00a0874', 1874],
    ['1\u202f874', 1874],
    ['1\u2009874', 1874],
    ['1\u3000874', 1874],
    ["1'874", 1874],
    ['1’874', 1874],
    ['１８７４', 1874],
    ['１，８７４', 1874],
    ['1874.00', 1874],
    ['1874.0', 1874],
    ['1,874.0', 1874],
    ['1,874.000', 1874],
    ['1.234.567', 1234567],
    ['1.234,00', 1234],
    ['1 234,00', 1234],
    ["1'234.00", 1234],
    ['\u200e1874\u200f', 1874],
    ['\ufeff1874', 1874],
    ['', ''],
    ['　', ''],
    ['\u200b', ''],
  ])('J1 %j is %j', (text, value) => expect(alone(text)).toBe(value))

  test.each([
    ['2.000', 'count.unclear 2000'],
    ['1.234', 'count.unclear 1234'],
    ['２．０００', 'count.unclear 2000'],
    ['2,00', 'count.unclear 2'],
    ['1874,0', 'count.unclear 1874'],
  ])('J2 %j is refused, and asked about as %j', (text, expected) => expect(alone(text)).toBe(expected))

  test.each([
    ...[
      '1.5',
      '0,5',
      '12,34',
      '0.500',
      '12345.000',
      '1.',
      '.5',
      ',5',
      '1..2',
      '1,,234',
      '1,2345',
      '12,3456',
      '0,123',
      '01,234',
    ],
    ...[
      '1 8 7 4',
      '12 34',
      "1'23",
      '1 234 5',
      '1,234.5',
      '1.234,5',
      '1,234,5',
      '1.234.5',
      '1,23,4567',
      '12,345,67',
      '1,234 567',
    ],
    ...[
      '1e3',
      '1E+03',
      '0x10',
      '0o7',
      '0O17',
      '+5',
      '--',
      '-',
      '-0',
      '(0)',
      'Infinity',
      'NaN',
      '1_000',
      '1/2',
      '5-7',
      '16-Apr',
      '2026-11-20',
    ],
    ...[
      '<5',
      '>100',
      '5+',
      '~5',
      '≈5',
      'about 5',
      '12%',
      '12‰',
      '12万',
      '3千',
      '3k',
      '3K',
      '1.2m',
      '5 dozen',
      '3 lakh',
      '12 tsd',
    ],
    ...[
      '$12',
      '¥1,200',
      '5 l',
      '5l',
      '10o',
      '1B74',
      'O',
      'lO',
      '12*',
      '12?',
      '12 r',
      '#N/A',
      'n/a',
      '...',
      '1\n2',
      '1\t2',
    ],
    // marks that resemble digits, and digits of other scripts
    ...[
      '²',
      '1²',
      '①',
      '⑫',
      '½',
      '1½',
      '⅓',
      'Ⅳ',
      '㊿',
      '🄂',
      '一二',
      '三',
      '〇',
      '○',
      '١٢٣',
      '۱۲۳',
      '१२३',
      '৪',
      '𝟏𝟐',
      '１²',
    ],
    // numbers turned around, or with something unseen between the digits
    ...['12\u200b34', '\u202e1234', '12\u202e34', '1\u00ad2'],
    ...['=1+1', '1;234', '1·234', '1٬234', '1٫5', '1，２３'],
  ])('J3 %j is refused, and nothing is offered in its place', (text) => expect(alone(text)).toBe('report.notInteger'))

  test.each(['-5', '\u22125', '–12', '－５', '12-', '(12)', '（12）', '( 12 )', '(1,234)', '-1.5'])(
    'J3 %j is less than nothing',
    (text) => expect(alone(text)).toBe('report.negative'),
  )

  test.each([
    ['15O8', 1508],
    ['1l74', 1174],
    ['1874 pcs', 1874],
    ['1,874 pcs.', 1874],
    ['1874张', 1874],
    ['１８７４件', 1874],
    ["'1874", 1874],
  ])('J3 %j is refused, and can only have meant %j', (text, value) =>
    expect(alone(text)).toBe(`report.notInteger ${value}`),
  )

  test('J1 what is more than a count can be is refused however it is written', () => {
    for (const text of ['1000000000', '1,000,000,000', '1.000.000.000', '9'.repeat(400)])
      expect(alone(text)).toBe('report.tooLarge')
    expect(alone('999,999,999')).toBe(999_999_999)
  })
})

test('J1 however long a text is, it takes no time', () => {
  const n = 200_000
  for (const text of [
    '1'.repeat(n) + 'x',
    `(${'1 '.repeat(n)}`,
    `a${' '.repeat(n)}b`,
    '1,'.repeat(n),
    '1.111'.repeat(n),
  ])
    expect(alone(text)).toBe('report.notInteger')
})

describe('a column', () => {
  test.each<[string[], (string | number)[]]>([
    // shown by one for all
    [
      ['1.234.567', '2.000', '15'],
      [1234567, 2000, 15],
    ],
    [
      ['1.234,00', '2.000', '15,00'],
      [1234, 2000, 15],
    ],
    [
      ['1 234,00', '15,00'],
      [1234, 15],
    ],
    [
      ["1'234,0", '15,0'],
      [1234, 15],
    ],
    [
      ['1,23,456', '12,345', '999'],
      [123456, 12345, 999],
    ],
    [
      ['1,234', '999.00', ''],
      [1234, 999, ''],
    ],
    // nobody shows it
    [
      ['2.000', '1.000', '15'],
      ['count.unclear 2000', 'count.unclear 1000', 15],
    ],
    [
      ['2,00', '15,00'],
      ['count.unclear 2', 'count.unclear 15'],
    ],
    [
      ['1 234', '2,00'],
      [1234, 'count.unclear 2'],
    ],
    // two ways
    [
      ['1,234', '2.000'],
      ['count.mixed', 'count.mixed'],
    ],
    [
      ['1,234', '1.234.567', '7'],
      ['count.mixed', 'count.mixed', 7],
    ],
    [
      ['1 234', "1'234"],
      ['count.mixed', 'count.mixed'],
    ],
    [
      ['1,23,456', '123,456'],
      ['count.mixed', 'count.mixed'],
    ],
    [
      ['1,874', '0,5'],
      ['count.mixed', 'count.mixed'],
    ],
    [
      ['1.234', '0.500'],
      ['count.mixed', 'count.mixed'],
    ],
    [
      ['1874.00', '2.000'],
      ['count.mixed', 'count.mixed'],
    ],
    // a blank that parts two figures, and a mark that was mistyped
    [
      ['100 300', '90 200', '80 10'],
      ['count.mixed', 'count.mixed', 'report.notInteger'],
    ],
    [
      ['12.11.2026', '1.234.567', '5'],
      ['report.notInteger', 'count.mixed', 5],
    ],
    [
      ['1,23,4', '12'],
      ['report.notInteger', 12],
    ],
    // no column of counts
    [
      ['12.5', '13.0', '14'],
      ['report.notInteger', 'report.notInteger', 14],
    ],
    [
      ['1.234', '0,5'],
      ['report.notInteger', 'report.notInteger'],
    ],
    [
      ['12%', '13%'],
      ['report.notInteger', 'report.notInteger'],
    ],
    // words say nothing about marks
    [
      ['n/a', '1,234', '<5'],
      ['report.notInteger', 1234, 'report.notInteger'],
    ],
  ])('J2 %j is read as %j', (texts, expected) => expect(said(texts)).toEqual(expected))

  test('J4 who writes two ways is told which two texts', () => {
    const [first, , third] = readCounts(['1,234', '15', '2.000'])
    expect(first).toMatchObject({ refusal: { params: { text: '1,234', other: '2.000' } } })
    expect(third).toMatchObject({ refusal: { params: { text: '2.000', other: '1,234' } } })
  })
})

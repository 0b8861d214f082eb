/** Only the number that was meant is offered in the place of a text that is none. */
import { describe, expect, test } from 'vitest'
import { readCount } from '../../shared/reading/count.ts'

const offered = (text: string) => {
  const reading = readCount(text)
  return reading.kind === 'refused' ? reading.suggestion : `read as ${JSON.stringify(reading)}`
}

describe('case E4', () => {
  test.each([
    ...['(12)', '12-', '–12', '<5', '5+', '>100', '~120', '12万', '3千', '0,5', '12%', '16-Apr'],
    // others of their kinds
    ...[
      '（12）',
      '-12',
      '−12',
      '[12]',
      '12 CR',
      '≤5',
      '≥5',
      '>=5',
      '±5',
      '约120',
      'ca. 120',
      'about 1874',
      '120 approx.',
    ],
    ...[
      '12 万',
      '1.2万',
      '3百',
      '2亿',
      '3k',
      '3 K',
      '1,2 Mio',
      '3 Tsd.',
      '3 mila',
      '2 lakh',
      '1 crore',
      '5 dozen',
      '12 hundred',
    ],
    ...[
      '12,34',
      '1.5',
      '12 %',
      '12‰',
      '50 per cent',
      '12/30',
      '12:30',
      '1-2',
      '5 or 6',
      '5–6',
      '16 Apr',
      '4/16',
      '2026年',
    ],
    ...[
      '1e3',
      '1E3',
      '0x10',
      '+5',
      '--',
      '1 8 7 4',
      '#5',
      'No. 5',
      '§5',
      '5th',
      '5º',
      '1874*',
      '1874¹',
      '1½',
      '½',
      '²',
      '③',
    ],
    ...['$5', '5元', '5 km', '5 l', '5l', '5S', 'B74', '1B74', 'l874', '=5', "5'", '5"', '1..5', '5,', '.5'],
  ])('J3 for %j nothing is', (text) => expect(offered(text)).toBeNull())

  test.each([
    ['2,00', 2],
    ['1874 pcs', 1874],
    ['15O8', 1508],
    ['1,874 pcs', 1874],
    ['１８７４ 张', 1874],
  ])('J3 for %j it is %i', (text, n) => expect(offered(text)).toBe(n))
})

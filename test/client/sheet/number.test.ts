import { describe, expect, test } from 'vitest'
import { readCount } from '../../../client/features/sheet/number.ts'

const value = (text: string) => {
  const reading = readCount(text)
  return reading.kind === 'count' ? reading.value : reading.kind === 'blank' ? null : reading.refusal.code
}
const suggestion = (text: string) => {
  const reading = readCount(text)
  return reading.kind === 'refused' ? reading.suggestion : 'not refused'
}

describe('reading a count', () => {
  test.each([
    ['1874', 1874],
    [' 1874 ', 1874],
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    ['1,874', 1874],
    ['1,234,567', 1234567],
    ['1 874', 1874],
    ['1\u00a0874', 1874],
    ['1\u202f874', 1874],
    ['1’874', 1874],
    ['１８７４', 1874],
    ['１，８７４', 1874],
    ['1874.00', 1874],
    ['1,874.0', 1874],
    ['', null],
    ['　', null],
  ])('%j is %j', (text, expected) => expect(value(text)).toBe(expected))

  test.each([
    ['15O8', 'report.notInteger'],
    ['1.5', 'report.notInteger'],
    ['1.234', 'report.notInteger'],
    ['12,34', 'report.notInteger'],
    ['-5', 'report.negative'],
    ['\u22125', 'report.negative'],
    ['－５', 'report.negative'],
    ['1e3', 'report.notInteger'],
    ['0x10', 'report.notInteger'],
    ['Infinity', 'report.notInteger'],
    ['NaN', 'report.notInteger'],
    ['-', 'report.notInteger'],
    ['1000000000', 'report.tooLarge'],
  ])('%j is refused as %s, by the rules of the server', (text, code) => expect(value(text)).toBe(code))

  test.each([
    ['15O8', 1508],
    ['l874', 1874],
    ['1B74', 1874],
    ['1874张', 1874],
    ['about 1874', 1874],
    ['12,34', 1234],
    ['1 8 7 4', 1874],
  ])('%j suggests %j', (text, expected) => expect(suggestion(text)).toBe(expected))

  test.each(['blank', 'O', 'Bl', '1874/1900', '1.5', '1.5万', '-5', '5-7', 'n/a', '1000000000'])(
    '%j suggests nothing: it may mean anything',
    (text) => expect(suggestion(text)).toBeNull(),
  )
})

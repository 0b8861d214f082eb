import { describe, expect, test } from 'vitest'
import { type IssueDaysInput, issueDaysDrawing } from '../../../client/charts/issueDays.ts'
import { type Box, type Label, type Stroke, textWidth } from '../../../client/charts/option.ts'
import { readPalette } from '../../../client/charts/palette.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { daysBetween } from '../../../shared/progress/day.ts'

const days = [...daysBetween('2008-03-03', '2008-03-16')]
const calendar = workdays({ source: { zh: 'test', en: 'test' }, weekend: [0, 6], off: [], work: [] })
const input = (with_: Partial<IssueDaysInput> = {}): IssueDaysInput => ({
  days,
  daily: days.map((d) =>
    calendar.isWork(d)
      ? { ...NO_BREAKDOWN, approved: 100, disputed: { up: d === '2008-03-11' ? 20 : 0, down: 0 } }
      : NO_BREAKDOWN,
  ),
  from: '2008-03-10',
  through: '2008-03-12',
  today: '2008-03-16',
  calendar,
  workdaysOnly: true,
  before: { mean: 90, from: '2008-03-05' },
  during: 100,
  marks: [
    { n: 4, day: '2008-03-05', title: 'Other', state: 'closed' },
    { n: 7, day: '2008-03-10', title: 'This', state: 'open' },
  ],
  n: 7,
  size: { width: 372, height: 172 },
  palette: readPalette({ getPropertyValue: (name) => name }, true),
  words: {
    tick: String,
    day: (d) => d.slice(5),
    today: 'today',
    about: (d) => ({ hint: [[d, '']], to: `/sheet/${d}` }),
    mark: ({ n, title }) => ({ hint: [[`§${n}`, title]], to: `/issues/${n}` }),
  },
  ...with_,
})
const issueDaysOption = (of: IssueDaysInput) => issueDaysDrawing(of).option
const part = <T>(id: string, with_: Partial<IssueDaysInput> = {}) =>
  (issueDaysOption(input(with_)).series.find((s) => s.id === id)?.data ?? []) as T[]

describe('the chart of a question’s days', () => {
  test('the same input gives the same option', () => {
    expect(JSON.stringify(issueDaysOption(input()))).toBe(JSON.stringify(issueDaysOption(input())))
  })

  test('its days stand on a ground of their own, both ends included', () => {
    expect(part<Box>('concerned')[0]?.value.filter((_, i) => i % 2 === 0)).toEqual([6.5, 9.5])
  })

  test('bars are solid on its days and quiet around them; what is not proven keeps its texture', () => {
    const bars = part<Box>('bars')
    const fills = (from: number, to: number) =>
      bars.filter((b) => b.value[0] > from - 0.5 && b.value[0] < to).map((b) => b.fill)
    expect(new Set(fills(0, 4))).toEqual(new Set(['--mid']))
    expect(fills(7, 7.4)).toEqual(['--accent'])
    expect(fills(8, 8.4)).toHaveLength(2)
    expect(bars.filter((b) => b.value[3] > 100).map((b) => [b.value[1], b.value[3]])).toEqual([[100, 120]])
  })

  test('a screen that is not proven current has no solid bar', () => {
    const palette = readPalette({ getPropertyValue: (name) => name }, false)
    const bars = part<Box>('bars', { palette, workdaysOnly: false })
    expect(bars.filter((b) => typeof b.fill === 'string')).toEqual([])
  })

  test('a programme that reports every day has no days off', () => {
    const daily = days.map(() => ({ ...NO_BREAKDOWN, approved: 10 }))
    expect(part<Box>('bars', { daily }).filter((b) => b.fill === '--ink3')).toHaveLength(4)
    expect(part<Box>('bars', { daily, workdaysOnly: false }).filter((b) => b.fill === '--ink3')).toHaveLength(0)
  })

  test('means run up to the question and over its days', () => {
    expect(part<Stroke>('means').map((s) => s.value)).toEqual([
      [1.5, 90, 6.5, 90],
      [6.5, 100, 9.5, 100],
    ])
    expect(part<Stroke>('means', { before: null, during: null })).toEqual([])
  })

  test('its own mark stands out, also when neighbours join it', () => {
    expect(part<Label>('marks').map((l) => [l.text, l.bold])).toEqual([
      ['§4', false],
      ['§7', true],
    ])
    const crowd = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ n, day: '2008-03-10', title: '', state: 'open' as const }))
    const bold = part<Label>('marks', { marks: crowd }).filter((l) => l.bold)
    expect(bold).toHaveLength(1)
    expect(bold[0]?.text).toMatch(/^§7( \+\d)?$/)
  })

  test('nothing to show is still a chart', () => {
    expect(issueDaysOption(input({ days: [], daily: [], marks: [], before: null, during: null })).series).toHaveLength(
      8,
    )
  })

  test('every day leads to its figures and every mark to its question', () => {
    const { stops } = issueDaysDrawing(input())
    expect(stops.filter((s) => s.row === 0).map((s) => s.to)).toEqual(days.map((d) => `/sheet/${d}`))
    expect(stops.filter((s) => s.row === 1).map((s) => [s.key, s.to])).toEqual([
      ['mark 4', '/issues/4'],
      ['mark 7', '/issues/7'],
    ])
  })

  test('case L11: amounts of the axis are whole, whatever their letters', () => {
    for (const amount of ['1,000,000,000', '100000 万', '99,999 M']) {
      const words = { ...input().words, tick: () => amount }
      const { grid } = issueDaysOption(input({ words })) as unknown as { grid: { left: number } }
      expect(grid.left - 6, amount).toBeGreaterThanOrEqual(textWidth(amount))
    }
  })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { cumulativeDrawing } from '../../../client/charts/cumulative.ts'
import type { CumulativeInput, CumulativeWords } from '../../../client/charts/input.ts'
import { type Label, textWidth } from '../../../client/charts/option.ts'
import { middleOf, nearestStop, stopAfter } from '../../../client/charts/stops.ts'
import { input, mark, words } from './city.ts'

describe('what can be pointed at', () => {
  const of = {
    ...input('2008-02-20', 100, { size: { width: 1_200, height: 330 } }),
    marks: [mark(3, '2008-01-10'), mark(7, '2008-02-01'), mark(8, '2008-02-01')],
  }
  const { stops } = cumulativeDrawing(of)
  const stop = (key: string) => stops.find((s) => s.key === key)!

  it('is every day, each mark and each title; what has happened leads to its figures, marks to their questions', () => {
    expect(stops.filter((s) => s.row === 0)).toHaveLength(91)
    expect(stop('day 2008-02-20').to).toBe('/sheet/2008-02-20')
    expect(stop('day 2008-02-21').to).toBeNull()
    expect(stops.filter((s) => s.row === 1).map((s) => s.to)).toEqual(['/issues/3', '/issues/7', '/issues/8'])
    expect(stops.filter((s) => s.row === 2).map((s) => s.to)).toEqual(['/issues/8', '/issues/7'])
    expect(stop('mark 3').hint()).toEqual([['§3', 'title 3']])
  })

  it('is the nearest: a day in its column, a mark in its lane, a day of the inset where it is enlarged', () => {
    const day = stop('day 2008-02-05').box
    expect(nearestStop(stops, middleOf(day) + 1, day.top + day.height - 10)?.key).toBe('day 2008-02-05')
    const sign = stop('mark 3').box
    expect(nearestStop(stops, middleOf(sign), sign.top)?.key).toBe('mark 3')
    const enlarged = stop('inset day 2008-02-20').box
    expect(nearestStop(stops, middleOf(enlarged), enlarged.top + 30)?.key).toBe('inset day 2008-02-20')
    expect(nearestStop(stops, 1, 1), 'outside').toBeNull()
  })

  it('each of a crowd of marks has a part of their frame', () => {
    const crowd = { ...of, marks: Array.from({ length: 9 }, (_, i) => mark(i + 1, '2008-03-30')) }
    const marks = cumulativeDrawing({ ...crowd, today: '2008-03-30' }).stops.filter((s) => s.row === 1)
    expect(marks.map((m) => m.to)).toEqual(crowd.marks.map(({ n }) => `/issues/${n}`))
    for (const { box, key } of marks) expect(nearestStop(marks, middleOf(box), box.top + box.height / 2)?.key).toBe(key)
  })

  it('is walked along by keys: days, up to the marks, on to the titles', () => {
    const walk = (from: string, ...keys: string[]) =>
      keys.reduce((at, key) => stopAfter(stops, at, key) ?? at, stop(from)).key
    expect(walk('day 2008-02-20', 'ArrowLeft', 'ArrowLeft')).toBe('day 2008-02-18')
    expect(walk('day 2008-02-20', 'Home')).toBe('day 2008-01-01')
    expect(walk('day 2008-01-12', 'ArrowUp')).toBe('mark 3')
    expect(walk('mark 3', 'ArrowRight', 'ArrowRight', 'ArrowRight')).toBe('mark 8')
    expect(walk('mark 3', 'ArrowDown')).toBe('day 2008-01-10')
    expect(walk('mark 8', 'ArrowUp', 'ArrowUp')).toMatch(/^note/)
  })
})

describe('case L11: the axes', () => {
  /** where the words of a label begin and end, by the widths of its characters */
  const edgesOf = (of: CumulativeInput) => {
    const { option } = cumulativeDrawing(of)
    const { grid, xAxis } = option as unknown as {
      grid: { left: number; width: number }[]
      xAxis: { min: number; max: number }[]
    }
    return option.series.flatMap((s) => {
      if (
        !['amount-ticks', 'daily-ticks', 'daily-words', 'level-words', 'lane-word', 'days', 'off-names'].includes(s.id)
      )
        return []
      const at = s.xAxisIndex as number
      return (s.data as Label[]).map(({ value, text, align, size, dx = 0 }) => {
        const { min, max } = xAxis[at]!
        const x = grid[at]!.left + ((value[0] - min) / (max - min)) * grid[at]!.width + dx
        const width = (textWidth(text) * (size ?? 11)) / 11
        const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x
        return { text, left, right: left + width }
      })
    })
  }

  it('name every amount whole, however large, in every width', () => {
    const amounts = ['100000', '1,000 M', '1,000,000,000', '99,999 万', '0']
    for (const amount of amounts)
      for (const width of [752, 1_100, 560, 358])
        for (const day of ['2008-01-02', '2008-02-20', '2008-03-31', '2008-04-20']) {
          const words_: CumulativeWords = {
            ...words,
            tick: () => amount,
            required: () => `still needed ${amount} a day`,
            approved: () => `approved ${amount}`,
          }
          const of = input(day, 100, { size: { width, height: 290 }, words: words_ })
          for (const { text, left, right } of edgesOf(of)) {
            expect(left, `${text} ${width} ${day}`).toBeGreaterThanOrEqual(0)
            expect(right, `${text} ${width} ${day}`).toBeLessThanOrEqual(width)
          }
        }
  })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { cumulativeDrawing } from '../../../client/charts/cumulative.ts'
import { AXIS, type CumulativeInput } from '../../../client/charts/input.ts'
import type { Area, Box, Label, Stroke } from '../../../client/charts/option.ts'
import { daySeries } from '../../../client/charts/series.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import { day as dayWith } from './sample.ts'
import { calendar, cumulativeOption, input, mark, series, texts } from './city.ts'

describe('cumulativeOption', () => {
  const behind = input('2008-02-20', 100)

  it('gives every series an id of its own, and the same option for the same input', () => {
    const option = cumulativeOption(behind)
    const ids = option.series.map((s) => s.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(JSON.stringify(cumulativeOption(behind))).toBe(JSON.stringify(option))
  })

  it('draws approved to today and the path to the due day', () => {
    const approved = series(behind, 'approved')!.data
    expect(approved.length).toBe(51)
    expect(approved.at(-1)).toEqual([50, behind.series.level.at(-1)!.approved])
    expect(series(behind, 'path')!.data.at(-1)).toEqual([90, 10_000])
    expect(texts(behind, 'level-words')).toContain(`approved ${behind.standing.value}`)
    expect(texts(behind, 'level-words')).toContain('target 10000')
  })

  it('stacks the parts on working days and draws days off as one narrow grey bar', () => {
    const bars = series(behind, 'bars')!.data as Box[]
    const monday = bars.filter((b) => Math.floor((b.value[0] + b.value[2]) / 2) === 6)
    expect(monday.map((b) => [b.value[1], b.value[3]])).toEqual([
      [0, 100],
      [100, 103],
      [103, 105],
    ])
    const saturday = bars.filter((b) => Math.floor((b.value[0] + b.value[2]) / 2) === 4)
    expect(saturday).toHaveLength(1)
    expect(saturday[0]).toMatchObject({ fill: 'ink3', value: [expect.closeTo(3.74), 0, expect.closeTo(4.26), 8] })
  })

  it('A9 says where the line is now, also of a rate whose figure is that of its due day', () => {
    const past = input('2008-02-20', 100, { standing: { ...behind.standing, value: 3 } })
    const now = behind.series.level.at(-1)!.approved
    expect(texts(past, 'level-words')).toContain(`approved ${now}`)
    expect(texts(past, 'level-words')).not.toContain('approved 3')
  })

  it('draws a down as a bite into the approved bar and line, never as a negative bar', () => {
    const bitten = input('2008-02-20', 100, {}, { waiting: { up: 20, down: 30 } })
    const monday = (series(bitten, 'bars')!.data as Box[]).filter(
      (b) => Math.floor((b.value[0] + b.value[2]) / 2) === 6,
    )
    expect(monday.map((b) => [b.value[1], b.value[3]])).toEqual([
      [0, 100],
      [100, 120],
      [70, 100],
    ])
    expect(monday[2]!.value[0]).toBeGreaterThan(monday[0]!.value[0])
    expect((series(bitten, 'bars')!.data as Box[]).every((b) => b.value[1] >= 0)).toBe(true)
    const [above, below] = series(bitten, 'rest')!.data as Area[]
    const { approved, waiting } = bitten.series.level.at(-1)!
    expect(above!.upper.at(-1)![1]).toBe(approved + waiting.up)
    expect(below!.lower.at(-1)![1]).toBe(approved - waiting.down)
  })

  it('keeps the words of what is approved clear of those of the target and the due day', () => {
    for (const perDay of [100, 125, 128, 130, 132, 134, 137, 140])
      for (const width of [752, 358]) {
        const of = input('2008-04-20', perDay, { size: { width, height: 290 } })
        const { grid, yAxis } = cumulativeOption(of) as unknown as {
          grid: { height: number }[]
          yAxis: { max: number }[]
        }
        const y = ({ value, dy = 0 }: Label) => dy - (value[1] / yAxis[AXIS.level]!.max) * grid[AXIS.level]!.height
        const words = series(of, 'level-words')!.data as Label[]
        const approved = words.find((l) => l.text.startsWith('approved'))!
        // those of the target lie in the chart where it is narrow, else in the margin to the right of today
        const beside = words.filter((l) => l !== approved && (l.align === 'right') === (approved.align === 'right'))
        for (const other of beside) expect(Math.abs(y(approved) - y(other)), `${perDay} ${width}`).toBeGreaterThan(12)
      }
  })

  it('draws a report of a week as one bar over its days', () => {
    const total = { ...NO_BREAKDOWN, approved: 500 }
    const rows = [{ ...dayWith('2008-02-15', { approved: 500 }), spans: [null, '2008-02-11'] }]
    const of = { counter: 1, measure: 'count' as const, total }
    const weekly = { ...behind, series: daySeries(rows, of, calendar, '2008-01-01', '2008-02-20') }
    const bars = series(weekly, 'bars')!.data as Box[]
    expect(bars.map((b) => b.value)).toEqual([[expect.closeTo(40.62), 0, expect.closeTo(45.38), 100]])
  })

  it('has no status colour for a unit that has ended', () => {
    const ended = { ...behind, standing: { ...behind.standing, status: null } }
    expect((series(ended, 'inset-gap')!.data as Stroke[])[0]!.stroke).toBe('ink3')
  })

  it('names the days off on their band', () => {
    expect((series(behind, 'off')!.data as Box[])[0]!.value).toEqual([36.5, 0, 38.5, 1])
    expect(texts(behind, 'off-names')).toEqual(['Festival'])
  })

  it('steps what was expected of each day in ink, and what is required after the reference day in accent', () => {
    const required = series(behind, 'required')!.data as [number, number | null][]
    expect(required[0]![0]).toBe(50.5)
    expect(required.filter(([, v]) => v !== null).every(([, v]) => v === behind.standing.required)).toBe(true)
    expect(texts(behind, 'daily-words')).toEqual([`need ${Math.round(behind.standing.required!)}`, 'step 156', 'grey'])
  })

  it('moves the words of the rates up where they would leave the chart', () => {
    const low = {
      ...behind,
      standing: { ...behind.standing, required: 1 },
      path: { ...behind.path, step: behind.path.step.map(Math.sign) },
    }
    const offsets = (of: CumulativeInput) => (series(of, 'daily-words')!.data as Label[]).map((l) => l.dy)
    expect(offsets(behind)).toEqual([0, 15, 30])
    expect(offsets(low)[0]).toBeLessThan(0)
    expect(offsets(low)[2]! - offsets(low)[0]!).toBe(30)
  })

  it('keeps the words of the rates above the name of today where that is the last day', () => {
    const ended = input('2008-03-31', 300)
    const over = { ...ended, path: { ...ended.path, step: ended.path.step.map(Math.sign) } }
    const words = series(over, 'daily-words')!
    expect((words.data as Label[]).map((l) => l.text)).toContain('grey')
    const { grid, yAxis } = cumulativeOption(over) as unknown as {
      grid: { height: number }[]
      yAxis: { max: number }[]
    }
    const last = (words.data as Label[]).at(-1)!
    const above = (last.value[1] / yAxis[AXIS.daily]!.max) * grid[AXIS.daily]!.height - last.dy!
    expect(above).toBeGreaterThanOrEqual(7)
  })

  it('brackets the gap in the inset from the approved level to the path, in points and in working days', () => {
    const gap = series(behind, 'inset-gap')!.data as Stroke[]
    const { value, expected } = behind.standing
    expect(gap[0]!.value).toEqual([50, value, 50, expected])
    expect(gap[1]!.value[0]).toBeLessThan(50)
    expect(gap[0]!.stroke).toBe('red')
    expect(texts(behind, 'inset-words')).toEqual([
      'inset',
      `${Math.abs(behind.standing.points).toFixed(1)} points`,
      `${Math.abs(behind.standing.days).toFixed(1)} days`,
    ])
  })

  it('A17 (finding H6) brackets no lead of a coverage above its base', () => {
    const over: CumulativeInput = { ...behind, standing: { ...behind.standing, status: 'aboveBase' } }
    expect(series(over, 'inset-gap')!.data).toEqual([])
    expect(texts(over, 'inset-words')).toEqual(['inset'])
    expect(series(over, 'inset-approved')!.data).not.toEqual([])
  })

  it('keeps a bracket that is longer than the inset within it, and points to where it goes on', () => {
    const far = input('2008-02-20', 30)
    const gap = series(far, 'inset-gap')!.data as Stroke[]
    const { xAxis } = cumulativeOption(far) as unknown as { xAxis: { min: number }[] }
    const [from] = gap[1]!.value
    expect(from).toBeGreaterThan(xAxis[AXIS.inset]!.min)
    const arrow = gap.filter((s) => s.value[0] === from && s.value[3] !== far.standing.value)
    expect(arrow).toHaveLength(2)
  })

  it('leaves the inset out where it would cover the line, on a narrow screen, and before there is anything', () => {
    expect(series(input('2008-02-20', 600), 'inset-gap')).toBeUndefined()
    expect(series({ ...behind, size: { width: 358, height: 260 } }, 'inset-gap')).toBeUndefined()
    expect(series(input('2008-01-02', 100), 'inset-gap')).toBeUndefined()
  })

  it('ties marks of legal questions to the curve and the bars; crowded marks join', () => {
    const some = { ...behind, marks: [mark(3, '2008-01-10'), mark(7, '2008-02-01')] }
    expect(texts(some, 'marks')).toEqual(['§3', '§7'])
    expect(series(some, 'ties')!.data).toHaveLength(6)
    const crowd = { ...behind, marks: Array.from({ length: 9 }, (_, i) => mark(i + 1, '2008-03-30')) }
    const joined = texts(crowd, 'marks')
    expect(joined.length).toBeLessThan(9)
    expect(joined.at(-1)).toMatch(/^§\d \+\d$/)
    expect(texts({ ...behind, marks: [mark(1, '2009-01-01')] }, 'days')).toContain('today')
    expect(series({ ...behind, marks: [mark(1, '2009-01-01')] }, 'marks')).toBeUndefined()
  })

  it('shows the path alone before the first day', () => {
    const none = input(null, 0)
    expect(series(none, 'approved')!.data).toEqual([])
    expect(series(none, 'today')!.data).toEqual([])
    expect(series(none, 'path')!.data).toHaveLength(91)
  })

  it('goes on past the due day', () => {
    const late = input('2008-04-10', 100)
    expect(late.to).toBe('2008-04-10')
    expect((series(late, 'due')!.data as Stroke[])[0]!.value[0]).toBe(90)
    expect(texts(late, 'level-words')).not.toContain('path')
  })

  it('starts the level at zero and leaves room above it', () => {
    const { yAxis } = cumulativeOption(behind) as unknown as { yAxis: { min: number; max: number }[] }
    expect(yAxis[AXIS.level]!.min).toBe(0)
    expect(yAxis[AXIS.level]!.max).toBeGreaterThan(10_000)
  })

  it('keeps the bracket within the inset however far behind or ahead a unit is, and on whatever day it was measured', () => {
    for (const perDay of [0, 1, 5, 30, 60, 100, 150, 170, 220])
      for (const today of ['2008-01-15', '2008-02-20', '2008-03-28'])
        for (const reference of [today, '2008-01-10'])
          for (const expected of [0, 50, 2_000, 9_000]) {
            const of = input(today, perDay)
            const standing = { ...of.standing, reference, expected }
            const { option } = cumulativeDrawing({ ...of, standing })
            const strokes = option.series.find((s) => s.id === 'inset-gap')?.data as Stroke[] | undefined
            const { xAxis, yAxis } = option as unknown as Record<'xAxis' | 'yAxis', { min: number; max: number }[]>
            for (const { value } of strokes ?? [])
              for (const [i, axis] of [xAxis, yAxis, xAxis, yAxis].entries()) {
                const { min, max } = axis[AXIS.inset]!
                expect(value[i], `${perDay} ${today} ${reference} ${expected}`).toBeGreaterThanOrEqual(min)
                expect(value[i], `${perDay} ${today} ${reference} ${expected}`).toBeLessThanOrEqual(max)
              }
          }
  })

  it('who is behind the very beginning of the path has a bracket to the edge as well', () => {
    const of = input('2008-02-20', 1)
    const path = { ...of.path, path: of.path.path.map((v) => v + 300) }
    const gap = series({ ...of, path }, 'inset-gap')!.data as Stroke[]
    expect(gap.length, 'with an arrow').toBeGreaterThan(3)
  })
})

/** Rows and typing for the tests of the daily sheet, on the tiny programme: counters `accepted` and `issued`. */
import { settingOf } from '../../../shared/domain/world.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type {
  AboveRow,
  LineRow,
  OfferRow,
  OfferSide,
  ReportFigure,
  ReportRow,
  VersionRow,
} from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { emptyGrid, type Grid, put, type Stored } from '../../../client/features/sheet/cells.ts'
import {
  checkLines,
  writeRefusals,
  type CheckInput,
  noVerdict,
  type Verdict,
} from '../../../client/features/sheet/check.ts'
import { figureIn } from '../../../client/features/sheet/rows.ts'
import type { TypedRow } from '../../../client/features/sheet/submit.ts'
import { type LineInput, type LineView, lineView } from '../../../client/features/sheet/view.ts'
import { tinyProgramme } from '../../support/programme.ts'

export const day: Day = '2008-03-03'
export const setting = settingOf(tinyProgramme(), 'simulated')
export const me: Actor = { id: 'me', name: 'Me', role: 'district', unit: 'A' }
export const other = { id: 'other', name: 'Other' }
const counters = setting.programme.counters.map((c) => c.key)
const index = (unit: string) => setting.units.index(unit)

/** An approved figure of somebody else's, version 1. */
export function figure(value: number | null, more: Partial<ReportFigure> = {}): ReportFigure {
  if (value === null && Object.keys(more).length === 0)
    return { value, approved: null, state: 'blank', version: 0, foreign: 0, by: null, at: 0, level: 0 }
  const state = value === null ? 'blank' : 'approved'
  return { value, approved: value, state, version: 1, foreign: 0, by: other, at: 1_000, level: 0, ...more }
}

/** `more` goes to every figure with a value. */
export function reportRow(unit: string, values: (number | null)[], more: Partial<ReportFigure> = {}): ReportRow {
  const figures = values.map((v) => figure(v, v === null ? {} : more))
  return { kind: 'report', key: rowKey.report(index(unit)), unit, figures }
}

/** A report by figures of their own. */
export const reportOf = (unit: string, ...figures: ReportFigure[]): ReportRow => ({
  ...reportRow(unit, []),
  figures,
})

export function lineRow(unit: string, more: Partial<LineRow> = {}): LineRow {
  const none = [0, 0]
  const rest = { through: none, total: none, usual: [[], []], past: [], estimate: [null, null] }
  return { kind: 'line', key: rowKey.line(index(unit)), unit, ...rest, ...more }
}

/** Eight comparable days with the same values, which are all that was ever reported. */
export const steady = (unit: string, values: readonly [number, number]): LineRow => {
  const sums = values.map((v) => v * 8)
  return lineRow(unit, { usual: values.map((v) => Array.from({ length: 8 }, () => v)), through: sums, total: sums })
}

export const aboveRow = (unit: string, total: number[], through?: number[]): AboveRow => ({
  kind: 'above',
  key: rowKey.above(index(unit)),
  unit,
  total,
  ...(through && { through }),
})

export const offerSide = (unit: string, values: (number | null)[] = [null, null], versions = [0, 0]): OfferSide => ({
  unit,
  day,
  values,
  versions,
})

export const offerRow = (more: Partial<OfferRow> = {}): OfferRow => ({
  kind: 'offer',
  key: rowKey.offer(1),
  offer: 1,
  from: offerSide('A1', [5, 3], [8, 9]),
  to: offerSide('A2'),
  asks: 'to',
  moved: [5, null],
  changed: false,
  reason: 'wrong street',
  by: other,
  at: 1_000,
  ...more,
})

export const versionRow = (seq: number, more: Partial<VersionRow>): VersionRow => ({
  kind: 'version',
  key: rowKey.version(seq),
  seq,
  at: seq * 1_000,
  by: other,
  type: 'ReportSubmitted',
  changes: [],
  ...more,
})

export interface Held {
  reports?: ReportRow[]
  lines?: LineRow[]
  above?: AboveRow[]
}

/** What the sheet of district A judges by; the day is open. */
export function checkInput(
  { reports = [], lines = [], above = [] }: Held = {},
  more: Partial<CheckInput> = {},
): CheckInput {
  const by = <R extends { unit: string }>(rows: R[]) => {
    const map = new Map(rows.map((r) => [r.unit, r]))
    return (unit: string) => map.get(unit)
  }
  return {
    setting,
    clock: { today: day, due: '2008-02-29', lockedThrough: null },
    me,
    day,
    report: by(reports),
    line: by(lines),
    above: by(above),
    waiting: new Map(),
    ...more,
  }
}

/** What typing into the held rows is made upon. */
export const stored =
  ({ reports = [] }: Held) =>
  (key: string): Stored => {
    const [unit, counter] = key.split('/') as [string, string]
    const { value, state, version } = figureIn(
      reports.find((r) => r.unit === unit),
      counters.indexOf(counter),
    )
    return { value, state, version }
  }

/** A grid with texts typed over what stands: `typed(held, { 'A1/issued': '5' })`. */
export const typed = (held: Held, texts: Record<string, string>, grid: Grid = emptyGrid): Grid =>
  put(
    grid,
    Object.entries(texts).map(([key, text]) => ({ key, text })),
    stored(held),
  )

export interface Judged extends Partial<CheckInput> {
  covered?: ReadonlySet<string>
  verdict?: Verdict
}

/** A line's typing, judged together with that of the lines before it. */
export function judged(held: Held, grid: Grid, unit = 'A1', { covered, verdict, ...more }: Judged = {}): TypedRow {
  const g = checkInput(held, more)
  const lines = [...new Set(['A1', 'A2', 'A3', unit])]
  const cells = checkLines(g, lines, grid.edits, covered ?? new Set(), verdict ?? noVerdict).get(unit)!
  const report = held.reports?.find((r) => r.unit === unit)
  const given = counters.filter((_, i) => {
    const f = figureIn(report, i)
    return f.value !== null || f.approved !== null
  })
  return { unit, cells, given: new Set(given) }
}

/** One line as it is shown. */
export function line(
  held: Held,
  grid: Grid = emptyGrid,
  { onItsWay, sent, ...more }: Judged & Partial<Pick<LineInput, 'onItsWay' | 'sent'>> = {},
  unit = 'A1',
): LineView {
  const g = checkInput(held, more)
  return lineView({
    setting,
    day: g.day,
    clock: g.clock,
    typed: judged(held, grid, unit, more),
    report: g.report(unit),
    barred: writeRefusals(g, unit),
    onItsWay: onItsWay ?? new Map(),
    sent: sent ?? new Map(),
  })
}

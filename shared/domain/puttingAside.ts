/** What becomes of figures when days are taken back: those of days that have not begun leave all sums, and what was a restatement of a day that is not due is one no more (C18). */
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import { BLANK, type Cells, type Figure } from './cells.ts'
import { isCorrection } from './figures.ts'
import { forgetTotals } from './runningTotals.ts'
import type { AsideReport, Setting, World } from './world.ts'

/** Takes figures of days after `today` (null: of all days) out of the cells; the reports that held a value. */
export function putAside({ setting, cells }: Pick<World, 'setting' | 'cells'>, today: Day | null): AsideReport[] {
  const { units } = setting!
  const aside: AsideReport[] = []
  for (const unit of units.leaves(units.root)) {
    const span = cells.span(unit)
    if (span === null) continue
    const first = today === null ? span.first : Math.max(span.first, dayNumber(today) + 1)
    for (let day = first; day <= span.last; day++) {
      const report = takeOut(setting!, cells, unit, day)
      if (report !== null) aside.push(report)
    }
  }
  return aside
}

/** The same with the running totals of these days (F26), which may stand where no figure does. */
export function putAllAside(world: Pick<World, 'setting' | 'cells' | 'totals'>, today: Day | null): AsideReport[] {
  const { units } = world.setting!
  const reports = putAside(world, today)
  for (const { unit, counter, stored } of forgetTotals(world.totals, today)) {
    const day = dayOf(stored.day)
    let report = reports.find((r) => r.unit === unit && r.day === day)
    if (report === undefined) reports.push((report = { unit, day, values: {}, by: '', at: 0 }))
    report.totals = { ...report.totals, [counter]: stored.total }
    if (stored.at >= report.at) Object.assign(report, { by: stored.by, at: stored.at })
  }
  const order = new Map(units.leaves(units.root).map((unit, i) => [unit, i]))
  return reports.sort((a, b) => order.get(a.unit)! - order.get(b.unit)! || (a.day < b.day ? -1 : 1))
}

function takeOut({ counters }: Setting, cells: Cells, unit: string, day: number): AsideReport | null {
  const report: AsideReport = { unit, day: dayOf(day), values: {}, by: '', at: 0 }
  for (const [key, counter] of counters) {
    const figure = cells.figure(unit, day, counter)
    if (figure === BLANK) continue
    const value = figure.value ?? figure.approved
    if (value !== null) report.values[key] = value
    if (value !== null && figure.at >= report.at) Object.assign(report, { by: figure.by, at: figure.at })
    cells.set(unit, day, counter, BLANK)
  }
  return Object.keys(report.values).length === 0 ? null : report
}

/** Figures of days after the due day up to `today` lose what only a due day gives: the type, and what a correction has left. */
export function forgetCorrections({ setting, cells, today }: World, due: Day | null): void {
  const { units, counters } = setting!
  if (today === null) return
  for (const unit of units.leaves(units.root)) {
    const span = cells.span(unit)
    if (span === null) continue
    const first = due === null ? span.first : Math.max(span.first, dayNumber(due) + 1)
    for (let day = first; day <= Math.min(span.last, dayNumber(today)); day++)
      for (const counter of counters.values()) {
        const figure = cells.figure(unit, day, counter)
        if (isCorrection(figure.restated) || figure.was !== undefined || figure.swing !== undefined)
          cells.set(unit, day, counter, withoutCorrections(figure))
      }
  }
}

/** Such a day has been corrected only while it was taken for a due one. */
function withoutCorrections(figure: Figure): Figure {
  const next = { ...figure }
  if (isCorrection(figure.restated)) delete next.restated
  delete next.was
  delete next.swing
  return next
}

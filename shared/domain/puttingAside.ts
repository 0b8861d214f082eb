/** What becomes of figures when days are taken back: those of days that have not begun leave all sums, and what was a restatement of a day that is not due is one no more (C18). */
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import { BLANK, type Cells, type Figure } from './cells.ts'
import { CORRECTIONS } from './values.ts'
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

/** Figures of days after the due day up to `today` lose the type that only a due day gives. */
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
        if (isCorrection(figure)) cells.set(unit, day, counter, withoutType(figure))
      }
  }
}

/** Settling and moving give a type on any day. */
const isCorrection = ({ restated }: Figure): boolean =>
  restated !== undefined && restated.settled !== true && CORRECTIONS.some((type) => type === restated.type)

function withoutType(figure: Figure): Figure {
  const next = { ...figure }
  delete next.restated
  return next
}

/** The rows of a sheet scope as the shared rules want them, and who a sheet has as its lines. Pure. */
import { openingOf } from '../../../shared/domain/balance.ts'
import { BLANK, type Figure } from '../../../shared/domain/cells.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { QuestionCode } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import { type Actor, mayWatch } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { LineRow, ReportFigure, ReportRow } from '../../../shared/view/rows.ts'

/** The figure that stands, by the counter's index; blank where nothing was ever written. */
export function figureIn(report: ReportRow | undefined, counter: number): Figure {
  const figure = report?.figures[counter]
  return figure === undefined ? BLANK : asFigure(figure)
}

/** With ids in the place of names. */
function asFigure({ by, claim, returned, confirmed, ...rest }: ReportFigure): Figure {
  const figure: Figure = { ...rest, by: by?.id ?? '' }
  if (confirmed !== undefined) figure.confirmed = confirmed as readonly QuestionCode[]
  if (claim !== undefined) figure.claim = { ...claim, by: claim.by.id }
  if (returned !== undefined) figure.returned = { ...returned, by: returned.by.id }
  return figure
}

/** The lines of a unit's sheet: its reporting children, or itself when it has none below. */
export const linesOf = (units: Units, unit: string): readonly string[] =>
  units.isLeaf(unit) ? [unit] : units.children(unit).filter((c) => units.isLeaf(c))

/** Lines of a day: a unit that has ended by then has one only while something of it is `there`. */
export const linesOn = (units: Units, unit: string, day: Day, there: (unit: string) => boolean): readonly string[] =>
  linesOf(units, unit).filter((code) => !units.ended(code, day) || there(code))

/** The sheet on which a reporting unit is a line: that of the unit above it, where the person may watch that, else its own. */
export function sheetOf(units: Units, me: Actor, unit: string, day: Day, today: Day | null): string {
  const parent = units.get(unit)?.parent ?? null
  return parent !== null && mayWatch(me, { kind: 'sheet', unit: parent, day }, units, today) ? parent : unit
}

/** Typed cells by the sheets that have them, but for the one shown; the earlier day first. */
export function sheetsWith<C extends { unit: string; day: Day }>(
  cells: readonly C[],
  here: { unit: string; day: Day },
  sheet: (unit: string, day: Day) => string,
): { unit: string; day: Day; cells: C[] }[] {
  const found = new Map<string, { unit: string; day: Day; cells: C[] }>()
  for (const cell of cells) {
    const { unit, day } = cell
    const of = sheet(unit, day)
    if (day === here.day && (of === here.unit || unit === here.unit)) continue
    const known = found.get(`${day}/${of}`)
    if (known === undefined) found.set(`${day}/${of}`, { unit: of, day, cells: [cell] })
    else known.cells.push(cell)
  }
  return [...found.values()]
}

/**
 * Units with a sheet of their own that the person may watch, in the programme's order; single reporting units come as a
 * last resort.
 */
export function sheetsFor(units: Units, me: Actor, day: Day, today: Day | null): readonly string[] {
  const mine = units.all.filter((unit) => mayWatch(me, { kind: 'sheet', unit, day }, units, today))
  const whole = mine.filter((u) => !units.isLeaf(u) && linesOf(units, u).length > 0)
  return whole.length > 0 ? whole : mine.filter((u) => units.isLeaf(u))
}

/** What is counted of a unit up to the end of the sheet's day, with what was counted before the programme's first. */
export const countedThrough = (setting: Setting, line: LineRow | undefined, unit: string, counter: number): number =>
  (line?.through[counter] ?? 0) + openingOf(setting, unit, counter)

/** The rows of a sheet scope as the shared rules want them: a book of reports, and who a sheet has as its lines. Pure. */
import type { Book } from '../../../shared/domain/book.ts'
import type { Counter } from '../../../shared/domain/programme.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Report } from '../../../shared/domain/world.ts'
import type { Values } from '../../../shared/event.ts'
import type { Actor } from '../../../shared/policy.ts'
import { mayWatch } from '../../../shared/policy.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'

/** Values by counter key, blanks left out. */
export function valuesOf(list: readonly (number | null)[], counters: readonly Pick<Counter, 'key'>[]): Values {
  const values: Values = {}
  counters.forEach((c, i) => {
    const value = list[i]
    if (value !== undefined && value !== null) values[c.key] = value
  })
  return values
}

/** The reports of the rows, with the totals of every street, as the server's own book holds them. */
export function bookOf(rows: Iterable<ReportRow>, counters: readonly Pick<Counter, 'key'>[]): Book {
  const book: Book = { reports: new Map(), totals: new Map() }
  for (const row of rows) {
    const values = valuesOf(row.values, counters)
    let days = book.reports.get(row.unit)
    if (days === undefined) book.reports.set(row.unit, (days = new Map<string, Report>()))
    days.set(row.day, { values, state: row.state, version: row.version, by: row.by.id, at: row.at })
    let totals = book.totals.get(row.unit)
    if (totals === undefined) book.totals.set(row.unit, (totals = {}))
    for (const k in values) totals[k] = (totals[k] ?? 0) + values[k]!
  }
  return book
}

/** The lines of a unit's sheet: its reporting children, or itself when it has none below. */
export const linesOf = (units: Units, unit: string): readonly string[] =>
  units.isLeaf(unit) ? [unit] : units.children(unit).filter((c) => units.isLeaf(c))

/** Units with a sheet of their own that the person may watch, in the programme's order; single streets come as a last resort. */
export function sheetsFor(units: Units, me: Actor): readonly string[] {
  const mine = units.all.filter((u) => mayWatch(me, 'sheet', units, u))
  const whole = mine.filter((u) => !units.isLeaf(u) && linesOf(units, u).length > 0)
  return whole.length > 0 ? whole : mine.filter((u) => units.isLeaf(u))
}

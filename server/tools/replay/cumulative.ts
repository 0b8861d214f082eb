/** Running totals as figures of days: the difference to the day before that has one. */
import { LARGEST } from '../../../shared/domain/count.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Fault } from './faults.ts'
import { type Format, isKept } from './format.ts'
import type { Row } from './rows.ts'

/** The running totals of one unit and counter, as last published. */
interface Series {
  /** ascending */
  days: Day[]
  /** as they were published, and as they are after what fell was taken from the days before */
  said: Map<Day, number>
  totals: Map<Day, number>
}

/** A running total of a source. */
export interface RunningTotal {
  unit: string
  counter: string
  day: Day
}

export interface Daily {
  /** takes the rows of one publication after the other; adds rows of days whose figure another day's total has changed */
  take(rows: readonly Row[]): Row[]
  /** running totals that fell and were taken from the days before */
  falls(): number
  /** those that are lower than what was published last, because a later day's is */
  lowered(): RunningTotal[]
}

/** The first total of a unit is counted from the programme's opening balance. A total that falls is a fault unless told. */
export function dailyFigures(
  { cumulative, falls, reports: file, counters }: Format,
  programme: Programme,
  faults: Fault[],
): Daily {
  const all = new Map<string, Series & { unit: string; key: string }>()
  /** what fell; a publication may say it again */
  const fallen = new Set<string>()

  function seriesOf(unit: string, key: string): Series {
    const name = `${unit}/${key}`
    let series = all.get(name)
    if (series === undefined) all.set(name, (series = { unit, key, days: [], said: new Map(), totals: new Map() }))
    return series
  }

  /** Puts the totals of a publication in place; the days whose difference may be another one. */
  function place({ days, said, totals }: Series, given: readonly (readonly [Day, number])[]): Set<Day> {
    for (const [day, total] of given) {
      if (!totals.has(day)) days.splice(placeOf(days, day), 0, day)
      said.set(day, total)
      totals.set(day, total)
    }
    const touched = new Set<Day>()
    for (const [day] of given) {
      touched.add(day)
      const next = days[placeOf(days, day) + 1]
      if (next !== undefined) touched.add(next)
    }
    return touched
  }

  /** Earlier totals above the day's come down to it: what was taken back was taken from the days before. */
  function takeFromBefore({ days, totals }: Series, day: Day, least: number, touched: Set<Day>): boolean {
    const total = totals.get(day)!
    let i = placeOf(days, day) - 1
    if (total < least || i < 0 || totals.get(days[i]!)! <= total) return false
    for (; i >= 0 && totals.get(days[i]!)! > total; i--) {
      totals.set(days[i]!, total)
      touched.add(days[i]!)
    }
    return true
  }

  function differences(unit: string, key: string, rows: readonly Row[]): Map<Day, number> {
    const series = seriesOf(unit, key)
    const opening = programme.opening?.[unit]?.[key] ?? 0
    const given = rows.flatMap((row) => (row.values[key] === undefined ? [] : [[row.day, row.values[key]] as const]))
    const touched = place(series, given)
    if (falls === 'daysBefore')
      for (const [day] of given) if (takeFromBefore(series, day, opening, touched)) fallen.add(`${unit}/${key}/${day}`)
    const found = new Map<Day, number>()
    for (const day of touched) {
      const before = series.days[placeOf(series.days, day) - 1]
      const total = series.totals.get(day)!
      const from = before === undefined ? opening : series.totals.get(before)!
      if (total < from) faults.push(fallOf(unit, key, rows, { day, total, before, from }))
      else if (total - from > LARGEST) faults.push(tooMuch(unit, key, rows, day, total - from))
      else found.set(day, total - from)
    }
    return found
  }

  function fallOf(
    unit: string,
    key: string,
    rows: readonly Row[],
    { day, total, before, from }: { day: Day; total: number; before: Day | undefined; from: number },
  ): Fault {
    const has = (of: Day | undefined) => rows.find((r) => r.day === of && r.values[key] !== undefined)
    const own = has(day)
    const { row } = own ?? has(before)!
    const { heading } = counters.find((c) => c.key === key)!
    const earlier = before === undefined ? 'in "opening" of programme.json' : `on ${before}`
    const says = `the running total of ${unit} falls from ${from} ${earlier} to ${total} on ${day}.`
    const remedy =
      own === undefined
        ? `The latter was published before: write the total of ${day} in this publication too, as this version of the source has it; where it has none, that of the day before.`
        : before === undefined || falls === 'daysBefore'
          ? 'It cannot be below "opening": correct one of the two.'
          : 'Publish the corrected totals of the days before in the same publication, or set "falls": "daysBefore" in replay.json.'
    return { file, place: `row ${row}, ${heading}`, says: `${says} ${remedy}` }
  }

  function tooMuch(unit: string, key: string, rows: readonly Row[], day: Day, value: number): Fault {
    const { row } = rows.find((r) => r.day === day) ?? rows[0]!
    const says = `the running total of ${unit} rises by ${value} to ${day}, and a day has at most ${LARGEST}.`
    return { file, place: `row ${row}, ${counters.find((c) => c.key === key)!.heading}`, says }
  }

  function takeUnit(unit: string, rows: readonly Row[]): Row[] {
    const days = new Map<Day, Row>(rows.map((row) => [row.day, { ...row, ...parted(row.values) }]))
    for (const key of cumulative)
      for (const [day, value] of differences(unit, key, rows)) {
        const row = days.get(day) ?? { unit, day, values: {}, row: rows[0]!.row, derived: true as const }
        days.set(day, { ...row, values: { ...row.values, [key]: value } })
      }
    return [...days.values()]
  }

  const kept = cumulative.filter((key) => isKept(programme, key))
  const parted = (values: Values): Pick<Row, 'values' | 'totals'> => {
    const given = Object.entries(values)
    const totals = Object.fromEntries(given.filter(([key]) => kept.includes(key)))
    const rest = Object.fromEntries(given.filter(([key]) => !cumulative.includes(key)))
    return { values: rest, ...(Object.keys(totals).length > 0 && { totals }) }
  }

  return {
    take: (rows) =>
      cumulative.length === 0
        ? [...rows]
        : [...Map.groupBy(rows, (row) => row.unit)].flatMap(([unit, own]) => takeUnit(unit, own)),
    falls: () => fallen.size,
    lowered: () =>
      [...all.values()].flatMap(({ unit, key, days, said, totals }) =>
        days.filter((day) => totals.get(day) !== said.get(day)).map((day) => ({ unit, counter: key, day })),
      ),
  }
}

/** Where the day stands among ascending days, or would. */
function placeOf(days: readonly Day[], day: Day): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! < day) low = middle + 1
    else high = middle
  }
  return low
}

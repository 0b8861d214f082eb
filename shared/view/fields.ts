/** Fields of rows on the wire, there and back: days, people, cells, breakdowns, figures. */
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import type {
  Num,
  UnitIndex,
  WireBreakdown,
  WireCell,
  WireChange,
  WireFigure,
  WireIssueHead,
  WirePerson,
  WireReached,
} from './layout.ts'
import type { Breakdown, FigureChange, Person, Reached, ReportFigure, RowByKind } from './rows.ts'

export const number = (day: Day | null): Num => (day === null ? null : dayNumber(day))
export const day = (n: Num): Day | null => (n === null ? null : dayOf(n))
export const wirePerson = ({ id, name }: Person): WirePerson => [id, name]
export const person = ([id, name]: WirePerson): Person => ({ id, name })
export const wireChange = ({ counter, before, after }: FigureChange): WireChange => [counter, before, after]
export const change = ([counter, before, after]: WireChange): FigureChange => ({ counter, before, after })
export const wireCell = (cell: { unit: string; day: Day }, units: UnitIndex): WireCell => [
  units.index(cell.unit),
  dayNumber(cell.day),
]
export const cell = ([unit, n]: WireCell, units: UnitIndex) => ({ unit: units.at(unit), day: dayOf(n) })

/** The parts of a breakdown in their order on the wire. */
export function partsOf(b: Breakdown): readonly (readonly number[])[] {
  const { approved, waiting, disputed, returned, missing } = b
  return [approved, waiting.up, waiting.down, disputed.up, disputed.down, returned.up, returned.down, missing]
}

/** The approved part always stands, so that the number of counters can be told. */
export function wireBreakdown(breakdown: Breakdown): WireBreakdown {
  const wire = [1]
  partsOf(breakdown).forEach((part, i) => {
    if (i > 0 && part.every((n) => n === 0)) return
    wire[0]! |= 1 << i
    wire.push(...part)
  })
  return wire
}

export function breakdownOf(wire: WireBreakdown): Breakdown {
  const [mask] = wire as [number]
  let count = 0
  for (let bits = mask; bits > 0; bits >>= 1) count += bits & 1
  const counters = (wire.length - 1) / count
  const none: readonly number[] = new Array<number>(counters).fill(0)
  let at = 1
  const part = (i: number) => {
    if ((mask & (1 << i)) === 0) return none
    at += counters
    return wire.slice(at - counters, at)
  }
  const shift = (i: number) => ({ up: part(i), down: part(i + 1) })
  return { approved: part(0), waiting: shift(1), disputed: shift(3), returned: shift(5), missing: part(7) }
}

export function wireFigure(figure: ReportFigure, place: (person: Person) => number): WireFigure {
  const { value, approved, state, version, by, at, level, restated, confirmed, claim, returned } = figure
  if (version === 0 && claim === undefined) return 0
  const more = {
    ...(restated === undefined ? {} : { restated }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(claim === undefined
      ? {}
      : { claim: [claim.value, place(claim.by), claim.at, claim.version] as [number, number, number, number] }),
    ...(returned === undefined
      ? {}
      : { returned: [returned.reason, place(returned.by), returned.at] as [string, number, number] }),
  }
  const head = [value, approved, state, version, by === null ? -1 : place(by), at, level] as const
  return Object.keys(more).length === 0 ? [...head] : [...head, more]
}

export function figureOf(wire: WireFigure, people: readonly Person[]): ReportFigure {
  if (wire === 0) return { value: null, approved: null, state: 'blank', version: 0, by: null, at: 0, level: 0 }
  const [value, approved, state, version, by, at, level, more = {}] = wire
  const { restated, confirmed, claim, returned } = more
  return {
    value,
    approved,
    state,
    version,
    by: people[by] ?? null,
    at,
    level,
    ...(restated === undefined ? {} : { restated }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(claim === undefined
      ? {}
      : { claim: { value: claim[0], by: people[claim[1]]!, at: claim[2], version: claim[3] } }),
    ...(returned === undefined ? {} : { returned: { reason: returned[0], by: people[returned[1]]!, at: returned[2] } }),
  }
}

export function wireReached({ baseline, target, on, takenBack }: Reached, units: UnitIndex): WireReached {
  if (takenBack === null) return [baseline, target, number(on)]
  const { seq, unit, day: about, type, was } = takenBack
  return [baseline, target, number(on), [seq, units.index(unit), dayNumber(about), type, dayNumber(was)]]
}

export function reachedOf([baseline, target, on, mark]: WireReached, units: UnitIndex): Reached {
  const takenBack =
    mark === undefined
      ? null
      : { seq: mark[0], unit: units.at(mark[1]), day: dayOf(mark[2]), type: mark[3], was: dayOf(mark[4]) }
  return { baseline, target, on: day(on), takenBack }
}

export function wireHead(row: RowByKind<'issueLine' | 'issue'>, units: UnitIndex): WireIssueHead {
  const { number: no, title, category, unit, from, to, article, counters, state, closedOn, by, at, replies } = row
  return [
    no,
    title,
    category,
    units.index(unit),
    dayNumber(from),
    number(to),
    article,
    counters,
    state === 'closed' ? 1 : 0,
    number(closedOn),
    wirePerson(by),
    at,
    number(row.day),
    replies,
  ]
}

export function headOf(
  issue: number,
  fields: WireIssueHead,
  units: UnitIndex,
): Omit<RowByKind<'issueLine'>, 'kind' | 'key'> {
  const [no, title, category, unit, from, to, article, counters, closed, closedOn, by, at, about, replies] = fields
  return {
    issue,
    number: no,
    title,
    category,
    unit: units.at(unit),
    from: dayOf(from),
    to: day(to),
    article,
    counters,
    state: closed === 1 ? 'closed' : 'open',
    closedOn: day(closedOn),
    by: person(by),
    at,
    day: day(about),
    replies,
  }
}

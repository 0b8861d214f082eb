/** Fields of rows on the wire, there and back: days, people, cells, breakdowns, figures. */
import type { TotalBase } from '../domain/deriving.ts'
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import type {
  Num,
  UnitIndex,
  WireBreakdown,
  WireChange,
  WireFigure,
  WireIssueHead,
  WirePerson,
  WireRate,
  WireReached,
  WireSide,
  WireStep,
  WireTotal,
} from './layout.ts'
import type { RateWeeks } from '../progress/standing.ts'
import type {
  Breakdown,
  FigureChange,
  FigureInquiry,
  OfferSide,
  Person,
  Reached,
  ReportFigure,
  RowByKind,
} from './rows.ts'

/** Day number; null stays. */
export const numberOf = (day: Day | null): Num => (day === null ? null : dayNumber(day))
/** The day of a number; null stays. */
export const dayAt = (n: Num): Day | null => (n === null ? null : dayOf(n))
/** Id and name. */
export const wirePerson = ({ id, name }: Person): WirePerson => [id, name]
/** Back from `wirePerson`. */
export const personOf = ([id, name]: WirePerson): Person => ({ id, name })
/** A figure before and after. */
export const wireChange = ({ counter, before, after }: FigureChange): WireChange => [counter, before, after]
/** Back from `wireChange`. */
export const changeOf = ([counter, before, after]: WireChange): FigureChange => ({ counter, before, after })
/** A side of an offer. */
export const wireSide = ({ unit, day, values, versions }: OfferSide, units: UnitIndex): WireSide => [
  units.index(unit),
  dayNumber(day),
  [...values],
  [...versions],
]
/** Back from `wireSide`. */
export const sideOf = ([unit, n, values, versions]: WireSide, units: UnitIndex): OfferSide => ({
  unit: units.at(unit),
  day: dayOf(n),
  values,
  versions,
})

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

/** Back from `wireBreakdown`; parts that were left out are zeros. */
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

/** `indexOf` gives a person's index in the row's list, where it adds who is not there yet. */
function wireFigure(figure: ReportFigure, indexOf: (person: Person) => number): WireFigure {
  const { value, approved, state, version, foreign, by, at, level, ...rare } = figure
  const { restated, confirmed, claim, returned, moves, away, inquiries, why, carried } = rare
  if (version === 0 && claim === undefined) return 0
  const more = {
    ...(restated === undefined ? {} : { restated }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(why === undefined ? {} : { why }),
    ...(claim === undefined
      ? {}
      : { claim: [claim.value, indexOf(claim.by), claim.at, claim.version] as [number, number, number, number] }),
    ...(returned === undefined
      ? {}
      : { returned: [returned.reason, indexOf(returned.by), returned.at] as [string, number, number] }),
    ...(moves === undefined ? {} : { moves }),
    ...(away === undefined ? {} : { away }),
    ...(carried === undefined ? {} : { carried }),
    ...(inquiries === undefined ? {} : { inquiries: inquiries.map((each) => wireInquiry(each, indexOf)) }),
  }
  const head = [value, approved, state, version, foreign, by === null ? -1 : indexOf(by), at, level] as const
  return Object.keys(more).length === 0 ? [...head] : [...head, more]
}

/** Back from `wireFigure`. */
function figureOf(wire: WireFigure, people: readonly Person[]): ReportFigure {
  if (wire === 0)
    return { value: null, approved: null, state: 'blank', version: 0, foreign: 0, by: null, at: 0, level: 0 }
  const [value, approved, state, version, foreign, by, at, level, more = {}] = wire
  const { restated, confirmed, claim, returned, moves, away, inquiries, why, carried } = more
  return {
    value,
    approved,
    state,
    version,
    foreign,
    by: people[by] ?? null,
    at,
    level,
    ...(restated === undefined ? {} : { restated }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(why === undefined ? {} : { why }),
    ...(claim === undefined
      ? {}
      : { claim: { value: claim[0], by: people[claim[1]]!, at: claim[2], version: claim[3] } }),
    ...(returned === undefined ? {} : { returned: { reason: returned[0], by: people[returned[1]]!, at: returned[2] } }),
    ...(moves === undefined ? {} : { moves }),
    ...(away === undefined ? {} : { away }),
    ...(carried === undefined ? {} : { carried }),
    ...(inquiries === undefined ? {} : { inquiries: inquiries.map((each) => inquiryOf(each, people)) }),
  }
}

type WireInquiry = [seq: number, text: string, by: number, at: number, answer?: [text: string, by: number, at: number]]

function wireInquiry({ seq, text, by, at, answer }: FigureInquiry, indexOf: (person: Person) => number): WireInquiry {
  const asked = [seq, text, indexOf(by), at] as const
  return answer === undefined ? [...asked] : [...asked, [answer.text, indexOf(answer.by), answer.at]]
}

function inquiryOf([seq, text, by, at, answer]: Readonly<WireInquiry>, people: readonly Person[]): FigureInquiry {
  const asked = { seq, text, by: people[by]!, at }
  return answer === undefined ? asked : { ...asked, answer: { text: answer[0], by: people[answer[1]]!, at: answer[2] } }
}

/** Days by number, the mark only where there is one. */
export function wireReached({ baseline, target, on, takenBack }: Reached, units: UnitIndex): WireReached {
  if (takenBack === null) return [baseline, target, numberOf(on)]
  const { seq, unit, day: about, type, was } = takenBack
  return [baseline, target, numberOf(on), [seq, units.index(unit), dayNumber(about), type, dayNumber(was)]]
}

/** Back from `wireReached`. */
export function reachedOf([baseline, target, on, mark]: WireReached, units: UnitIndex): Reached {
  const takenBack =
    mark === undefined
      ? null
      : { seq: mark[0], unit: units.at(mark[1]), day: dayOf(mark[2]), type: mark[3], was: dayOf(mark[4]) }
  return { baseline, target, on: dayAt(on), takenBack }
}

/** Sums and days by number. */
export const wireRate = ({ baseline, target, due, best }: RateWeeks): WireRate => {
  const week = due === null ? null : wireBreakdown(due)
  return best === null ? [baseline, target, week] : [baseline, target, week, [best.sum, dayNumber(best.on)]]
}

/** Back from `wireRate`. */
export const rateOf = ([baseline, target, due, best]: WireRate): RateWeeks => ({
  baseline,
  target,
  due: due === null ? null : breakdownOf(due),
  best: best === undefined ? null : { sum: best[0], on: dayOf(best[1]) },
})

type Step = NonNullable<RowByKind<'issue'>['latest']>
/** A step without its text. */
export const wireStep = ({ step, by, at, day, seq }: Step): WireStep => [step, wirePerson(by), at, numberOf(day), seq]
/** Back from `wireStep`. */
export const stepOf = ([step, by, at, day, seq]: WireStep): Step => ({
  step,
  by: personOf(by),
  at,
  day: dayAt(day),
  seq,
})

/** What an issue and its line in the list have in common. */
export const wireHead = (row: RowByKind<'issueLine' | 'issue'>, units: UnitIndex): WireIssueHead => [
  row.number,
  row.title,
  row.category,
  units.index(row.unit),
  dayNumber(row.from),
  numberOf(row.to),
  row.article,
  row.counters,
  row.state === 'closed' ? 1 : 0,
  numberOf(row.closedOn),
  wirePerson(row.by),
  row.at,
  numberOf(row.day),
  row.seq,
  row.replies,
  row.latest === null ? null : wireStep(row.latest),
]

/** Back from `wireHead`. */
export function headOf(
  issue: number,
  fields: WireIssueHead,
  units: UnitIndex,
): Omit<RowByKind<'issueLine'>, 'kind' | 'key'> {
  const [
    number,
    title,
    category,
    unit,
    from,
    to,
    article,
    counters,
    closed,
    closedOn,
    by,
    at,
    day,
    seq,
    replies,
    latest,
  ] = fields
  return {
    issue,
    number,
    title,
    category,
    unit: units.at(unit),
    from: dayOf(from),
    to: dayAt(to),
    article,
    counters,
    state: closed === 1 ? 'closed' : 'open',
    closedOn: dayAt(closedOn),
    by: personOf(by),
    at,
    day: dayAt(day),
    seq,
    replies,
    latest: latest === null ? null : stepOf(latest),
  }
}

/** Figures of a report, with the people they name. */
export function wireFigures(figures: readonly ReportFigure[]): [people: WirePerson[], figures: WireFigure[]] {
  const people: Person[] = []
  const indexOf = (who: Person): number => {
    const at = people.findIndex((p) => p.id === who.id)
    return at >= 0 ? at : people.push(who) - 1
  }
  const wire = figures.map((figure) => wireFigure(figure, indexOf))
  return [people.map(wirePerson), wire]
}

/** Back from `wireFigures`. */
export function figuresOf(people: readonly WirePerson[], figures: readonly WireFigure[]): ReportFigure[] {
  const named = people.map(personOf)
  return figures.map((figure) => figureOf(figure, named))
}
/** What a running total is held against. */
export const wireTotal = ({ own, last, between, blank, changed }: TotalBase): WireTotal => [
  own,
  last === null ? null : [dayNumber(last.day), last.total],
  between,
  blank,
  changed,
]
/** Back from `wireTotal`. */
export const totalOf = ([own, last, between, blank, changed]: WireTotal): TotalBase => ({
  own,
  last: last === null ? null : { day: dayOf(last[0]), total: last[1] },
  between,
  blank,
  changed,
})

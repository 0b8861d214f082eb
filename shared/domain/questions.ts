/** Questions that figures raise: the same at every way in, on the server and on a sheet. They refuse nothing confirmed. */
import type { Refusal } from '../errors.ts'
import { surelyUsual, usualOf } from '../progress/usual.ts'

/** What one report's figures are judged by. Counters are indices in the programme's order. */
export interface QuestionInput {
  /** `within` is the key of the counter whose total this one should not pass */
  counters: readonly { key: string; within: string | null }[]
  /** the reporting unit first, the root last */
  chain: readonly string[]
  /** the value that counts until now (see `countedValue`); null = blank */
  before(counter: number): number | null
  /** the value as it would be; what `before` says where nothing changes */
  after(counter: number): number | null
  /** what is counted of all days, as it stands, of a unit of the chain */
  total(unit: string, counter: number): number
  /** the same of the reporting unit for the days up to and with the report's */
  through(counter: number): number
  /** what was given of the counter on earlier days that this day's report of the one that it is within covers */
  earlier?(counter: number, within: number): number
  /** true where that one is not reported this day, but the report of it that covers the day is given */
  covered?(within: number): boolean
  /** by how much the same act changes other reports of a unit of the chain, over all days or up to the report's day */
  elsewhere?(unit: string, counter: number, span: 'all' | 'through'): number
  /** values of the unit's latest comparable days, newest first; see `usualOf` */
  usual(counter: number): readonly number[]
  /** is a low value a question? Not while the day is open: then it is only an early one */
  low: boolean
  /** bases of the unit that coverages of the counter are measured by */
  bases(unit: string, counter: number): readonly number[]
}

/** The input with what each counter has and would have, read once. */
interface Judged extends QuestionInput {
  was: readonly (number | null)[]
  is: readonly (number | null)[]
}

/** `at` is the counter's key. */
export function questionsOf(input: QuestionInput): Refusal[] {
  const { counters } = input
  const was = counters.map((_, c) => input.before(c))
  const is = counters.map((_, c) => input.after(c))
  const judged: Judged = { ...input, was, is }
  const found: Refusal[] = []
  for (let c = 0; c < counters.length; c++) {
    const value = is[c] ?? null
    if (value === null || value === was[c]) continue
    unusual(judged, c, value, found)
    coverageOver(judged, c, found)
  }
  for (let c = 0; c < counters.length; c++) {
    const { within } = counters[c]!
    if (within === null) continue
    const limit = counters.findIndex((other) => other.key === within)
    // asked whichever of the two has changed: raising the one, or lowering the other
    if (is[c] !== was[c]) exceeds(judged, c, limit, c, found)
    else if (is[limit] !== was[limit]) exceeds(judged, c, limit, limit, found)
  }
  return found
}

function unusual({ counters, usual, low }: Judged, counter: number, value: number, found: Refusal[]): void {
  const past = usual(counter)
  if (surelyUsual(past, value)) return
  const range = usualOf(past)
  if (range === null || (value <= range.high && (!low || value >= range.low))) return
  const params = { value, low: range.low, high: range.high, median: range.median }
  found.push({ code: 'report.unusual', params, at: counters[counter]!.key, level: 'warning' })
}

const changeOf = ({ was, is }: Judged, counter: number): number => (is[counter] ?? 0) - (was[counter] ?? 0)

/** The first unit up the tree whose total passes a base; asked neither on the way down nor again above it. */
function coverageOver(judged: Judged, counter: number, found: Refusal[]): void {
  const { counters, chain, total, bases, elsewhere } = judged
  for (const unit of chain)
    for (const base of bases(unit, counter)) {
      const before = total(unit, counter)
      const after = before + changeOf(judged, counter) + (elsewhere?.(unit, counter, 'all') ?? 0)
      if (before > base || after <= base) continue
      const params = { unit, total: after, base }
      found.push({ code: 'report.coverageOver', params, at: counters[counter]!.key, level: 'warning' })
      return
    }
}

/**
 * Judged at the end of the report's day, and over all days; only where the excess grows. While the limit is blank in the
 * report that covers the day there is nothing to be judged by: it is missing, not 0.
 */
function exceeds(judged: Judged, counter: number, within: number, asked: number, found: Refusal[]): void {
  const { counters, chain, was, is, total, through, elsewhere } = judged
  const isBlank = is[within] === null
  if (isBlank && judged.covered?.(within) !== true) return
  const unit = chain[0]!
  // a limit that was blank takes what was given beside it along
  const held = isBlank || was[within] !== null ? 0 : (was[counter] ?? 0) + (judged.earlier?.(counter, within) ?? 0)
  // within a period the limit of the days before has yet to come in: only its end tells
  for (const span of isBlank ? WHOLE : SPANS) {
    const [sum, limit] =
      span === 'all' ? [total(unit, counter), total(unit, within)] : [through(counter), through(within)]
    const more = (c: number) => changeOf(judged, c) + (elsewhere?.(unit, c, span) ?? 0)
    const [after, limitAfter] = [sum + more(counter), limit + more(within)]
    if (after - limitAfter <= Math.max(0, sum - held - limit)) continue
    const params = { counter: counters[counter]!.key, within: counters[within]!.key, total: after, limit: limitAfter }
    found.push({ code: 'report.exceeds', params, at: counters[asked]!.key, level: 'warning' })
    return
  }
}
const SPANS = ['through', 'all'] as const
const WHOLE = ['all'] as const

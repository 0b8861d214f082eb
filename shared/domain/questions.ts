/** Questions that figures raise (R21, R34, R35): the same for every command that changes a figure, on the server and on a sheet. Once confirmed, a question refuses nothing. */
import type { Refusal } from '../errors.ts'
import { surelyUsual, usualOf } from '../progress/usual.ts'

/**
 * The report that covers a day for a counter: the day's `own`, a later one that has a value for it (`given`) or has none yet
 * (`awaited`), or `none`, as on a day off of a counter that is reported on working days.
 */
export type Covering = 'own' | 'given' | 'awaited' | 'none'

/** The input for judging one report's figures. Counters are indices in the programme's order. */
export interface QuestionInput {
  /** `within` is the key of the counter whose running total this one should not exceed */
  counters: readonly { key: string; within: string | null }[]
  /** the reporting unit first, the root last */
  chain: readonly string[]
  /** the value that counts before the change (see `countedValue`); null = blank */
  before(counter: number): number | null
  /** the value after the change; equal to `before` where nothing changes */
  after(counter: number): number | null
  /** counted total of all days before the change, for a unit of the chain */
  total(unit: string, counter: number): number
  /** the same for the reporting unit, up to and including the report's day */
  through(counter: number): number
  /** total of `counter` on earlier days of the period that this day's report of `within` covers */
  earlier?(counter: number, within: number): number
  /** the report that covers the report's day for `within` */
  covering(within: number): Covering
  /** by how much the same command changes other reports of a unit of the chain, over all days or through the report's day */
  elsewhere?(unit: string, counter: number, span: 'all' | 'through'): number
  /** questions that were confirmed about the value after the change, where a reviewer returned it and it is sent as it was */
  confirmed(counter: number): readonly string[]
  /** values of the unit's latest comparable days, newest first; see `usualOf` */
  usual(counter: number): readonly number[]
  /** true when a low value is a question; not while the day is open, when it is merely early */
  low: boolean
  /** the unit's bases that coverages of the counter are measured against */
  bases(unit: string, counter: number): readonly number[]
}

/** The input with each counter's value before (`was`) and after (`is`), read once. */
interface Judged extends QuestionInput {
  was: readonly (number | null)[]
  is: readonly (number | null)[]
}

/** Every question that the change raises; `at` is the counter's key. */
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
    // asked once, whether this counter was raised or its limit lowered
    if (is[c] !== was[c]) exceeds(judged, c, limit, c, found)
    else if (is[limit] !== was[limit]) exceeds(judged, c, limit, limit, found)
  }
  return found.filter(({ at, code }) => !input.confirmed(counters.findIndex(({ key }) => key === at)).includes(code))
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

/** The first unit up the tree whose total passes a base (R35). Not asked when the total falls, nor when it was above the base before. */
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
 * Judged at the end of the report's day and over all days, and only where the excess grows (R34). A limit that is blank
 * in the report that covers the day is missing, not 0, so there is nothing to compare with until it comes in. Where no
 * report covers the day nothing will come in, so it is judged at once.
 */
function exceeds(judged: Judged, counter: number, within: number, asked: number, found: Refusal[]): void {
  const { counters, chain, was, is, total, through, elsewhere } = judged
  const isBlank = is[within] === null
  const covering = judged.covering(within)
  if (isBlank && (covering === 'own' || covering === 'awaited')) return
  const unit = chain[0]!
  // when a blank limit comes in, what was given beside it while it was awaited is judged as new
  const wasAwaited = !isBlank && was[within] === null && covering !== 'none'
  const unjudged = wasAwaited ? (was[counter] ?? 0) + (judged.earlier?.(counter, within) ?? 0) : 0
  // within a period the limit comes in at its end: of these days only the total can be judged
  for (const span of isBlank && covering === 'given' ? TOTAL_ONLY : SPANS) {
    const [sum, limit] =
      span === 'all' ? [total(unit, counter), total(unit, within)] : [through(counter), through(within)]
    const more = (c: number) => changeOf(judged, c) + (elsewhere?.(unit, c, span) ?? 0)
    const [after, limitAfter] = [sum + more(counter), limit + more(within)]
    if (after - limitAfter <= Math.max(0, sum - unjudged - limit)) continue
    const params = { counter: counters[counter]!.key, within: counters[within]!.key, total: after, limit: limitAfter }
    found.push({ code: 'report.exceeds', params, at: counters[asked]!.key, level: 'warning' })
    return
  }
}
const SPANS = ['through', 'all'] as const
const TOTAL_ONLY = ['all'] as const

/** Questions that figures raise: the same at every way in, on the server and on a sheet. They refuse nothing confirmed. */
import type { Refusal } from '../errors.ts'
import { surelyUsual, usualOf } from '../progress/usual.ts'

/** What one report's figures are judged by. Counters are indices in the programme's order. */
export interface QuestionInput {
  /** `within` is the key of the counter whose total this one should not pass */
  counters: readonly { key: string; within: string | null }[]
  /** the reporting unit first, the root last */
  chain: readonly string[]
  /** the value that stands; null = blank */
  before(counter: number): number | null
  /** the value as it would be; what `before` says where nothing changes */
  after(counter: number): number | null
  /** newest values of all days, as they stand, of a unit of the chain */
  total(unit: string, counter: number): number
  /** the same of the reporting unit for the days up to and with the report's */
  through(counter: number): number
  /** by how much the same act changes other reports of a unit of the chain, over all days or up to the report's day */
  elsewhere?(unit: string, counter: number, span: 'all' | 'through'): number
  /** values of the unit's latest comparable days, newest first; see `usualOf` */
  usual(counter: number): readonly number[]
  /** is a low value a question? Not while the day is open: then it is only an early one */
  low: boolean
  /** bases of the unit that coverages of the counter are measured by */
  bases(unit: string, counter: number): readonly number[]
}

/** `at` is the counter's key. */
export function questionsOf(input: QuestionInput): Refusal[] {
  const { counters } = input
  const changes = counters.map((_, c) => (input.after(c) ?? 0) - (input.before(c) ?? 0))
  const changed = (c: number) => input.after(c) !== input.before(c)
  const found: Refusal[] = []
  counters.forEach(({ key }, c) => {
    const value = input.after(c)
    if (value === null || !changed(c)) return
    found.push(...unusual(input, c, value), ...coverageOver(input, c, changes[c]!, key))
  })
  counters.forEach(({ within }, c) => {
    if (within === null) return
    const limit = counters.findIndex((other) => other.key === within)
    // asked whichever of the two has changed: raising the one, or lowering the other
    if (changed(c) || changed(limit)) found.push(...exceeds(input, c, limit, changes, changed(c) ? c : limit))
  })
  return found
}

function unusual({ counters, usual, low }: QuestionInput, counter: number, value: number): Refusal[] {
  const past = usual(counter)
  const range = surelyUsual(past, value) ? null : usualOf(past)
  if (range === null || (value <= range.high && (!low || value >= range.low))) return []
  const params = { value, low: range.low, high: range.high, median: range.median }
  return [{ code: 'report.unusual', params, at: counters[counter]!.key, level: 'warning' }]
}

/** The first unit up the tree whose total passes a base; asked neither on the way down nor again above it. */
function coverageOver(input: QuestionInput, counter: number, change: number, at: string): Refusal[] {
  for (const unit of input.chain)
    for (const base of input.bases(unit, counter)) {
      const before = input.total(unit, counter)
      const after = before + change + (input.elsewhere?.(unit, counter, 'all') ?? 0)
      if (before <= base && after > base)
        return [{ code: 'report.coverageOver', params: { unit, total: after, base }, at, level: 'warning' }]
    }
  return []
}

/**
 * Judged at the end of the report's day, and over all days; only where the excess grows. While the limit is blank in the
 * report itself there is nothing to be judged by: it is missing, not 0.
 */
function exceeds(
  { counters, chain, before, after, total, through, elsewhere }: QuestionInput,
  counter: number,
  within: number,
  changes: readonly number[],
  asked: number,
): Refusal[] {
  if (after(within) === null) return []
  const unit = chain[0]!
  // a limit that was blank takes what was given beside it along
  const held = (c: number) => (before(within) === null ? (before(c) ?? 0) : 0)
  for (const span of ['through', 'all'] as const) {
    const sofar = (c: number) => (span === 'all' ? total(unit, c) : through(c))
    const then = (c: number) => sofar(c) + changes[c]! + (elsewhere?.(unit, c, span) ?? 0)
    const [sum, limit] = [then(counter), then(within)]
    if (sum - limit <= Math.max(0, sofar(counter) - held(counter) - sofar(within))) continue
    const params = { counter: counters[counter]!.key, within: counters[within]!.key, total: sum, limit }
    return [{ code: 'report.exceeds', params, at: counters[asked]!.key, level: 'warning' }]
  }
  return []
}

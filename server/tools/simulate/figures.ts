/** Small sums over the figures of one report. */
import type { Values } from '../../../shared/domain/values.ts'

/** Every figure times a factor, rounded. */
export const scaled = (values: Values, factor: number): Values =>
  Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Math.round(v * factor)]))

/** The figures of these counters, as far as there are any. */
export const only = (values: Values, counters: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([k]) => counters.includes(k)))

/** The figures of all counters but these. */
export const without = (values: Values, counters: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([k]) => !counters.includes(k)))

/** Figures added up, counter by counter. */
export const sumOf = (a: Values, b: Values): Values => {
  const sum = { ...a }
  for (const [k, v] of Object.entries(b)) sum[k] = (sum[k] ?? 0) + v
  return sum
}

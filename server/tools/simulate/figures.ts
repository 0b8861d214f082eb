/** Small helpers for the values of one report. */
import type { Values } from '../../../shared/domain/values.ts'

/** Every value times a factor, rounded. */
export const scaled = (values: Values, factor: number): Values =>
  Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Math.round(v * factor)]))

/** The values of these counters, where there are any. */
export const only = (values: Values, counters: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([k]) => counters.includes(k)))

/** The values of all counters except these. */
export const without = (values: Values, counters: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([k]) => !counters.includes(k)))

/** The sum, counter by counter. */
export const sumOf = (a: Values, b: Values): Values => {
  const sum = { ...a }
  for (const [k, v] of Object.entries(b)) sum[k] = (sum[k] ?? 0) + v
  return sum
}

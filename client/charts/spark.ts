/** A small line of the latest days, with the rate that is required beside it: values in, paths out. */

export interface Spark {
  /** `d` of the line; empty below two values */
  line: string
  /** height of the required rate; null without one */
  required: number | null
  /** the last point; null without values */
  last: readonly [x: number, y: number] | null
}

/** Fits values and the required rate into a box, with room for the line's own width. */
export function sparkOf(
  values: readonly number[],
  required: number | null,
  size: { width: number; height: number },
): Spark {
  if (values.length === 0) return { line: '', required: null, last: null }
  const all = required === null ? values : [...values, required]
  const high = Math.max(...all) * 1.05
  const low = Math.min(...all) * 0.9
  const pad = 2
  const height = size.height - 2 * pad
  const y = (v: number) => round(high === low ? size.height / 2 : pad + ((high - v) / (high - low)) * height)
  const x = (i: number) =>
    round(values.length === 1 ? size.width - pad : (i * (size.width - pad)) / (values.length - 1))
  const points = values.map((v, i) => [x(i), y(v)] as const)
  return {
    line: points.length < 2 ? '' : points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${px} ${py}`).join(''),
    required: required === null ? null : y(required),
    last: points.at(-1)!,
  }
}

const round = (v: number) => Math.round(v * 10) / 10

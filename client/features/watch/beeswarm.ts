/** Marks on one line that must not cover each other: each moves up or down to the nearest free lane. */

export interface Placed {
  x: number
  /** lane: 0 on the line, then −1, +1, −2 … */
  lane: number
}

/** Places marks of width `size` at their `x`; when no lane of `lanes` is free the fullest stays on the line. */
export function beeswarm(xs: readonly number[], size: number, lanes: number): Placed[] {
  const order = xs.map((_, i) => i).sort((a, b) => xs[a]! - xs[b]!)
  const placed: Placed[] = xs.map((x) => ({ x, lane: 0 }))
  const ends = new Map<number, number>()
  for (const i of order) {
    const x = xs[i]!
    const lane = laneNumbers(lanes).find((n) => x - (ends.get(n) ?? -Infinity) >= size) ?? 0
    ends.set(lane, x)
    placed[i] = { x, lane }
  }
  return placed
}

const laneNumbers = (lanes: number) =>
  Array.from({ length: lanes }, (_, i) => (i % 2 === 1 ? -Math.ceil(i / 2) : Math.ceil(i / 2)))

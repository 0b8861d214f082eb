/** A small generator (mulberry32, public domain) so that a seed replays exactly. */

export interface Chance {
  /** 0 … 1 */
  next(): number
  /** a whole number below n */
  below(n: number): number
  pick<T>(list: readonly T[]): T
}

export function chance(seed: number): Chance {
  let a = seed
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { next, below, pick: (list) => list[below(list.length)]! }
}

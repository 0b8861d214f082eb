/** Reproducible randomness: streams of numbers that depend only on a seed and labels. */

/** The next number, 0 ≤ x < 1. */
export type Random = () => number

/**
 * A separate stream for every list of labels, so that a draw in one place never shifts the draws in another.
 * Seeding by FNV-1a, generator sfc32 (C. Doty-Humphrey, public domain).
 */
export function random(...labels: readonly (string | number)[]): Random {
  let h = 0x811c9dc5
  for (const char of labels.join('/')) h = Math.imul(h ^ char.codePointAt(0)!, 0x01000193)
  let a = h | 0
  let b = Math.imul(h, 0x85ebca6b) | 0
  let c = Math.imul(h, 0xc2b2ae35) | 0
  let d = 1
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** Uniform from `low` to `high`. */
export const between = (r: Random, low: number, high: number): number => low + (high - low) * r()

/** A uniform integer from `low` to `high`, both included. */
export const integer = (r: Random, low: number, high: number): number => Math.floor(between(r, low, high + 1))

/** A random element of a non-empty list. */
export const pick = <T>(r: Random, list: readonly T[]): T => list[Math.floor(r() * list.length)]!

/** Roughly normal with mean 1 and standard deviation `spread`: a scaled sum of four uniform draws, within ± 3.5 spreads. */
export const around1 = (r: Random, spread: number): number => 1 + spread * (r() + r() + r() + r() - 2) * 1.732

/** Rounded figures that still add up. Pure. */

/**
 * Rounds the terms of a sum to `digits` decimals so that they add up to `total`, rounded likewise: what is over or missing
 * goes to where the rounding lies nearest. No term moves by more than a last digit.
 */
export function addUp(total: number, terms: readonly number[], digits: number): number[] {
  const step = 10 ** digits
  const scaled = terms.map((x) => Number((x * step).toPrecision(12)))
  const rounded = scaled.map(Math.round)
  let over = rounded.reduce((sum, x) => sum + x, 0) - Math.round(Number((total * step).toPrecision(12)))
  // the ones that were rounded furthest in the wrong direction give way first
  const order = scaled
    .map((x, i) => ({ i, off: rounded[i]! - x }))
    .sort((a, b) => (over > 0 ? b.off - a.off : a.off - b.off))
  for (const { i } of order) {
    if (over === 0) break
    const way = Math.sign(over)
    rounded[i]! -= way
    over -= way
  }
  return rounded.map((x) => x / step + 0)
}

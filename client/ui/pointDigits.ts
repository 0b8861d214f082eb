/** How many decimals points from the path need beside their status. Pure. */

const MOST = 12

/**
 * Decimals with which points stay on their side of the path and of the limit `severe` (A4, A5) when they are rounded: one,
 * else as many as it takes, at most twelve.
 */
export function pointDigits(points: number, severe: number): number {
  for (let digits = 1; digits <= MOST; digits++)
    if (sideOf(Number(points.toFixed(digits)), severe) === sideOf(points, severe)) return digits
  return 1
}

function sideOf(points: number, severe: number): 'ahead' | 'behind' | 'farBehind' {
  if (points >= 0) return 'ahead'
  return points <= severe ? 'farBehind' : 'behind'
}

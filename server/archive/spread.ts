/** Which of many positions in the log are worth keeping, when only some can be. */

/** Is there none within `gap` before the seq, nor within half of it after? `seqs` ascend. */
export function isWanted(seqs: readonly number[], seq: number, gap: number): boolean {
  const below = seqs.findLast((s) => s <= seq) ?? 0
  const above = seqs.find((s) => s > seq) ?? Infinity
  return seq - below >= gap && above - seq >= gap / 2
}

/** The one whose absence leaves the smallest gap; never the last. Undefined where there is only one, or none. */
export function leastMissed(seqs: readonly number[]): number | undefined {
  let least: number | undefined
  let smallest = Infinity
  for (let i = 0; i < seqs.length - 1; i++) {
    const gap = seqs[i + 1]! - (seqs[i - 1] ?? 0)
    if (gap >= smallest) continue
    smallest = gap
    least = seqs[i]
  }
  return least
}

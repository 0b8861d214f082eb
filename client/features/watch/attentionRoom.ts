/** How many of each group there is room for in one line. Pure. */

export interface Group {
  /** px of what the group begins and ends with, and of each that it may name, with the gap after it */
  head: number
  items: readonly number[]
}

/** px of “+12” with its gap, which stands for those that are not named */
const MORE = 38

/** How many of each group are named: the first always, then one of each in turn, the gravest group first. */
export function namedIn(groups: readonly Group[], room: number): number[] {
  const counts = groups.map(({ items }) => Math.min(1, items.length))
  const width = (at: number, count: number) => {
    const { head, items } = groups[at]!
    const named = items.slice(0, count).reduce((sum, w) => sum + w, 0)
    return head + named + (count < items.length ? MORE : 0)
  }
  const total = () => counts.reduce((sum, count, i) => sum + width(i, count), 0)
  const fits = (at: number) => {
    const count = counts[at]!
    return count < groups[at]!.items.length && total() - width(at, count) + width(at, count + 1) <= room
  }
  for (let grown = true; grown;) {
    grown = false
    for (let i = 0; i < groups.length; i++)
      if (fits(i)) {
        counts[i]!++
        grown = true
      }
  }
  return counts
}

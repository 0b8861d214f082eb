/** Values that stay the same object while they are equal, so that nothing is computed or drawn again for them. */

/** The old list when it holds the very same things in the same order, else the new one. */
export function stableList<T>(old: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  if (old === undefined || old.length !== next.length) return next
  return next.every((item, i) => item === old[i]) ? old : next
}

/** The old value when the new one is equal to it throughout, else the new one. For plain data without circles. */
export const stable = <T>(old: T | undefined, next: T): T => (old !== undefined && same(old, next) ? old : next)

/** The same for each entry of a map; the old map when none has changed. */
export function stableMap<K, V>(old: ReadonlyMap<K, V> | undefined, next: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  if (old === undefined) return next
  let changed = old.size !== next.size
  const entries = [...next].map(([key, value]) => {
    const before = old.get(key)
    const now = stable(before, value)
    if (now !== before || before === undefined) changed = true
    return [key, now] as const
  })
  return changed ? new Map(entries) : old
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.length &&
    left.every(([key, value]) => key in b && same(value, (b as Record<string, unknown>)[key]))
  )
}

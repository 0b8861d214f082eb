/** Keeping what did not change, so that nothing is computed or drawn again for it. */

/** The old list when it holds the very same things in the same order, else the new one. */
export function keptList<T>(old: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  if (old === undefined || old.length !== next.length) return next
  return next.every((item, i) => item === old[i]) ? old : next
}

/** The same for lists of plain flat records. */
export function keptRecords<T extends object>(old: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  if (old === undefined || old.length !== next.length) return next
  return next.every((item, i) => sameRecord(item, old[i]!)) ? old : next
}

const sameRecord = <T extends object>(a: T, b: T) => (Object.keys(a) as (keyof T)[]).every((k) => a[k] === b[k])

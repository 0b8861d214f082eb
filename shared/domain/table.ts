/** A map that can be forked: a fork reads through to its base and keeps its own writes. Values are replaced, never mutated. */
export interface Table<K, V> {
  readonly size: number
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): void
  /** in insertion order */
  entries(): Iterable<[K, V]>
  /** an overlay; costs the same for any size of table */
  fork(): Table<K, V>
}

/** A table with these entries. */
export function tableOf<K, V>(entries: Iterable<readonly [K, V]> = []): Table<K, V> {
  const map = new Map(entries)
  const table: Table<K, V> = {
    get size() {
      return map.size
    },
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    set: (key, value) => void map.set(key, value),
    entries: () => map.entries(),
    fork: () => overlay(table),
  }
  return table
}

function overlay<K, V>(base: Table<K, V>): Table<K, V> {
  const own = new Map<K, V>()
  let added = 0
  const table: Table<K, V> = {
    get size() {
      return base.size + added
    },
    get: (key) => (own.has(key) ? own.get(key) : base.get(key)),
    has: (key) => own.has(key) || base.has(key),
    set(key, value) {
      if (!table.has(key)) added++
      own.set(key, value)
    },
    *entries() {
      for (const [key, value] of base.entries()) yield [key, own.has(key) ? own.get(key)! : value]
      for (const entry of own) if (!base.has(entry[0])) yield entry
    },
    fork: () => overlay(table),
  }
  return table
}

/** Interned values: many figures share few authors and few reasons. */
/** Interns values: each is stored once and referred to by its index. */
export class Interned<T> {
  readonly list: T[]
  private readonly indices: Map<string, number>
  private readonly nameOf: (value: T) => string
  /** a one-entry cache: the counters of one report share their author and reason */
  private last: T
  private lastIndex = 0

  constructor(list: [T, ...T[]], nameOf: (value: T) => string) {
    this.list = list
    this.nameOf = nameOf
    this.indices = new Map(list.map((value, i) => [nameOf(value), i]))
    this.last = list[0]
  }

  at(index: number): T {
    return this.list[index]!
  }

  indexOf(value: T): number {
    if (value === this.last) return this.lastIndex
    const name = this.nameOf(value)
    let index = this.indices.get(name)
    if (index === undefined) this.indices.set(name, (index = this.list.push(value) - 1))
    this.last = value
    this.lastIndex = index
    return index
  }
}

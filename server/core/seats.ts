/** How many live connections somebody has, counted from the first byte to the last. */

export interface Seats {
  /** takes a seat of each of the names, which may have so many; null when one of them has none left */
  take(wanted: readonly { name: string; most: number }[]): (() => void) | null
  /** how many seats of the name are taken */
  taken(name: string): number
}

export function createSeats(): Seats {
  const taken = new Map<string, number>()
  const of = (name: string) => taken.get(name) ?? 0
  return {
    taken: of,
    take(wanted) {
      if (wanted.some(({ name, most }) => of(name) >= most)) return null
      for (const { name } of wanted) taken.set(name, of(name) + 1)
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        for (const { name } of wanted) {
          if (of(name) > 1) taken.set(name, of(name) - 1)
          else taken.delete(name)
        }
      }
    },
  }
}

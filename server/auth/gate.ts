/** How much work of one kind is done at once. */

/** Runs the work when its turn has come; undefined, at once, when too much waits already. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T> | undefined

/** At most `width` at once and `waiting` behind them, first come first served. */
export function createGate(width: number, waiting: number): Gate {
  const line: (() => void)[] = []
  let running = 0
  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= width) await new Promise<void>((turn) => line.push(turn))
    else running++
    try {
      return await work()
    } finally {
      // whoever is next takes over the place
      const next = line.shift()
      if (next === undefined) running--
      else next()
    }
  }
  return (work) => (running >= width && line.length >= waiting ? undefined : run(work))
}

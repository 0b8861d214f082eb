/** How much work of one kind is done at once. */

export interface Gate {
  /** Runs the work when its turn has come; undefined where too much waits already, or when the gate closes before. */
  pass<T>(work: () => Promise<T>): Promise<T | undefined>
  /** what waits is not done, nor what comes later; what has begun is */
  close(): void
}

/** At most `width` at once and `waiting` behind them, first come first served. */
export function createGate(width: number, waiting: number): Gate {
  const line: ((mine: boolean) => void)[] = []
  let running = 0
  let closed = false
  return {
    async pass(work) {
      if (closed || (running >= width && line.length >= waiting)) return undefined
      if (running < width) running++
      else if (!(await new Promise<boolean>((turn) => line.push(turn)))) return undefined
      try {
        return await work()
      } finally {
        // whoever is next takes over the place
        const next = line.shift()
        if (next === undefined) running--
        else next(true)
      }
    },
    close() {
      closed = true
      for (const turn of line.splice(0)) turn(false)
    },
  }
}

/** What every attack on a promise is: rounds, each from a seed of its own, that throw when the promise is broken. */

/** Counts of what happened; those whose names end in `Max` are the largest seen, the others sums. */
export type Tally = Record<string, number>

export interface Attack {
  /** what it proves, in one line */
  title: string
  /** rounds of the full form */
  rounds: number
  /** why this machine cannot run it; null when it can */
  impossible?(): Promise<string | null>
  /** rejects when the promise is broken; the same seed draws the same lots */
  round(seed: number): Promise<Tally>
  /** ends what the rounds share */
  close?(): Promise<void>
}

/** A promise was broken in a round. */
export class Broken extends Error {
  /** the seed of the round */
  readonly seed: number
  constructor(seed: number, round: number, cause: unknown) {
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    super(`round ${round + 1}, seed ${seed}: ${why}`, { cause })
    this.seed = seed
  }
}

/** Runs `rounds` of it, the first with `seed`, each later one with the next number, and closes it. Rejects with a Broken. */
export async function attack(it: Attack, rounds: number, seed: number, done?: (round: number) => void): Promise<Tally> {
  const whole: Tally = {}
  try {
    for (let round = 0; round < rounds; round++) {
      const tally = await it.round(seed + round).catch((error: unknown) => {
        throw new Broken(seed + round, round, error)
      })
      add(whole, tally)
      done?.(round + 1)
    }
  } finally {
    await it.close?.()
  }
  return whole
}

function add(whole: Tally, tally: Tally): void {
  for (const [name, n] of Object.entries(tally)) {
    const before = whole[name] ?? 0
    whole[name] = name.endsWith('Max') ? Math.max(before, n) : before + n
  }
}

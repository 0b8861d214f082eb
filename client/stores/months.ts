/** Older months of days, which never change under their address: fetched once, kept while the page lives. */
import { shallowReactive } from 'vue'
import type { DayRow } from '../../shared/view/rows.ts'

/** A month of a unit as some seq left it. */
export interface MonthAddress {
  unit: string
  /** `YYYY-MM` */
  month: string
  seq: number
}

export interface Months {
  /** the month's days as they are held, maybe of an earlier seq than asked for; undefined before the first have come */
  held(address: Omit<MonthAddress, 'seq'>): { seq: number; days: readonly DayRow[] } | undefined
  /** fetches the month unless it is held or on its way */
  want(address: MonthAddress): void
}

/** Months held at most. */
const MOST = 240
const TRIES = 5
const AGAIN_MS = 2_000

/** `load` answers null when it could not; it is asked again a few times, then when the month is next wanted. */
export function createMonths(
  load: (address: MonthAddress) => Promise<readonly DayRow[] | null>,
  wait: (ms: number) => Promise<void>,
): Months {
  const kept = shallowReactive(new Map<string, { seq: number; days: readonly DayRow[] }>())
  const asking = new Map<string, number>()
  const keyOf = ({ unit, month }: Omit<MonthAddress, 'seq'>) => `${unit} ${month}`

  async function ask(address: MonthAddress): Promise<void> {
    const key = keyOf(address)
    asking.set(key, address.seq)
    // a later seq may be asked for meanwhile
    for (let n = 0; n < TRIES && asking.get(key) === address.seq; n++) {
      const days = await load(address)
      if (asking.get(key) !== address.seq) return
      if (days !== null) {
        for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - MOST))) kept.delete(oldest)
        kept.set(key, { seq: address.seq, days })
        break
      }
      await wait(AGAIN_MS)
    }
    if (asking.get(key) === address.seq) asking.delete(key)
  }

  return {
    held: (address) => kept.get(keyOf(address)),
    want(address) {
      const key = keyOf(address)
      if (kept.get(key)?.seq === address.seq || asking.get(key) === address.seq) return
      void ask(address)
    },
  }
}

/** Older months of days, which never change under their address: fetched once, kept while the page lives. */
import { shallowReactive } from 'vue'
import type { DayRow } from '../../shared/view/rows.ts'

/** A month of a unit as some change left it. */
export interface MonthAddress {
  unit: string
  /** `YYYY-MM` */
  month: string
  /** as the unit's rows name it */
  address: string
}

/** A month's days, and the address that they were fetched by. */
interface Held {
  address: string
  days: readonly DayRow[]
}

export interface Months {
  /** the month's days as they are held, maybe of an earlier address than asked for; undefined before the first have come */
  held(of: Omit<MonthAddress, 'address'>): Held | undefined
  /** fetches the month unless it is held or on its way */
  want(wanted: MonthAddress): void
}

/** Months held at most. */
const MOST = 240
const TRIES = 5
const AGAIN_MS = 2_000

/** `load` answers null when it could not; it is asked again a few times, then when the month is next wanted. */
export function createMonths(
  load: (wanted: MonthAddress) => Promise<readonly DayRow[] | null>,
  wait: (ms: number) => Promise<void>,
): Months {
  const months = shallowReactive(new Map<string, Held>())
  /** by month: the address that is asked for now */
  const asking = new Map<string, string>()
  const keyOf = ({ unit, month }: Omit<MonthAddress, 'address'>) => `${unit} ${month}`

  async function ask(wanted: MonthAddress): Promise<void> {
    const { address } = wanted
    const key = keyOf(wanted)
    asking.set(key, address)
    // a later one may be asked for meanwhile
    for (let n = 0; n < TRIES && asking.get(key) === address; n++) {
      const days = await load(wanted)
      if (asking.get(key) !== address) return
      if (days !== null) {
        for (const oldest of [...months.keys()].slice(0, Math.max(0, months.size + 1 - MOST))) months.delete(oldest)
        months.set(key, { address, days })
        break
      }
      await wait(AGAIN_MS)
    }
    if (asking.get(key) === address) asking.delete(key)
  }

  return {
    held: (of) => months.get(keyOf(of)),
    want(wanted) {
      const key = keyOf(wanted)
      if (months.get(key)?.address === wanted.address || asking.get(key) === wanted.address) return
      void ask(wanted)
    },
  }
}

/** Addresses of figures on the daily sheet. */
import type { Day } from '../../shared/progress/day.ts'
import { mayWatch } from '../../shared/policy.ts'
import { useRightsDay } from './clock.ts'
import { useProgramme } from './programme.ts'
import { useSession } from './session.ts'

/**
 * The sheet that holds a unit's figures of a day; null when the reader may not see it. Of a reporting unit with a counter it
 * is opened at that cell.
 */
export function useSheetAddress(): (unit: string, day: Day, counter?: string) => string | null {
  const session = useSession()
  const store = useProgramme()
  const today = useRightsDay()
  return (unit, day, counter) => {
    const { me } = session
    const may = (of: string) => me !== null && mayWatch(me, { kind: 'sheet', unit: of, day }, store.units, today.value)
    if (!may(unit)) return null
    if (!store.units.isLeaf(unit)) return `/sheet/${unit}/${day}`
    // a sheet holds the streets of one unit
    const holder = store.units.get(unit)?.parent ?? unit
    const at = counter === undefined ? unit : `${unit}/${counter}`
    return `/sheet/${may(holder) ? holder : unit}/${day}?at=${at}`
  }
}

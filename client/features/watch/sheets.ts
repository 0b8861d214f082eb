/** Where a report can be opened: its sheet for those who may see it, else the page of its unit. */
import type { Day } from '../../../shared/progress/day.ts'
import { mayWatch } from '../../../shared/policy.ts'
import { useRightsDay } from '../../stores/clock.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSession } from '../../stores/session.ts'
import { type UnitAddress, useUnitLink } from './links.ts'

export interface Sheets {
  /** address of the sheet that holds a street's report of a day; null when the reader may not see it */
  sheet(street: string, day: Day): string | null
  /** the sheet, or the unit's page */
  cell(street: string, day: Day | null): string | UnitAddress
}

export function useSheets(): Sheets {
  const session = useSession()
  const store = useProgramme()
  const unitLink = useUnitLink()
  const today = useRightsDay()
  const sheet: Sheets['sheet'] = (street, day) => {
    const { me } = session
    const may = (unit: string) => me !== null && mayWatch(me, { kind: 'sheet', unit, day }, store.units, today.value)
    if (!may(street)) return null
    // a sheet holds the streets of one unit
    const holder = store.units.get(street)?.parent ?? street
    return `/sheet/${may(holder) ? holder : street}/${day}`
  }
  return { sheet, cell: (street, day) => (day === null ? null : sheet(street, day)) ?? unitLink(street) }
}

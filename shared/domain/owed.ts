/** Which reports are owed, and who is to be reminded of them (E4–E6). */
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import { hasValue } from './figures.ts'
import { isMachine } from './machineId.ts'
import { cellKey } from './silence.ts'
import { hasBegun } from './steps.ts'
import type { CellName } from './values.ts'
import { dueThrough, type Member, type World } from './world.ts'

/** Days back from the due day that are looked at, and reports in all. */
const DAYS = 31
const REPORTS = 60_000

/** Number of the first day that reminders look at; the day after the due day (null: any) where there is none. */
export function firstLookedAt({ setting, lockedThrough }: World, due: Day): number {
  const { programme, units } = setting!
  const days = Math.min(DAYS, Math.max(1, Math.floor(REPORTS / units.leaves(units.root).length)))
  const unlocked = lockedThrough === null ? 0 : dayNumber(lockedThrough) + 1
  return Math.max(dayNumber(due) - days + 1, dayNumber(programme.startsOn), unlocked)
}

/** Counters (indices) that a report owes while its day is due: those expected that are blank and have no approved value (C12). */
export function owedOf({ setting, cells }: World, unit: string, day: number): number[] {
  return setting!.rhythm.expected(unit, day).filter((counter) => !hasValue(cells.figure(unit, day, counter)))
}

/** True for a report that is due, is not locked, and owes a counter, however long it has been. */
export function isOwed(world: World, { unit, day }: CellName): boolean {
  const due = dueThrough(world)
  const isUnlocked = world.lockedThrough === null || day > world.lockedThrough
  return due !== null && day <= due && isUnlocked && owedOf(world, unit, dayNumber(day)).length > 0
}

/** The reports that are owed at a unit and below it, from a day (its number) on, else of the days that reminders look at; by day, then in the order of units. */
export function owedAt(world: World, unit: string, from?: number): CellName[] {
  const due = dueThrough(world)
  if (due === null) return []
  const found: CellName[] = []
  const leaves = world.setting!.units.leaves(unit)
  for (let day = from ?? firstLookedAt(world, due), last = dayNumber(due); day <= last; day++)
    for (const leaf of leaves) if (owedOf(world, leaf, day).length > 0) found.push({ unit: leaf, day: dayOf(day) })
  return found
}

/** True while reminders of the report are postponed. */
export function isPostponed({ silence, today }: World, cell: CellName): boolean {
  const postponed = silence.cells.get(cellKey(cell))?.postponed
  return postponed != null && today !== null && today <= postponed.until
}

/** Was the day asked (C15)? */
export const wasAsked = ({ steps }: World, { day }: CellName): boolean => hasBegun(steps, day)

/** Living members to be reminded at each stage, by unit. */
export type Officials = Readonly<Record<'official' | 'district', ReadonlyMap<string, readonly string[]>>>

/** People of the district role: for the officials those who report, for the district also those who review. */
export function officialsIn({ members }: World): Officials {
  const all = [...members.entries()].map(([, member]) => member)
  const living = all.filter(
    ({ id, ended, role, tasks }) => !ended && !isMachine(id) && role === 'district' && tasks.length > 0,
  )
  const byUnit = (some: readonly Member[]) =>
    new Map([...Map.groupBy(some, ({ unit }) => unit)].map(([unit, there]) => [unit, there.map(({ id }) => id)]))
  return { official: byUnit(living.filter(({ tasks }) => tasks.includes('report'))), district: byUnit(living) }
}

/** Who is reminded of a unit's reports: those at the nearest unit that has anybody, at it or above; `district`: above it alone. */
export function officialsOf(
  { setting }: Pick<World, 'setting'>,
  officials: Officials,
  unit: string,
  stage: 'official' | 'district',
): readonly string[] {
  const chain = setting!.units.chain(unit)
  const from = stage === 'official' ? chain : chain.slice(1)
  for (const up of from) {
    const there = officials[stage].get(up)
    if (there !== undefined) return there
  }
  return []
}

/** Scope `calendar:U`: the days of this month and the one before, of every reporting unit at or below U. */
import type { World } from '../../../shared/domain/world.ts'
import { cellKey, type Silence } from '../../../shared/domain/silence.ts'
import { hasBegun } from '../../../shared/domain/steps.ts'
import { dueThrough } from '../../../shared/domain/world.ts'
import { dayNumber, dayOf } from '../../../shared/progress/day.ts'
import type { CalendarDay, CalendarRow } from '../../../shared/view/calendar.ts'
import { dueStateOf, isGiven, reportStanding } from '../../../shared/view/due.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import { accountOf, figuresOf, type Ledger } from '../ledger.ts'
import type { State } from '../state.ts'
import { clockRow, touchesClock } from './clock.ts'
import { ALL, type View } from './view.ts'

/** Reporting units that a calendar has rows of at most; with more of them below a unit it has none. */
const MOST_UNITS = 1_000

export function calendarView({ world }: State, ledger: Ledger, unit: string): View {
  const { units } = world.setting!
  const leaves = units.leaves(unit)
  const shown = leaves.length <= MOST_UNITS ? leaves : []

  return {
    *keys() {
      yield rowKey.clock()
      for (const month of monthsShown(world)) for (const leaf of shown) yield rowKey.calendar(units.index(leaf), month)
    },
    row(key) {
      if (kindOf(key) === 'clock') return clockRow(world)
      const [index, month] = key.slice(1).split('.') as [string, string]
      return calendarRow(ledger, key, units.at(Number(index)), `${month.slice(0, 4)}-${month.slice(4)}`)
    },
    touch(change, mark) {
      if (change.movesClock || 'through' in change.event.data) mark(ALL)
      else if (touchesClock(change)) mark(rowKey.clock())
      if (change.cell === null || shown.length === 0 || !units.within(change.cell.unit, unit)) return
      const month = change.cell.day.slice(0, 7)
      if (monthsShown(world).includes(month)) mark(rowKey.calendar(units.index(change.cell.unit), month))
    },
  }
}

/** `YYYY-MM` of the month before today's and of today's; none before the first day. */
function monthsShown({ today }: World): string[] {
  if (today === null) return []
  const before = dayOf(dayNumber(`${today.slice(0, 7)}-01`) - 1)
  return [before.slice(0, 7), today.slice(0, 7)]
}

function calendarRow(ledger: Ledger, key: string, unit: string, month: string): CalendarRow {
  const first = dayNumber(`${month}-01`)
  const days: CalendarDay[] = []
  for (let n = first; dayOf(n).startsWith(month); n++) days.push(calendarDay(ledger, unit, n))
  return { kind: 'calendar', key, unit, month, days }
}

function calendarDay(ledger: Ledger, unit: string, n: number): CalendarDay {
  const { world } = ledger
  const { units, rhythm, programme } = world.setting!
  const day = dayOf(n)
  const figures = figuresOf(world, unit, n)
  const expected = rhythm.expected(unit, n)
  const state = dueStateOf({
    ...{ day, due: dueThrough(world), starts: units.startsOn(unit), ends: units.endsOn(unit), expected, figures },
  })
  const { notInTime, confirmedOn } = accountOf(ledger, unit)
  const given = figures.filter(isGiven)
  const blank = given.length === 0 ? [] : expected.filter((counter) => !isGiven(figures[counter]!))
  const isPast = world.today !== null && day < world.today && day >= programme.startsOn
  return {
    state,
    ...(notInTime.has(n) && reportStanding(figures, expected) === 'in' && { late: true }),
    ...(given.length > 0 && given.every(({ value, approved }) => (value ?? approved) === 0) && { zero: true }),
    ...(blank.length > 0 && { blank }),
    ...(world.lockedThrough !== null && day <= world.lockedThrough && { locked: true }),
    ...(isSupervised(world.silence.cells.get(cellKey({ unit, day }))) && { supervised: true }),
    ...(isPast && expected.length > 0 && !hasBegun(world.steps, day) && { notAsked: true }),
    ...(confirmedOn.has(n) && { confirmed: true }),
  }
}

const isSupervised = (known: Silence | undefined): boolean =>
  known !== undefined && known.item !== null && known.closed === null

/** Which counters a unit is expected to report on which day, and the days that such a report covers. */
import type { Programme, Unit } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import { type Rhythm, RHYTHMS } from '../domain/values.ts'
import { type Workdays, workdays } from './calendar.ts'
import { dayNumber } from './day.ts'
import { periodEnd, periodStart } from './period.ts'

export interface Rhythms {
  /** how often the unit reports the counter (by its index): what unit or counter says, of both the rarer, else the programme's */
  of(unit: string, counter: number): Rhythm
  /** true when the counter is expected of the reporting unit for this day (by its number) */
  expects(unit: string, counter: number, day: number): boolean
  /** indices of the counters expected that day; a shared array, empty when there are none */
  expected(unit: string, day: number): readonly number[]
  /** number of the first day that the report of this day covers; the day itself when it is not the report of a period */
  spanFrom(unit: string, counter: number, day: number): number
  /** number of the day by which the report that covers this day is dated; null where no report covers it */
  reportDay(unit: string, counter: number, day: number): number | null
  /**
   * the same number for days whose figures may be compared: worked days, days off, whole periods of a rhythm, and periods
   * that the unit's life or the programme has cut to the same length
   */
  kind(unit: string, counter: number, day: number): number
  /** how many days before a day its usual is looked for */
  lookBack(unit: string, counter: number): number
}

/** Days before a day in which its usual is looked for: room for 15 reports of the rhythm. */
export const LOOK_BACK_DAYS: Readonly<Record<Rhythm, number>> = {
  everyDay: 90,
  workdays: 90,
  weekly: 182,
  tenDays: 274,
  monthly: 550,
}

/** True for weekly and rarer. */
export const isPeriodic = (rhythm: Rhythm): boolean => rarity(rhythm) > rarity('workdays')

/** The rarer of what is said; null when nothing is. */
function rarest(...said: readonly (Rhythm | null | undefined)[]): Rhythm | null {
  return said.reduce<Rhythm | null>(
    (most, r) => (r != null && (most === null || rarity(r) > rarity(most)) ? r : most),
    null,
  )
}

/** The rhythm of a counter (by index) for a unit with the units above it: what is nearest counts, then see `Rhythms.of`. */
export function effectiveRhythm(
  programme: Pick<Programme, 'counters' | 'reporting'>,
  chain: readonly Unit[],
  counter: number,
): Rhythm {
  const own = chain.find((u) => u.expected !== null)?.expected
  return rarest(own, programme.counters[counter]?.expected) ?? programme.reporting.expected
}

const rarity = (rhythm: Rhythm): number => RHYTHMS.indexOf(rhythm)

/** Kinds of day 0 and 1 are worked and off; those of whole periods follow, then those of cut ones by their days. */
const WORKED = 0
const OFF = 1
const PERIOD = 2

/** What a rhythm expects of a life, by days since its first: the first day of the span reported then, or −1. */
type Course = Int32Array

/** What is expected of a unit from its first day on. Units that are alike share one. */
interface Life {
  first: number
  rhythms: readonly Rhythm[]
  courses: readonly Course[]
  /** by days since the first: bits of the counters expected */
  masks: Uint32Array
}

/** Everything is worked out from the programme; `calendar` may be given where it is there already. */
export function rhythmOf(
  programme: Programme,
  units: Units,
  calendar: Workdays = workdays(programme.calendar),
): Rhythms {
  const counters = programme.counters.map((_, i) => i)
  const courses = new Map<string, Course>()
  const lives = new Map<string, Life>()
  /** arrays of counters by their bits */
  const sets = new Map<number, readonly number[]>([[0, []]])
  const byUnit = new Map(units.all.map((code) => [code, lifeOf(code)]))

  function lifeOf(code: string): Life {
    const chain = units.chain(code).map((up) => units.get(up)!)
    const rhythms = counters.map((counter) => effectiveRhythm(programme, chain, counter))
    const first = Math.max(dayNumber(units.startsOn(code)), dayNumber(programme.startsOn))
    const end = units.endsOn(code)
    const last = Math.min(dayNumber(programme.endsOn), end === null ? Infinity : dayNumber(end))
    const key = `${first} ${last} ${rhythms.join(' ')}`
    let life = lives.get(key)
    if (life === undefined) {
      const each = rhythms.map((rhythm) => courseOf(rhythm, first, last))
      const masks = new Uint32Array(Math.max(0, last - first + 1))
      each.forEach((spans, counter) => spans.forEach((span, i) => (masks[i]! |= span < 0 ? 0 : 1 << counter)))
      lives.set(key, (life = { first, rhythms, courses: each, masks }))
    }
    return life
  }

  function courseOf(rhythm: Rhythm, first: number, last: number): Course {
    const key = `${rhythm} ${first} ${last}`
    let course = courses.get(key)
    if (course === undefined) {
      const spans = new Int32Array(Math.max(0, last - first + 1)).fill(-1)
      for (let start = first, end; start <= last; start = end + 1) {
        end = Math.min(last, periodEnd(rhythm, start))
        let dated = end
        if (rhythm !== 'everyDay') while (dated >= start && !calendar.isWorkNumber(dated)) dated--
        if (dated >= start) spans[dated - first] = start
      }
      courses.set(key, (course = spans))
    }
    return course
  }

  /** the span's first day, or −1 */
  const spanOf = (unit: string, counter: number, day: number): number => {
    const life = byUnit.get(unit)
    return life?.courses[counter]?.[day - life.first] ?? -1
  }
  const rhythmAt = (unit: string, counter: number): Rhythm =>
    byUnit.get(unit)?.rhythms[counter] ?? programme.reporting.expected

  return {
    of: rhythmAt,
    expects: (unit, counter, day) => spanOf(unit, counter, day) >= 0,
    expected(unit, day) {
      const life = byUnit.get(unit)
      const mask = life?.masks[day - life.first] ?? 0
      let set = sets.get(mask)
      if (set === undefined) sets.set(mask, (set = counters.filter((c) => (mask & (1 << c)) !== 0)))
      return set
    },
    spanFrom(unit, counter, day) {
      const span = spanOf(unit, counter, day)
      return span < 0 ? day : span
    },
    reportDay(unit, counter, day) {
      const last = periodEnd(rhythmAt(unit, counter), day)
      for (let dated = day; dated <= last; dated++) {
        const from = spanOf(unit, counter, dated)
        if (from >= 0) return from <= day ? dated : null
      }
      return null
    },
    kind(unit, counter, day) {
      const rhythm = rhythmAt(unit, counter)
      const from = isPeriodic(rhythm) ? spanOf(unit, counter, day) : -1
      if (from < 0) return calendar.isWorkNumber(day) ? WORKED : OFF
      const life = byUnit.get(unit)!
      const end = periodEnd(rhythm, day)
      const last = Math.min(end, life.first + life.masks.length - 1)
      const isWhole = from === periodStart(rhythm, day) && last === end
      return PERIOD + rarity(rhythm) + (isWhole ? 0 : (last - from + 1) * RHYTHMS.length)
    },
    lookBack: (unit, counter) => LOOK_BACK_DAYS[rhythmAt(unit, counter)],
  }
}

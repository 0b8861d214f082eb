/** Which counters a unit is expected to report on which days, and the days that each report covers (C9). */
import type { Programme, Unit } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import { type Rhythm, RHYTHMS } from '../domain/values.ts'
import { type Workdays, workdays } from './calendar.ts'
import { dayNumber } from './day.ts'
import { periodEnd, periodStart } from './period.ts'

export interface Rhythms {
  /** how often the unit reports the counter (by index): the unit's or the counter's rhythm, the less frequent where both have one, else the programme's */
  of(unit: string, counter: number): Rhythm
  /** true when the reporting unit is expected to report the counter for this day (a day number) */
  expects(unit: string, counter: number, day: number): boolean
  /** indices of the counters expected that day; a shared array, do not modify */
  expected(unit: string, day: number): readonly number[]
  /** first day that the report dated this day covers (day numbers); the day itself when it does not cover a period */
  spanFrom(unit: string, counter: number, day: number): number
  /** date of the report that covers this day (day numbers); null when none does */
  reportDay(unit: string, counter: number, day: number): number | null
  /**
   * equal for days whose figures may be compared: working days, days off, full periods of a rhythm, and periods that the
   * unit's life or the programme cuts to the same length (R43)
   */
  kind(unit: string, counter: number, day: number): number
  /** how many days back usual values are taken from */
  lookBack(unit: string, counter: number): number
}

/** Days back from which usual values are taken: enough for 15 reports of the rhythm (R36). */
export const LOOK_BACK_DAYS: Readonly<Record<Rhythm, number>> = {
  everyDay: 90,
  workdays: 90,
  weekly: 182,
  tenDays: 274,
  monthly: 550,
}

/** True for weekly and rarer. */
export const isPeriodic = (rhythm: Rhythm): boolean => rarity(rhythm) > rarity('workdays')

/** The least frequent rhythm; null when there is none. */
function rarest(...rhythms: readonly (Rhythm | null | undefined)[]): Rhythm | null {
  return rhythms.reduce<Rhythm | null>(
    (most, r) => (r != null && (most === null || rarity(r) > rarity(most)) ? r : most),
    null,
  )
}

/** The rhythm of a counter (by index) for the unit that `chain` begins with: the nearest unit's rhythm, combined as in `Rhythms.of`. */
export function effectiveRhythm(
  programme: Pick<Programme, 'counters' | 'reporting'>,
  chain: readonly Unit[],
  counter: number,
): Rhythm {
  const own = chain.find((u) => u.expected !== null)?.expected
  return rarest(own, programme.counters[counter]?.expected) ?? programme.reporting.expected
}

const rarity = (rhythm: Rhythm): number => RHYTHMS.indexOf(rhythm)

/** Kinds 0 and 1 are working days and days off; then full periods by rhythm, then cut periods by rhythm and length. */
const WORKED = 0
const OFF = 1
const PERIOD = 2

/** What a rhythm expects over a life, by days since its first day: the first day of the span reported that day, or −1. */
type Schedule = Int32Array

/** What is expected of a unit from its first day to its last. Units with the same days and rhythms share one. */
interface Life {
  first: number
  rhythms: readonly Rhythm[]
  schedules: readonly Schedule[]
  /** by days since `first`: bit mask of the expected counters */
  masks: Uint32Array
}

/** Computes the rhythms of a programme; pass `calendar` where it has been built already. */
export function rhythmOf(
  programme: Programme,
  units: Units,
  calendar: Workdays = workdays(programme.calendar),
): Rhythms {
  const counters = programme.counters.map((_, i) => i)
  const schedules = new Map<string, Schedule>()
  const lives = new Map<string, Life>()
  /** arrays of counters by bit mask */
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
      const each = rhythms.map((rhythm) => scheduleOf(rhythm, first, last))
      const masks = new Uint32Array(Math.max(0, last - first + 1))
      each.forEach((spans, counter) => spans.forEach((span, i) => (masks[i]! |= span < 0 ? 0 : 1 << counter)))
      lives.set(key, (life = { first, rhythms, schedules: each, masks }))
    }
    return life
  }

  function scheduleOf(rhythm: Rhythm, first: number, last: number): Schedule {
    const key = `${rhythm} ${first} ${last}`
    let schedule = schedules.get(key)
    if (schedule === undefined) {
      const spans = new Int32Array(Math.max(0, last - first + 1)).fill(-1)
      for (let start = first, end; start <= last; start = end + 1) {
        end = Math.min(last, periodEnd(rhythm, start))
        let dated = end
        if (rhythm !== 'everyDay') while (dated >= start && !calendar.isWorkNumber(dated)) dated--
        if (dated >= start) spans[dated - first] = start
      }
      schedules.set(key, (schedule = spans))
    }
    return schedule
  }

  /** the span's first day, or −1 */
  const spanOf = (unit: string, counter: number, day: number): number => {
    const life = byUnit.get(unit)
    return life?.schedules[counter]?.[day - life.first] ?? -1
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

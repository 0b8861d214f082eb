/** Builds the input of the questions (`questions.ts`) from the world, and separates what the sender has confirmed from what is still open. */
import type { Refusal } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { isPeriodic } from '../progress/rhythm.ts'
import { USUAL_DAYS } from '../progress/usual.ts'
import type { Cells, Figure } from './cells.ts'
import { countedValue } from './figures.ts'
import { type Covering, type QuestionInput, questionsOf } from './questions.ts'
import { type AskedCode, type Confirmed, type QuestionCode, QUESTIONS } from './values.ts'
import { dueThrough, type Setting, type World } from './world.ts'

/** A unit's latest values on days comparable with this one (a day number), newest first, without disputed ones (R36). */
export function usualValues(setting: Setting, cells: Cells, unit: string, counter: number, day: number): number[] {
  const { rhythm, calendar } = setting
  const kind = rhythm.kind(unit, counter, day)
  const worked = calendar.isWorkNumber(day)
  // most counters are daily, so their kind of day is the calendar's; this runs for every day looked at
  const wanted = isPeriodic(rhythm.of(unit, counter))
    ? (n: number) => rhythm.kind(unit, counter, n) === kind
    : (n: number) => calendar.isWorkNumber(n) === worked
  return cells.latest(unit, counter, day, day - rhythm.lookBack(unit, counter), wanted, USUAL_DAYS)
}

/** First day covered by the unit's report of that day for a counter (days by number); the day itself for a daily counter. */
const coveredFrom = ({ rhythm }: Setting, unit: string, counter: number, day: number): number =>
  isPeriodic(rhythm.of(unit, counter)) ? rhythm.spanFrom(unit, counter, day) : day

/** Total of `counter` on earlier days of the period that the day's report of `within` covers; 0 unless `within` is reported less often. */
export function givenEarlier(
  setting: Setting,
  cells: Pick<Cells, 'totalThrough'>,
  unit: string,
  [counter, within]: readonly [counter: number, within: number],
  day: number,
): number {
  const from = coveredFrom(setting, unit, within, day)
  if (from === day) return 0
  return cells.totalThrough(unit, day - 1, counter) - cells.totalThrough(unit, from - 1, counter)
}

/** The report that covers the day for a counter; `isGiven` tells whether one that is dated later (a day number) has a value. */
export function coveringOf(
  { rhythm }: Pick<Setting, 'rhythm'>,
  unit: string,
  counter: number,
  day: number,
  isGiven: (dated: number) => boolean,
): Covering {
  const dated = rhythm.reportDay(unit, counter, day)
  if (dated === null) return 'none'
  if (dated === day) return 'own'
  return isGiven(dated) ? 'given' : 'awaited'
}

/** The same by the figures of the world. */
export const coveringIn = (setting: Setting, cells: Cells, unit: string, counter: number, day: number): Covering =>
  coveringOf(setting, unit, counter, day, (dated) => countedValue(cells.figure(unit, dated, counter)) !== null)

/** Questions confirmed about a value that a reviewer returned, when it is given again as it was: they are not asked again (R42). */
export const confirmedAgain = (
  { value, returned, confirmed }: Figure,
  given: number | null,
): readonly QuestionCode[] => (returned !== undefined && value === given ? (confirmed ?? []) : [])

/** Changes to totals by earlier items of the same command, not yet in the world. */
export interface PendingChanges {
  total(unit: string, counter: number): number
  through(unit: string, day: number, counter: number): number
  add(setting: Setting, unit: string, day: number, counter: number, change: number): void
}

export function noPendingChanges(): PendingChanges {
  const totals = new Map<string, number[]>()
  /** by unit, then day */
  const days = new Map<string, Map<number, number[]>>()
  const sums = ({ counters }: Setting) => new Array<number>(counters.size).fill(0)
  return {
    total: (unit, counter) => totals.get(unit)?.[counter] ?? 0,
    through(unit, day, counter) {
      let sum = 0
      const own = days.get(unit)
      if (own !== undefined) for (const [n, changes] of own) if (n <= day) sum += changes[counter]!
      return sum
    },
    add(setting, unit, day, counter, change) {
      for (const up of setting.units.chain(unit)) {
        let total = totals.get(up)
        if (total === undefined) totals.set(up, (total = sums(setting)))
        total[counter]! += change
      }
      let own = days.get(unit)
      if (own === undefined) days.set(unit, (own = new Map()))
      let changes = own.get(day)
      if (changes === undefined) own.set(day, (changes = sums(setting)))
      changes[counter]! += change
    },
  }
}

/**
 * Questions about the values that a report would have (null = blank; counters left out stay as they are). `pending` are
 * the changes by earlier items of the command, `elsewhere` those that the same command makes to other reports.
 */
export function questionsAbout(
  world: World,
  setting: Setting,
  unit: string,
  day: Day,
  values: Readonly<Record<string, number | null>>,
  pending: PendingChanges,
  elsewhere?: PendingChanges,
): Refusal[] {
  const { cells } = world
  const { programme, units, bases } = setting
  const n = dayNumber(day)
  const due = dueThrough(world)
  const before = (counter: number) => countedValue(cells.figure(unit, n, counter))
  const newest = {
    totalThrough: (code: string, last: number, counter: number) =>
      cells.totalThrough(code, last, counter) + pending.through(code, last, counter),
  }
  const input: QuestionInput = {
    counters: programme.counters,
    chain: units.chain(unit),
    before,
    after(counter) {
      const { key } = programme.counters[counter]!
      return Object.hasOwn(values, key) ? values[key]! : before(counter)
    },
    total: (code, counter) => cells.total(code, counter) + pending.total(code, counter),
    through: (counter) => newest.totalThrough(unit, n, counter),
    earlier: (counter, within) => givenEarlier(setting, newest, unit, [counter, within], n),
    confirmed(counter) {
      const { key } = programme.counters[counter]!
      return Object.hasOwn(values, key) ? confirmedAgain(cells.figure(unit, n, counter), values[key]!) : []
    },
    covering: (within) => coveringIn(setting, cells, unit, within, n),
    ...(elsewhere && {
      elsewhere: (code, counter, span) =>
        span === 'all' ? elsewhere.total(code, counter) : code === unit ? elsewhere.through(unit, n, counter) : 0,
    }),
    usual: (counter) => usualValues(setting, cells, unit, counter, n),
    low: due !== null && day <= due,
    bases: (code, counter) => bases.of(code, counter),
  }
  return questionsOf(input)
}

/** Questions that the sender has not confirmed, each with its counter's place in the input. */
export function unconfirmed(
  questions: readonly Refusal[],
  confirmed: readonly AskedCode[] | undefined,
  at: (counter: string) => string,
): Refusal[] {
  const open = questions.filter((q) => !confirmed?.some((code) => code === q.code))
  return open.map((q) => ({ ...q, at: at(q.at ?? '') }))
}

/** Confirmed questions about these counters, by counter, without repeats and in the order of `QUESTIONS`; undefined when there are none. */
export function confirmedOf(
  questions: readonly Refusal[],
  counters: Readonly<Record<string, unknown>>,
): Confirmed | undefined {
  if (questions.length === 0) return undefined
  const found: Confirmed = {}
  for (const counter of Object.keys(counters)) {
    const codes = QUESTIONS.filter((code) => questions.some((q) => q.at === counter && q.code === code))
    if (codes.length > 0) found[counter] = codes
  }
  return Object.keys(found).length > 0 ? found : undefined
}

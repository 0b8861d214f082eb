/** Scope `sheet:U/DAY`: the reports of a day, line by line, and everything that a line is judged by. */
import { coveringIn, givenEarlier, usualValues } from '../../../shared/domain/asking.ts'
import type { TotalBase } from '../../../shared/domain/deriving.ts'
import { movableValue } from '../../../shared/domain/figures.ts'
import { changesSince } from '../../../shared/domain/reattribution.ts'
import { totalBaseOf, totalScene, totalsOf } from '../../../shared/domain/runningTotals.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Offer, World } from '../../../shared/domain/world.ts'
import { type Day, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import type { AskedRow } from '../../../shared/view/asked.ts'
import type { AboveRow, LineRow, OfferRow, OfferSide, ReportRow, Row } from '../../../shared/view/rows.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import { askedIn } from '../asked.ts'
import { figuresOf, type Ledger } from '../ledger.ts'
import type { State } from '../state.ts'
import { estimateOn } from '../sums.ts'
import { clockRow, touchesClock } from './clock.ts'
import { reportFigures } from './figures.ts'
import { ALL, numberIn, person, type View } from './view.ts'

/** Days before DAY that a line shows. */
const PAST_DAYS = 15

/** Units whose sheets have a line of the reporting unit. */
export const sheetsWith = (units: Units, leaf: string): readonly string[] => units.chain(leaf).slice(0, 2)

export function sheetView({ world }: State, ledger: Ledger, unit: string, day: Day): View {
  const { units, bases } = world.setting!
  const counters = world.setting!.programme.counters.map((_, counter) => counter)
  const n = dayNumber(day)
  const reporting = units.children(unit).filter((child) => units.isLeaf(child))
  const lines = new Set(units.isLeaf(unit) ? [unit] : reporting)
  const hasBase = (code: string, counter: number) => bases.of(code, counter).length > 0
  const isSum = lines.size > 0 && !lines.has(unit)
  const above = units
    .chain(unit)
    .filter((up) => !lines.has(up) && ((isSum && up === unit) || counters.some((counter) => hasBase(up, counter))))
  const aboveKeys = above.map((up) => rowKey.above(units.index(up)))
  const holds = ({ unit: code }: { unit: string }) => lines.has(code)
  const isOpen = (offer: Offer) => offer.state === 'open' && (holds(offer.from) || holds(offer.to))
  /** rows of questions that the units beside have a say in */
  const leaning = new Set<string>()
  const offerKeys = new Set<string>()
  for (const [number, offer] of world.offers.entries()) if (isOpen(offer)) offerKeys.add(rowKey.offer(number))

  function row(key: string): Row | null {
    const kind = kindOf(key)
    if (kind === 'clock') return clockRow(world)
    if (kind === 'offer') {
      const offer = world.offers.get(numberIn(key))
      return offer === undefined || !isOpen(offer) ? null : offerRow(world, key, offer)
    }
    const code = units.at(numberIn(key))
    if (kind === 'report') return reportRow(world, key, code, n)
    if (kind === 'asked') return askedRow(key, code)
    if (kind === 'line')
      return units.ended(code, day) && !isWritten(world, code, n) ? null : lineRow(ledger, key, code, n)
    return aboveRow(key, code)
  }

  function takeOffer(number: number, mark: (key: string) => void): void {
    const key = rowKey.offer(number)
    if (isOpen(world.offers.get(number)!)) offerKeys.add(key)
    else if (!offerKeys.delete(key)) return
    mark(key)
  }

  function aboveRow(key: string, code: string): AboveRow {
    const total = counters.map((counter) => (hasBase(code, counter) ? world.cells.total(code, counter) : null))
    return { kind: 'above', key, unit: code, total, ...(isSum && code === unit ? { through: throughOf(code) } : {}) }
  }

  /** Null without a question. */
  function askedRow(key: string, code: string): AskedRow | null {
    leaning.delete(key)
    const questions = askedIn(world, code, day, () => leaning.add(key))
    return questions.length === 0 ? null : { kind: 'asked', key, unit: code, questions }
  }

  function throughOf(code: string): number[] {
    const { cells } = world
    const sum = (counter: number) =>
      units.leaves(code).reduce((through, leaf) => through + cells.totalThrough(leaf, n, counter), 0)
    return counters.map(sum)
  }

  return {
    *keys() {
      yield rowKey.clock()
      for (const code of lines) {
        yield rowKey.report(units.index(code))
        yield rowKey.line(units.index(code))
        yield rowKey.asked(units.index(code))
      }
      yield* aboveKeys
      yield* offerKeys
    },
    row,
    // the other side of an offer is on another sheet
    get restless() {
      return offerKeys.size === 0 ? aboveKeys : [...aboveKeys, ...offerKeys]
    },
    touch(change, mark) {
      const { event, cell } = change
      // a lock carries figures over, and opening its days again ends that
      if (touchesClock(change)) mark(ALL)
      if ('offer' in event.data) takeOffer(event.data.offer, mark)
      if (cell === null) return
      for (const { unit: code, day: on } of [cell, ...cell.others]) {
        if (!lines.has(code)) continue
        mark(rowKey.line(units.index(code)))
        mark(rowKey.asked(units.index(code)))
        if (on !== day) continue
        mark(rowKey.report(units.index(code)))
        for (const beside of leaning) mark(beside)
      }
    },
  }
}

/** Null when nothing was ever written. */
function reportRow(world: World, key: string, unit: string, day: number): ReportRow | null {
  if (!isWritten(world, unit, day)) return null
  return { kind: 'report', key, unit, figures: reportFigures(world, unit, day) }
}

const isWritten = (world: World, unit: string, day: number): boolean =>
  figuresOf(world, unit, day).some(({ version, claim }) => version > 0 || claim !== undefined)

function lineRow(ledger: Ledger, key: string, unit: string, day: number): LineRow {
  const { cells, setting } = ledger.world
  const counters = setting!.programme.counters.map((_, i) => i)
  const limits = setting!.programme.counters.map(({ within }) => setting!.counters.get(within ?? ''))
  const earlier = limits.map((limit, counter) =>
    limit === undefined ? 0 : givenEarlier(setting!, cells, unit, [counter, limit], day),
  )
  const totals = basesIn(ledger.world, unit, dayOf(day))
  const covered = counters.filter((c) => limits.includes(c) && coveringIn(setting!, cells, unit, c, day) === 'given')
  return {
    kind: 'line',
    key,
    unit,
    through: counters.map((counter) => cells.totalThrough(unit, day, counter)),
    total: counters.map((counter) => cells.total(unit, counter)),
    usual: counters.map((counter) => usualValues(setting!, cells, unit, counter, day)),
    past: pastDays(ledger.world, unit, day).map((n) => ({
      day: dayOf(n),
      values: counters.map((counter) => cells.value(unit, n, counter)),
    })),
    estimate: estimateOn(ledger, unit, day) ?? counters.map(() => null),
    ...(earlier.some((n) => n !== 0) && { earlier }),
    ...(covered.length > 0 && { covered }),
    ...(totals.some((base) => base !== null) && { totals }),
  }
}

/** By counter: what a running total for the day is held against; null where the unit has reported none. */
function basesIn(world: World, unit: string, day: Day): (TotalBase | null)[] {
  const scene = totalScene(world, world.setting!)
  return world.setting!.programme.counters.map(({ key }) =>
    totalsOf(world, unit, key).length === 0 ? null : totalBaseOf(scene, unit, day, key),
  )
}

/** Numbers of the latest days before `day` of which anything is expected, newest first. */
function pastDays({ setting }: World, unit: string, day: number): number[] {
  const { programme, rhythm, units } = setting!
  const first = dayNumber(units.startsOn(unit))
  const found: number[] = []
  // a sheet's address may name any day, and nothing is expected after the end
  for (let n = Math.min(day - 1, dayNumber(programme.endsOn)); n >= first && found.length < PAST_DAYS; n--)
    if (rhythm.expected(unit, n).length > 0) found.push(n)
  return found
}

/** An offer with both sides as they stand. */
export function offerRow(world: World, key: string, offer: Offer): OfferRow {
  const setting = world.setting!
  const { from, to, asks, values, reason, by, at } = offer
  return {
    kind: 'offer',
    key,
    offer: numberIn(key),
    from: sideOf(world, from),
    to: sideOf(world, to),
    asks,
    moved: setting.programme.counters.map((counter) => values[counter.key] ?? null),
    changed: changesSince(world, setting, offer).length > 0,
    reason,
    by: person(world, by),
    at,
  }
}

function sideOf(world: World, { unit, day }: Offer['from']): OfferSide {
  const figures = figuresOf(world, unit, dayNumber(day))
  return { unit, day, values: figures.map(movableValue), versions: figures.map(({ version }) => version) }
}

/** Scope `work:U`: the reports of U and all below it that want their official, the gravest first, and the offers that ask one. */
import { isCarried } from '../../../shared/domain/carrying.ts'
import { standing } from '../../../shared/domain/inquiry.ts'
import type { Inquiry, Offer, World } from '../../../shared/domain/world.ts'
import { dueThrough } from '../../../shared/domain/world.ts'
import { dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { isGiven } from '../../../shared/view/due.ts'
import type { Row } from '../../../shared/view/rows.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import { WORK_KINDS, WORK_ROWS, type WorkKind, type WorkRow } from '../../../shared/view/workRows.ts'
import { figuresOf } from '../ledger.ts'
import type { State } from '../state.ts'
import { clockRow, touchesClock } from './clock.ts'
import { offerRow } from './sheet.ts'
import { ALL, numberIn, person, type View } from './view.ts'

/** A piece of work as one number, so that a unit with a hundred thousand of them sorts fast: kind, day, unit. */
const SPAN = 2 ** 20
const codeOf = (what: number, day: number, unit: number): number => (what * SPAN + day) * SPAN + unit
const partsOf = (code: number) => ({
  unit: code % SPAN,
  day: Math.floor(code / SPAN) % SPAN,
  what: WORK_KINDS[Math.floor(code / SPAN / SPAN)]!,
})

/** Each reporting unit is looked through once until something of it changes. */
export function workView({ world }: State, unit: string): View {
  const { units } = world.setting!
  const leaves = units.leaves(unit)
  const known = new Map<string, readonly number[]>()
  let counts: number[] = []
  /** keys of the reports that have a row */
  let shown = new Set<string>()
  let stale = true
  /** reports that have changed and kept their row */
  const changed = new Set<string>()
  /** keys of offers that were open when they were last looked at */
  const answered = new Set<string>()

  const isOurs = ({ state, asks, ...sides }: Offer) => state === 'open' && units.within(sides[asks].unit, unit)
  const offers = new Set<number>()
  for (const [number, offer] of world.offers.entries()) if (isOurs(offer)) offers.add(number)
  /** once nothing can be written any more, nothing can be answered either */
  const openOffers = () => (world.over === null ? [...offers] : [])
  const offerKeys = () => openOffers().slice(0, WORK_ROWS).map(rowKey.offer)

  /** What has a row now; what had one or has changed is to be looked at. */
  function settle(): void {
    if (!stale) return
    stale = false
    counts = WORK_KINDS.map(() => 0)
    const all: number[] = []
    for (const leaf of leaves) {
      let codes = known.get(leaf)
      if (codes === undefined) known.set(leaf, (codes = workOf(world, leaf)))
      for (const code of codes) {
        all.push(code)
        counts[Math.floor(code / SPAN / SPAN)]!++
      }
    }
    const first = Float64Array.from(all).sort().subarray(0, WORK_ROWS)
    shown = new Set(Array.from(first, keyOf))
  }

  const keyOf = (code: number): string => {
    const { what, unit: at, day } = partsOf(code)
    return rowKey.work(what, at, dayOf(day))
  }

  function row(key: string): Row | null {
    const kind = kindOf(key)
    if (kind === 'clock') return clockRow(world)
    if (kind === 'offer') {
      const offer = offerKeys().includes(key) ? world.offers.get(numberIn(key)) : undefined
      return offer === undefined ? null : offerRow(world, key, offer)
    }
    settle()
    if (kind === 'workCounts') return { kind, key, counts, offers: openOffers().length }
    if (!shown.has(key)) return null
    const [what, at, day] = key.slice(1).split('.').map(Number) as [number, number, number]
    return workRow(world, key, WORK_KINDS[what]!, units.at(at), day)
  }

  return {
    *keys() {
      settle()
      changed.clear()
      yield rowKey.clock()
      yield rowKey.workCounts()
      yield* shown
      yield* offerKeys()
    },
    row,
    get restless() {
      const before = shown
      settle()
      const keys = [rowKey.workCounts(), ...before.symmetricDifference(shown), ...changed, ...offerKeys(), ...answered]
      changed.clear()
      answered.clear()
      return keys
    },
    touch(change, mark) {
      const { event, cell } = change
      if (touchesClock(change)) {
        known.clear()
        stale = true
        mark(ALL)
      }
      if ('offer' in event.data) {
        const { offer: number } = event.data
        if (isOurs(world.offers.get(number)!)) offers.add(number)
        else if (offers.delete(number)) answered.add(rowKey.offer(number))
      }
      if (cell === null) return
      for (const { unit: leaf, day } of [cell, ...cell.others]) {
        if (!units.within(leaf, unit)) continue
        known.delete(leaf)
        stale = true
        for (const what of WORK_KINDS) changed.add(rowKey.work(what, units.index(leaf), day))
      }
    },
  }
}

/** Everything that a reporting unit's days want, as codes; nothing where nothing can be written any more. */
function workOf(world: World, leaf: string): number[] {
  const { setting, cells, lockedThrough, over } = world
  const { units, rhythm } = setting!
  if (over !== null) return []
  const due = dueThrough(world)
  const dueDay = due === null ? -Infinity : dayNumber(due)
  const span = cells.span(leaf) ?? { first: Infinity, last: -Infinity }
  const starts = dayNumber(units.startsOn(leaf))
  const locked = lockedThrough === null ? -Infinity : dayNumber(lockedThrough)
  const codes: number[] = []
  const at = units.index(leaf)
  // of a locked day only what was carried over can be brought to an end
  for (const [name] of world.carried.size === 0 ? [] : world.carried.entries()) {
    const [unit, day] = name.split('/') as [string, string]
    const n = dayNumber(day)
    if (unit !== leaf || n > locked) continue
    for (const what of kindsOn(world, leaf, n, [])) codes.push(codeOf(WORK_KINDS.indexOf(what), n, at))
  }
  for (let n = Math.max(locked + 1, Math.min(starts, span.first)); n <= Math.max(dueDay, span.last); n++)
    for (const what of kindsOn(world, leaf, n, n <= dueDay ? rhythm.expected(leaf, n) : []))
      codes.push(codeOf(WORK_KINDS.indexOf(what), n, at))
  return codes
}

/** May a counter (index) of the report still be brought to an end? On a locked day only what was carried over may (P5). */
function isOpenAt({ setting, lockedThrough, carried }: World, unit: string, day: number, counter: number): boolean {
  if (lockedThrough === null || day > dayNumber(lockedThrough)) return true
  return isCarried({ carried }, { unit, day: dayOf(day) }, setting!.programme.counters[counter]!.key)
}

/** What a report wants; `expected` are the counters that must be there by now. */
function kindsOn(world: World, leaf: string, day: number, expected: readonly number[]): WorkKind[] {
  const { cells } = world
  const kinds: WorkKind[] = []
  let [isReturned, isDisputed, isWaiting] = [false, false, false]
  for (let counter = 0; counter < world.setting!.programme.counters.length; counter++) {
    if (!isOpenAt(world, leaf, day, counter)) continue
    const state = cells.state(leaf, day, counter)
    if (state === 'returned') isReturned = true
    if (state === 'disputed') isDisputed = true
    if (state === 'submitted') isWaiting = true
  }
  if (isReturned) kinds.push('returned')
  if (isWaiting && askedOn(world, leaf, day).length > 0) kinds.push('inquiry')
  if (isDisputed) kinds.push('disputed')
  const blank = expected.filter(
    (c) =>
      cells.value(leaf, day, c) === null &&
      cells.approved(leaf, day, c) === null &&
      cells.state(leaf, day, c) !== 'disputed',
  )
  if (blank.length > 0) kinds.push(blank.length === expected.length ? 'missing' : 'partial')
  return kinds
}

/** What a reviewer asked, by counter, without an answer. */
const askedOn = (world: World, unit: string, day: number): readonly Inquiry[] =>
  world.inquiries.size === 0
    ? []
    : standing(world, { unit, day: dayOf(day) }).filter(({ answer }) => answer === undefined)

function workRow(world: World, key: string, what: WorkKind, unit: string, day: number): WorkRow {
  const figures = figuresOf(world, unit, day)
  const expected = world.setting!.rhythm.expected(unit, day)
  const asked = what === 'inquiry' ? askedOn(world, unit, day) : []
  const isAbout = (counter: number): boolean => {
    if (what === 'inquiry') return asked.some((one) => one.counter === world.setting!.programme.counters[counter]!.key)
    const figure = figures[counter]!
    if (what === 'returned' || what === 'disputed') return figure.state === what && isOpenAt(world, unit, day, counter)
    return expected.includes(counter) && !isGiven(figure) && figure.state !== 'disputed'
  }
  const counters = figures.flatMap((_, counter) => (isAbout(counter) ? [counter] : []))
  const row: WorkRow = { kind: 'work', key, unit, day: dayOf(day), what, counters }
  const returned = figures.flatMap(({ state, returned: back }) =>
    what === 'returned' && state === 'returned' && back ? [{ ...back, text: back.reason }] : [],
  )
  const newest = [...returned, ...asked].sort((a, b) => b.at - a.at)[0]
  return newest === undefined
    ? row
    : { ...row, said: { text: newest.text, by: person(world, newest.by), at: newest.at } }
}

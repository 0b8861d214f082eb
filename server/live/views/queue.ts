/** Scope `queue:U`: the reports of U and below that await review, and those with marks that nobody has cleared. */
import type { Figure } from '../../../shared/domain/cells.ts'
import type { World } from '../../../shared/domain/world.ts'
import { dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { QUEUE_ROWS } from '../../../shared/view/queueRows.ts'
import type { Row } from '../../../shared/view/rows.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import { askedIn } from '../asked.ts'
import { figuresOf } from '../ledger.ts'
import type { State } from '../state.ts'
import { clockRow, touchesClock } from './clock.ts'
import { reportFigures } from './figures.ts'
import { ALL, type View } from './view.ts'

/** A report as one number, so that many sort fast: rank (0 = it waits), day, unit. */
const SPAN = 2 ** 20
const codeOf = (rank: number, day: number, unit: number): number => (rank * SPAN + day) * SPAN + unit

/** What a reporting unit has: its reports as codes, how many wait at each level, and how many are marked. */
interface Share {
  codes: readonly number[]
  waiting: readonly number[]
  confirmed: number
}

/** Each reporting unit is looked through once until something of it changes. */
export function queueView({ world }: State, unit: string): View {
  const { units, programme } = world.setting!
  const levels = programme.reporting.reviewLevels
  const shares = new Map<string, Share>()
  let shown = new Set<string>()
  let waiting: number[] = []
  let confirmed = 0
  let isStale = true
  /** reports that have changed and may have kept their row */
  const changed = new Set<string>()

  /** by the unit above and a day: rows with questions that those beside them have a say in; it may name more */
  const leaning = new Map<string, Set<string>>()

  const besideOf = (code: string, day: number) => `${units.get(code)!.parent ?? ''}/${day}`
  function lean(key: string, code: string, day: number): void {
    const name = besideOf(code, day)
    leaning.set(name, (leaning.get(name) ?? new Set()).add(key))
  }

  function settle(): void {
    if (!isStale) return
    isStale = false
    waiting = new Array<number>(levels).fill(0)
    confirmed = 0
    const all: number[] = []
    for (const leaf of units.leaves(unit)) {
      let share = shares.get(leaf)
      if (share === undefined) shares.set(leaf, (share = shareOf(world, leaf, levels)))
      for (const code of share.codes) all.push(code)
      share.waiting.forEach((n, level) => (waiting[level]! += n))
      confirmed += share.confirmed
    }
    const first = Float64Array.from(all).sort().subarray(0, QUEUE_ROWS)
    shown = new Set(Array.from(first, (code) => rowKey.queue(code % SPAN, dayOf(Math.floor(code / SPAN) % SPAN))))
  }

  function row(key: string): Row | null {
    const kind = kindOf(key)
    if (kind === 'clock') return clockRow(world)
    settle()
    if (kind === 'queueCounts') return { kind, key, waiting, confirmed }
    if (!shown.has(key)) return null
    const [at, day] = key.slice(1).split('.').map(Number) as [number, number]
    const code = units.at(at)
    const asked = askedIn(world, code, dayOf(day), () => lean(key, code, day))
    const figures = reportFigures(world, code, day)
    return { kind: 'queue', key, unit: code, day: dayOf(day), figures, ...(asked.length > 0 && { asked }) }
  }

  return {
    *keys() {
      settle()
      changed.clear()
      yield rowKey.clock()
      yield rowKey.queueCounts()
      yield* shown
    },
    row,
    get restless() {
      const before = shown
      settle()
      const keys = [rowKey.queueCounts(), ...before.symmetricDifference(shown), ...changed]
      changed.clear()
      return keys
    },
    touch(change, mark) {
      if (touchesClock(change)) {
        shares.clear()
        isStale = true
        mark(ALL)
      }
      if (change.cell === null) return
      for (const { unit: leaf, day } of [change.cell, ...change.cell.others]) {
        if (!units.within(leaf, unit)) continue
        // what was asked about any of its reports may depend on this one
        for (const code of shares.get(leaf)?.codes ?? [])
          changed.add(rowKey.queue(code % SPAN, dayOf(Math.floor(code / SPAN) % SPAN)))
        for (const key of leaning.get(besideOf(leaf, dayNumber(day))) ?? []) changed.add(key)
        shares.delete(leaf)
        isStale = true
        changed.add(rowKey.queue(units.index(leaf), day))
      }
    },
  }
}

/** Some value of the figure, the newest or the approved one, was confirmed against a warning and is not cleared (K11). */
const hasMarks = ({ confirmed, approvedConfirmed }: Figure): boolean =>
  (confirmed?.length ?? 0) > 0 || (approvedConfirmed?.length ?? 0) > 0

function shareOf(world: World, leaf: string, levels: number): Share {
  const { cells, setting } = world
  const at = setting!.units.index(leaf)
  const codes: number[] = []
  const waiting = new Array<number>(levels).fill(0)
  let confirmed = 0
  const span = cells.span(leaf)
  if (span === null) return { codes, waiting, confirmed }
  for (let n = span.first; n <= span.last; n++) {
    const figures = figuresOf(world, leaf, n)
    const lowest = Math.min(...figures.map(({ state, level }) => (state === 'submitted' ? level : Infinity)))
    const marked = figures.some(hasMarks)
    if (lowest < levels) waiting[lowest]!++
    if (marked) confirmed++
    if (lowest < levels || marked) codes.push(codeOf(lowest < levels ? 0 : 1, n, at))
  }
  return { codes, waiting, confirmed }
}

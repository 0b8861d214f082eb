/** Moving figures from one report to another: the reasons against it, and its two events (X1–X5). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { confirmedOf, noPendingChanges, questionsAbout, unconfirmed } from './asking.ts'
import { type Basis, basisOf, changedSince, stale, unknownBasisOnce } from './basis.ts'
import { cellRefusals, counterRefusals, placeIn } from './cell.ts'
import type { Figure } from './cells.ts'
import { LARGEST } from './count.ts'
import { countedValue, marksIn, movableValue } from './figures.ts'
import type { Context, EventsOf } from './noun.ts'
import type { ReattributionEvents } from './reattributionEvents.ts'
import { partsOf } from './moves.ts'
import type { CellName, Confirmed, QuestionCode, Values } from './values.ts'
import type { Setting, World } from './world.ts'

export interface Move {
  from: CellName
  to: CellName
  /** what moves, by counter key */
  values: Values
}

/** The report that gives the figures, or the one that takes them. */
export type Side = 'from' | 'to'
export const SIDES = ['from', 'to'] as const

/**
 * Reasons against the move that do not depend on the figures, at their places in the input of a move. Rights are checked
 * by the caller.
 */
export function placeRefusals(
  world: World,
  setting: Setting,
  { from, to }: Pick<Move, Side>,
  named: readonly string[],
): Refusal[] {
  const anybody = () => true
  const faults = [
    ...SIDES.flatMap((side) => cellRefusals(world, setting, { from, to }[side], anybody, side)),
    ...counterRefusals(setting, named, 'counters'),
  ]
  if (from.unit === to.unit && from.day === to.day)
    faults.push({ code: 'input.duplicate', params: { name: `${to.unit}/${to.day}` }, at: 'to' })
  return faults
}

/**
 * Reasons against the move that lie in the figures, at the side of the input of a move; the counter is in the params. Fills
 * `move.values` with the values that can be taken from `from`. `basedOn(side)` is the sender's basis for a side, undefined
 * where none is named; the side that is `unseen` need not have been seen, but what is named for it has to exist.
 */
export function figureRefusals(
  world: World,
  setting: Setting,
  move: Move,
  named: readonly string[],
  { basisVersion }: Pick<Context, 'basisVersion'>,
  basedOn: (side: Side) => Basis | undefined,
  unseen: Side | undefined,
): Refusal[] {
  const faults: Refusal[] = []
  for (const key of named) {
    const value = movableValue(figureAt(world, setting, move.from, key))
    if (value === null) continue
    move.values[key] = value
    faults.push(...halfRefusals(world, setting, move, key))
    for (const side of SIDES) {
      const cell = move[side]
      const named = basedOn(side)
      const seen =
        named === undefined
          ? Infinity
          : basisOf(named, key, world.seq, (id) => basisVersion(id, cell.unit, cell.day, key))
      const basis = seen !== undefined && side === unseen ? Infinity : seen
      faults.push(...refusalsOf(figureAt(world, setting, cell, key), key, basis, side, value))
    }
  }
  if (Object.keys(move.values).length === 0) faults.push({ code: 'report.empty', at: 'from' })
  return unknownBasisOnce(faults)
}

function refusalsOf(figure: Figure, counter: string, basis: number | undefined, side: Side, moved: number): Refusal[] {
  const params = { counter }
  if (figure.state === 'disputed') return [{ code: 'report.disputed', params, at: side }]
  if (basis === undefined) return [{ code: 'report.basisUnknown', at: placeIn(side, 'basedOn') }]
  if (changedSince(figure, basis)) return [stale(counter, figure, side, side === 'to' ? moved : undefined)]
  const isTooLarge = side === 'to' && (movableValue(figure) ?? 0) + moved > LARGEST
  return isTooLarge ? [{ code: 'report.tooLarge', params, at: side }] : []
}

/**
 * What a reviewer has left in its place after returning a move also stands at the move's other end, until it is withdrawn
 * there: it is not moved a second time from where it came, nor back to there, where it would count twice (K5).
 */
function halfRefusals(world: World, setting: Setting, { from, to }: Pick<Move, Side>, counter: string): Refusal[] {
  const isLeft = (cell: CellName) => figureAt(world, setting, cell, counter).value === null
  const say = ({ unit, day }: CellName, at: Side): Refusal[] => [
    { code: 'review.move', params: { counter, unit, day }, at },
  ]
  const stands = (part: CellName) => !isLeft(part)
  const elsewhere = isLeft(from) ? partsOf(world, from, counter).slice(1).find(stands) : undefined
  if (elsewhere !== undefined) return say(elsewhere, 'from')
  if (!isLeft(to) || movableValue(figureAt(world, setting, to, counter)) === null) return []
  const isBack = partsOf(world, to, counter).some(({ unit, day }) => unit === from.unit && day === from.day)
  return isBack ? say(from, 'to') : []
}

/** A figure of one of the sides. */
export const figureAt = ({ cells }: World, { counters }: Setting, { unit, day }: CellName, key: string): Figure =>
  cells.figure(unit, dayNumber(day), counters.get(key)!)

/** The events of both sides, or the unconfirmed questions about the taking side, judged together with what the giving side loses (R33). */
export function movedEvents(
  world: World,
  setting: Setting,
  { from, to, values: moved }: Move,
  reason: string,
  confirmed: readonly QuestionCode[] | undefined,
  offer?: number,
): Result<EventsOf<ReattributionEvents>[]> {
  const [giving, taking] = [from, to].map(({ unit, day }): CellName => ({ unit, day })) as [CellName, CellName]
  const blanks: Record<string, null> = {}
  const sums: Values = {}
  const given = noPendingChanges()
  for (const [key, value] of Object.entries(moved)) {
    blanks[key] = null
    sums[key] = (movableValue(figureAt(world, setting, taking, key)) ?? 0) + value
    const less = -lossOf(figureAt(world, setting, giving, key), value)
    if (less !== 0) given.add(setting, giving.unit, dayNumber(giving.day), setting.counters.get(key)!, less)
  }
  const asked = questionsAbout(world, setting, taking.unit, taking.day, sums, noPendingChanges(), given)
  const named = asked.map((q) => ({ ...q, params: { counter: q.at!, ...q.params } }))
  const refusals = unconfirmed(named, confirmed, () => 'to')
  if (refusals.length > 0) return refuse(...refusals)
  const moves = movesOf(world, setting, giving, moved)
  const marks = marksOf(world, setting, giving, taking, sums, confirmedOf(asked, sums))
  const more = { moved, reason, ...(offer !== undefined && { offer }), ...(moves && { moves }) }
  return ok([
    { type: 'ReportReattributed', data: { ...giving, side: 'from', values: blanks, other: taking, ...more } },
    {
      type: 'ReportReattributed',
      data: { ...taking, side: 'to', values: sums, other: giving, ...more, ...(marks && { confirmed: marks }) },
    },
  ])
}

/** By how much less a figure counts when the value moves: what it has approved beyond the value goes on counting (R38). */
function lossOf(figure: Figure, value: number): number {
  const approved = figure.approved ?? 0
  return (countedValue(figure) ?? 0) - (approved - Math.min(approved, value))
}

/** Numbers of the moves to be reviewed together, by counter: this one when its giving side awaits review, and earlier ones that the moved values are still part of. */
function movesOf(
  world: World,
  setting: Setting,
  giving: CellName,
  moved: Values,
): Record<string, number[]> | undefined {
  if (setting.programme.reporting.reviewLevels === 0) return undefined
  const own = world.moves.size + 1
  const found: Record<string, number[]> = {}
  for (const key of Object.keys(moved)) {
    const { approved, moves = [] } = figureAt(world, setting, giving, key)
    // a value that nobody has approved leaves without review
    const all = approved === null ? moves : [...moves, own]
    if (all.length > 0) found[key] = [...all]
  }
  return Object.keys(found).length > 0 ? found : undefined
}

/** Questions confirmed about the sums: those confirmed now, and the marks of the values that went into them. */
function marksOf(
  world: World,
  setting: Setting,
  giving: CellName,
  taking: CellName,
  sums: Values,
  now: Confirmed | undefined,
): Confirmed | undefined {
  const found: Confirmed = {}
  for (const key of Object.keys(sums)) {
    const [gives, takes] = [giving, taking].map((cell) => figureAt(world, setting, cell, key)) as [Figure, Figure]
    const marks = marksIn(now?.[key], markedAs(gives), markedAs(takes))
    if (marks !== undefined) found[key] = marks
  }
  return Object.keys(found).length > 0 ? found : undefined
}

const markedAs = (figure: Figure): Figure['confirmed'] =>
  figure.value === null ? (movableValue(figure) === null ? undefined : figure.approvedConfirmed) : figure.confirmed

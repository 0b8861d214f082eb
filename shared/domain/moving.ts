/** A move of figures from one report to another: what forbids it, and its two events. */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { confirmedOf, nothingBrought, questionsAbout, unconfirmed } from './asking.ts'
import { type Based, basisOf, changedSince, stale } from './basis.ts'
import { placeIn, reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { LARGEST } from './count.ts'
import type { CellName, Context, EventsOf } from './noun.ts'
import type { ReattributionEvents } from './reattributionEvents.ts'
import type { QuestionCode, Values } from './values.ts'
import type { Setting, World } from './world.ts'

export interface Move {
  from: CellName
  to: CellName
  /** what moves, by counter key */
  values: Values
}

type Side = 'from' | 'to'
const SIDES = ['from', 'to'] as const

/**
 * Everything that forbids the move; fills in `move.values` with what stands in `from` of the counters (null = all).
 * `basisOf` a side is what was seen of it, undefined where nobody had to see it.
 */
export function moveRefusals(
  world: World,
  setting: Setting,
  move: Move,
  counters: readonly string[] | null,
  { basisVersion }: Pick<Context, 'basisVersion'>,
  basedOn: (side: Side) => Based | undefined,
): Refusal[] {
  const named = counters ?? [...setting.counters.keys()]
  const { from, to } = move
  const faults = [
    ...reportRefusals(world, setting, from, named, () => true, 'from', 'counters'),
    ...reportRefusals(world, setting, to, [...setting.counters.keys()], () => true, 'to', ''),
  ]
  if (from.unit === to.unit && from.day === to.day)
    faults.push({ code: 'input.duplicate', params: { name: `${to.unit}/${to.day}` }, at: 'to' })
  if (faults.length > 0) return faults
  for (const key of named) {
    const value = figureAt(world, setting, from, key).value
    if (value === null) continue
    move.values[key] = value
    for (const side of SIDES) {
      const cell = move[side]
      const basis = basedOn(side)
      const version =
        basis === undefined ? Infinity : basisOf(basis, key, (id) => basisVersion(id, cell.unit, cell.day, key))
      faults.push(...figureRefusals(figureAt(world, setting, cell, key), key, version, side, value))
    }
  }
  if (Object.keys(move.values).length === 0) faults.push({ code: 'report.empty', at: 'from' })
  return faults
}

function figureRefusals(
  figure: Figure,
  counter: string,
  basis: number | undefined,
  side: Side,
  moved: number,
): Refusal[] {
  const at = placeIn(side, counter)
  if (figure.state === 'disputed') return [{ code: 'report.disputed', params: { counter }, at }]
  if (basis === undefined) return [{ code: 'report.basisUnknown', at: placeIn(side, 'basedOn') }]
  if (changedSince(figure, basis)) return [stale(counter, figure, at, side === 'to' ? moved : undefined)]
  return side === 'to' && (figure.value ?? 0) + moved > LARGEST ? [{ code: 'report.tooLarge', at }] : []
}

const figureAt = ({ cells }: World, { counters }: Setting, { unit, day }: CellName, key: string): Figure =>
  cells.figure(unit, dayNumber(day), counters.get(key)!)

/** Both sides, or the questions that nobody stood by: of what takes, together with what gives. */
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
  const given = nothingBrought()
  for (const [key, value] of Object.entries(moved)) {
    blanks[key] = null
    sums[key] = (figureAt(world, setting, taking, key).value ?? 0) + value
    given.add(setting, giving.unit, dayNumber(giving.day), setting.counters.get(key)!, -value)
  }
  const asked = questionsAbout(world, setting, taking.unit, taking.day, sums, nothingBrought(), given)
  const refusals = unconfirmed(asked, confirmed, (counter) => placeIn('to', counter))
  if (refusals.length > 0) return refuse(...refusals)
  const stood = confirmedOf(asked, sums)
  const more = { moved, reason, ...(offer !== undefined && { offer }) }
  return ok([
    { type: 'ReportReattributed', data: { ...giving, side: 'from', values: blanks, other: taking, ...more } },
    {
      type: 'ReportReattributed',
      data: { ...taking, side: 'to', values: sums, other: giving, ...more, ...(stood && { confirmed: stood }) },
    },
  ])
}

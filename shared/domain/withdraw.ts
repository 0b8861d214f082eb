/** Withdrawing figures: what was reported for the wrong unit or day is missing again, with a reason (R37–R39). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { basisOf, changedSince, stale, unknownBasisOnce } from './basis.ts'
import { clockFor } from './carrying.ts'
import { reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { movableValue } from './figures.ts'
import type { WithdrawItem } from './input.ts'
import type { Context, EventsOf } from './noun.ts'
import type { ReportEvents } from './reportEvents.ts'
import { totalsOf } from './runningTotals.ts'
import type { Setting, World } from './world.ts'

type Decision = Result<EventsOf<ReportEvents>[]>

/**
 * A withdrawal adds nothing, so no questions are asked. Withdrawing a blank changes nothing, but a withdrawal that a
 * reviewer returned can be requested again.
 */
export function withdraw(
  world: World,
  { items, reason }: { items: WithdrawItem[]; reason: string },
  context: Context,
): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const refusals: Refusal[] = []
  const events: EventsOf<ReportEvents>[] = []
  const seen = new Set<string>()
  items.forEach((item, i) => {
    const { unit, day } = item
    const at = `items.${i}`
    const name = `${unit}/${day}`
    const named = item.counters ?? [...setting.counters.keys()]
    const faults = reportRefusals(clockFor(world, item, 'returned'), setting, item, named, context.may, at, 'counters')
    if (seen.has(name)) faults.push({ code: 'input.duplicate', params: { name }, at })
    seen.add(name)
    const counters = faults.length > 0 ? [] : takenBack(world, setting, item, named, context, at, faults)
    refusals.push(...unknownBasisOnce(faults))
    if (counters.length > 0) events.push({ type: 'ReportWithdrawn', data: { unit, day, counters, reason } })
  })
  return refusals.length > 0 ? refuse(...refusals) : ok(events)
}

/** The counters to withdraw; reasons against it are added to `faults`. */
function takenBack(
  world: World,
  setting: Setting,
  { unit, day, basedOn, counters }: WithdrawItem,
  named: readonly string[],
  { actor, basisVersion }: Context,
  at: string,
  faults: Refusal[],
): string[] {
  const n = dayNumber(day)
  return [...new Set(named)].filter((key) => {
    const figure = world.cells.figure(unit, n, setting.counters.get(key)!)
    if (movableValue(figure) === null && figure.claim === undefined && !hasTotal(world, unit, n, key)) return false
    const place = counters === undefined ? at : `${at}.counters.${key}`
    const basis = basisOf(basedOn, key, world.seq, (id) => basisVersion(id, unit, day, key))
    if (basis === undefined) faults.push({ code: 'report.basisUnknown', at: `${at}.basedOn` })
    else faults.push(...objections(figure, key, actor.id, basis, place))
    return true
  })
}

/** A running total may stand where no day's figure does: the opening balance. */
const hasTotal = (world: World, unit: string, day: number, counter: string): boolean =>
  totalsOf(world, unit, counter).some((stored) => stored.day === day)

/** Only the claimant may withdraw from a dispute (D14), and nothing that came after the basis is withdrawn, a claim neither (R39). */
function objections(figure: Figure, counter: string, who: string, basis: number, at: string): Refusal[] {
  const { claim } = figure
  if (claim !== undefined && claim.by !== who) return [{ code: 'report.disputed', params: { counter }, at }]
  const hasSeen = claim === undefined ? !changedSince(figure, basis) : basis >= claim.version
  return hasSeen ? [] : [stale(counter, figure, at)]
}

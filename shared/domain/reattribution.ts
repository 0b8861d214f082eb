/** Re-attribution: figures move to the report they belong to, at once or when the other side accepts (X1–X5). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { key, reason, z } from '../schema.ts'
import type { Basis } from './basis.ts'
import { placeIn } from './cell.ts'
import { movableValue, hasValue } from './figures.ts'
import { basedOn, cell, confirmed } from './input.ts'
import { figureAt, figureRefusals, type Move, movedEvents, placeRefusals, type Side, SIDES } from './moving.ts'
import { command, type Context, type EventsOf, type NamedFigures } from './noun.ts'
import type { ReattributionEvents } from './reattributionEvents.ts'
import type { QuestionCode } from './values.ts'
import type { Offer, Setting, World } from './world.ts'

type Decision = Result<EventsOf<ReattributionEvents>[]>

const side = z.strictObject({ ...cell, basedOn })
const reattribution = z.strictObject({
  from: side,
  to: side,
  /** absent = all that have a value in `from` */
  counters: z.array(key).min(1).max(20).optional(),
  reason,
  confirmed,
})
const acceptance = z.strictObject({
  offer: z.int().min(1),
  /** basis of the accepting side's report; may be left out where that report has no value */
  basedOn: basedOn.optional(),
  confirmed,
})

export const reattributionCommands = {
  // figures that move have events, and nothing is said about the others
  ReattributeReports: command(reattribution, reattribute, ({ from, to }) =>
    [from, to].map((s) => ({ ...s, counters: [] })),
  ),
  AcceptReattribution: command(acceptance, accept, ({ offer, basedOn }, { offers }): NamedFigures[] => {
    const known = offers.get(offer)
    return known === undefined || basedOn === undefined ? [] : [{ ...known[known.asks], counters: [], basedOn }]
  }),
  DeclineReattribution: command(z.strictObject({ offer: z.int().min(1), reason }), decline),
}

/** Moves the figures, or makes an offer when the sender may write to one side only (X3); until it is accepted both sides stay as they are. */
function reattribute(world: World, data: z.infer<typeof reattribution>, context: Context): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const may = (s: Side) => mayWrite(world, setting, data[s].unit, context)
  const asks = SIDES.filter((s) => setting.units.get(data[s].unit) !== undefined && !may(s))
  if (asks.length === 2)
    return refuse(
      ...asks.map((s) => ({
        code: 'may.outsideUnit' as const,
        params: { unit: data[s].unit },
        at: placeIn(s, 'unit'),
      })),
    )
  const named = data.counters ?? [...setting.counters.keys()]
  const faults = placeRefusals(world, setting, data, named)
  if (faults.length > 0) return refuse(...faults)
  const move: Move = { from: data.from, to: data.to, values: {} }
  const refusals = figureRefusals(world, setting, move, named, context, (s) => data[s].basedOn, asks[0])
  if (refusals.length > 0) return refuse(...refusals)
  if (asks.length === 0) return movedEvents(world, setting, move, data.reason, data.confirmed)
  const { unit, day } = data.from
  const to = { unit: data.to.unit, day: data.to.day }
  const offer = world.offers.size + 1
  const values = move.values
  const of = <T>(s: Side, read: (figure: ReturnType<typeof figureAt>) => T): Record<string, T> =>
    Object.fromEntries(Object.keys(values).map((key) => [key, read(figureAt(world, setting, move[s], key))]))
  const seen = {
    there: of('to', movableValue),
    versions: { from: of('from', (f) => f.version), to: of('to', (f) => f.version) },
  }
  return ok([
    {
      type: 'ReattributionOffered',
      data: { offer, unit, day, to, asks: asks[0]!, values, ...seen, reason: data.reason },
    },
  ])
}

/** Moves the figures as they were offered; when either side's have changed since, nothing moves (X5). */
function accept(
  world: World,
  data: { offer: number; basedOn?: Basis | undefined; confirmed?: QuestionCode[] | undefined },
  context: Context,
): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const known = openOffer(world, data.offer)
  if (!known.ok) return known
  const { from, to, asks, values, reason } = known.value
  const asked = known.value[asks]
  if (!mayWrite(world, setting, asked.unit, context))
    return refuse({ code: 'may.outsideUnit', params: { unit: asked.unit } })
  const named = Object.keys(values)
  const faults = placeRefusals(world, setting, { from, to }, named)
  if (faults.length > 0) return refuse(...ofOffer(faults, asks))
  const changed = changesSince(world, setting, known.value)
  if (changed.length > 0) return refuse(...changed)
  // the accepting side's values move or become part of a sum, so they must have been seen
  if (data.basedOn === undefined && named.some((key) => hasValue(figureAt(world, setting, asked, key))))
    return refuse({ code: 'input.required', at: 'basedOn' })
  const move: Move = { from, to, values: {} }
  const basis = (s: Side) => (s === asks ? data.basedOn : undefined)
  const refusals = figureRefusals(world, setting, move, named, context, basis, undefined)
  if (refusals.length > 0) return refuse(...ofOffer(refusals, asks))
  const moved = movedEvents(world, setting, move, reason, data.confirmed, data.offer)
  return moved.ok ? moved : refuse(...ofOffer(moved.refusals, asks))
}

/**
 * Reasons against a move, at their places in the input of its acceptance, which names the offer, and a basis for the side
 * that was asked. What both sides have in common is said once.
 */
function ofOffer(refusals: readonly Refusal[], asks: Side): Refusal[] {
  const placed = refusals.map((refusal): Refusal => {
    const isBasis = refusal.code === 'report.basisUnknown' || (refusal.code === 'report.stale' && refusal.at === asks)
    return { ...refusal, at: isBasis ? 'basedOn' : 'offer' }
  })
  const names = placed.map((refusal) => JSON.stringify(refusal))
  return placed.filter((_, i) => names.indexOf(names[i]!) === i)
}

/** An `offer.changed` for every figure, on either side, written since the offer was made. */
export const changesSince = (world: World, setting: Setting, offer: Offer) =>
  SIDES.flatMap((s) =>
    Object.keys(offer.values).flatMap((counter) => {
      const figure = figureAt(world, setting, offer[s], counter)
      if (figure.version === offer.versions[s][counter]) return []
      const before = s === 'from' ? offer.values[counter] : offer.there[counter]
      const params = {
        ...{ unit: offer[s].unit, counter },
        ...{ offered: before ?? 'blank', standing: movableValue(figure) ?? 'blank' },
      }
      return [{ code: 'offer.changed' as const, params, at: 'offer' }]
    }),
  )

/** Either side may end an offer: the side that was asked and the side that made it (X4). */
function decline(world: World, { offer, reason }: { offer: number; reason: string }, context: Context): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const known = openOffer(world, offer)
  if (!known.ok) return known
  const { from, to, asks } = known.value
  const { unit } = asks === 'from' ? from : to
  if (![from, to].some((s) => mayWrite(world, setting, s.unit, context)))
    return refuse({ code: 'may.outsideUnit', params: { unit } })
  return ok([{ type: 'ReattributionDeclined', data: { offer, ...from, to, reason } }])
}

function openOffer(world: World, offer: number): Result<Offer> {
  const known = world.offers.get(offer)
  if (known === undefined) return refuse({ code: 'offer.unknown', at: 'offer' })
  return known.state === 'open' ? ok(known) : refuse({ code: 'offer.closed', at: 'offer' })
}

/** The actor's right to write to a report of the unit, whatever the day (R41). */
const mayWrite = ({ today }: World, { units }: Setting, unit: string, { may }: Context): boolean =>
  units.heirs(unit, today).some((u) => may(u))

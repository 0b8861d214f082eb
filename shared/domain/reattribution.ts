/** Re-attribution: figures move to the report where they belong, at once or when the other side has agreed. */
import { ok, refuse, type Result } from '../errors.ts'
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
  /** all that stand in `from`, unless told */
  counters: z.array(key).min(1).max(20).optional(),
  reason,
  confirmed,
})
const acceptance = z.strictObject({
  offer: z.int().min(1),
  /** what was seen of the report of the side that accepts; may be left out where nothing stands there */
  basedOn: basedOn.optional(),
  confirmed,
})

export const reattributionCommands = {
  // what moves has an event, and of the rest nothing is said
  ReattributeReports: command(reattribution, reattribute, ({ from, to }) =>
    [from, to].map((s) => ({ ...s, counters: [] })),
  ),
  AcceptReattribution: command(acceptance, accept, ({ offer, basedOn }, { offers }): NamedFigures[] => {
    const known = offers.get(offer)
    return known === undefined || basedOn === undefined ? [] : [{ ...known[known.asks], counters: [], basedOn }]
  }),
  DeclineReattribution: command(z.strictObject({ offer: z.int().min(1), reason }), decline),
}

/** Whoever may write to one side alone makes an offer to the other; until it is accepted both stand as they were. */
function reattribute(world: World, data: z.infer<typeof reattribution>, context: Context): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const may = (s: Side) => mayWrite(setting, data[s].unit, context)
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
  const basis = (s: Side) => (asks.includes(s) ? undefined : data[s].basedOn)
  const refusals = figureRefusals(world, setting, move, named, context, basis)
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

/** The figures move as they were offered; where either side's are others by now, nothing moves. */
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
  if (!mayWrite(setting, asked.unit, context)) return refuse({ code: 'may.outsideUnit', params: { unit: asked.unit } })
  const named = Object.keys(values)
  const faults = placeRefusals(world, setting, { from, to }, named)
  if (faults.length > 0) return refuse(...faults)
  const changed = changesSince(world, setting, known.value)
  if (changed.length > 0) return refuse(...changed)
  // what stands on the own side moves, or becomes part of a sum: it has to have been seen
  if (data.basedOn === undefined && named.some((key) => hasValue(figureAt(world, setting, asked, key))))
    return refuse({ code: 'input.required', at: 'basedOn' })
  const move: Move = { from, to, values: {} }
  const basis = (s: Side) => (s === asks ? data.basedOn : undefined)
  const refusals = figureRefusals(world, setting, move, named, context, basis)
  if (refusals.length > 0) return refuse(...refusals)
  return movedEvents(world, setting, move, reason, data.confirmed, data.offer)
}

/** Figures that somebody has written since the offer was made, on either side: it cannot be accepted as it is. */
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

/** Either side may end an offer: the one that was asked, and the one that made it. */
function decline(world: World, { offer, reason }: { offer: number; reason: string }, context: Context): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const known = openOffer(world, offer)
  if (!known.ok) return known
  const { from, to, asks } = known.value
  const { unit } = asks === 'from' ? from : to
  if (![from, to].some((s) => mayWrite(setting, s.unit, context)))
    return refuse({ code: 'may.outsideUnit', params: { unit } })
  return ok([{ type: 'ReattributionDeclined', data: { offer, ...from, to, reason } }])
}

function openOffer(world: World, offer: number): Result<Offer> {
  const known = world.offers.get(offer)
  if (known === undefined) return refuse({ code: 'offer.unknown', at: 'offer' })
  return known.state === 'open' ? ok(known) : refuse({ code: 'offer.closed', at: 'offer' })
}

const mayWrite = ({ units }: Setting, unit: string, { may }: Context): boolean => units.heirs(unit).some((u) => may(u))

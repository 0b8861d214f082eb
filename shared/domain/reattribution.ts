/** Re-attribution: figures move to the report where they belong, at once or when the other side has agreed. */
import { ok, refuse, type Result } from '../errors.ts'
import { key, reason, z } from '../schema.ts'
import { type Based, idsOf } from './basis.ts'
import { placeIn } from './cell.ts'
import { basedOn, cell, confirmed } from './input.ts'
import { type Move, movedEvents, moveRefusals } from './moving.ts'
import { command, type Context, type EventsOf } from './noun.ts'
import type { ReattributionEvents } from './reattributionEvents.ts'
import type { QuestionCode, Values } from './values.ts'
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
  /** what was seen of the report of the side that accepts */
  basedOn: basedOn.optional(),
  confirmed,
})

export const reattributionCommands = {
  ReattributeReports: command(reattribution, reattribute, ({ from, to }) =>
    [from, to].flatMap((s) => idsOf(s.basedOn)),
  ),
  AcceptReattribution: command(acceptance, accept, ({ basedOn }) => (basedOn === undefined ? [] : idsOf(basedOn))),
  DeclineReattribution: command(z.strictObject({ offer: z.int().min(1), reason }), decline),
}

/** Whoever may write to one side alone makes an offer to the other; until it is accepted both stand as they were. */
function reattribute(world: World, data: z.infer<typeof reattribution>, context: Context): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const may = (s: 'from' | 'to') => mayWrite(setting, data[s].unit, context)
  const asks = (['from', 'to'] as const).filter((s) => setting.units.get(data[s].unit) !== undefined && !may(s))
  if (asks.length === 2)
    return refuse(
      ...asks.map((s) => ({
        code: 'may.outsideUnit' as const,
        params: { unit: data[s].unit },
        at: placeIn(s, 'unit'),
      })),
    )
  const move: Move = { from: data.from, to: data.to, values: {} }
  const basis = (s: 'from' | 'to') => (asks.includes(s) ? undefined : data[s].basedOn)
  const refusals = moveRefusals(world, setting, move, data.counters ?? null, context, basis)
  if (refusals.length > 0) return refuse(...refusals)
  if (asks.length === 0) return movedEvents(world, setting, move, data.reason, data.confirmed)
  const { unit, day } = data.from
  const to = { unit: data.to.unit, day: data.to.day }
  const offer = world.offers.size + 1
  return ok([
    {
      type: 'ReattributionOffered',
      data: { offer, unit, day, to, asks: asks[0]!, values: move.values, reason: data.reason },
    },
  ])
}

/** The figures move as they were offered; where they are others by now, nothing moves. */
function accept(
  world: World,
  data: { offer: number; basedOn?: Based | undefined; confirmed?: QuestionCode[] | undefined },
  context: Context,
): Decision {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const known = openOffer(world, data.offer)
  if (!known.ok) return known
  const { from, to, asks, values, reason } = known.value
  const { unit } = asks === 'from' ? from : to
  if (!mayWrite(setting, unit, context)) return refuse({ code: 'may.outsideUnit', params: { unit } })
  const move: Move = { from, to, values: {} }
  const basis = (s: 'from' | 'to') => (s === asks ? data.basedOn : undefined)
  const refusals = moveRefusals(world, setting, move, Object.keys(values), context, basis)
  if (refusals.length > 0) return refuse(...refusals)
  const changed = changes(values, move.values)
  if (changed.length > 0) return refuse(...changed)
  return movedEvents(world, setting, move, reason, data.confirmed, data.offer)
}

/** Counters that hold another value than the one offered. */
const changes = (offered: Values, now: Values) =>
  Object.keys(offered)
    .filter((counter) => offered[counter] !== now[counter])
    .map((counter) => ({
      code: 'offer.changed' as const,
      params: { counter, offered: offered[counter]!, standing: now[counter] ?? 'blank' },
      at: 'offer',
    }))

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

/** Settling a dispute: somebody who may write to the report decides which value holds, with a reason (D11, D12). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { confirmedOf, noPendingChanges, questionsAbout, unconfirmed } from './asking.ts'
import { type Basis, basisOf, unknownBasisOnce } from './basis.ts'
import { clockFor } from './carrying.ts'
import { reportRefusals } from './cell.ts'
import type { Context, EventsOf } from './noun.ts'
import type { ReportEvents } from './reportEvents.ts'
import type { QuestionCode, Values } from './values.ts'
import type { World } from './world.ts'

interface Settlement {
  unit: string
  day: Day
  /** of the counters to settle; others stay disputed */
  values: Values
  basedOn: number | Record<string, number>
  reason: string
  confirmed?: QuestionCode[] | undefined
}

/** Refuses a basis that has not seen both values of each counter. */
export function settle(world: World, data: Settlement, { may }: Context): Result<EventsOf<ReportEvents>[]> {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const { unit, day, values, reason } = data
  const named = Object.keys(values)
  const faults = reportRefusals(clockFor(world, data, 'disputed'), setting, data, named, may, '', 'values')
  if (faults.length > 0) return refuse(...faults)
  const n = dayNumber(day)
  const refusals = named.flatMap((key): Refusal[] => {
    const { claim, version } = world.cells.figure(unit, n, setting.counters.get(key)!)
    const basis = basisOf(data.basedOn satisfies Basis, key, world.seq, () => undefined)
    if (basis === undefined) return [{ code: 'report.basisUnknown', at: 'basedOn' }]
    const seen = claim !== undefined && basis >= Math.max(claim.version, version)
    return seen ? [] : [{ code: 'report.notDisputed', params: { counter: key }, at: `values.${key}` }]
  })
  if (refusals.length > 0) return refuse(...unknownBasisOnce(refusals))
  const questions = questionsAbout(world, setting, unit, day, values, noPendingChanges())
  const open = unconfirmed(questions, data.confirmed, (counter) => `values.${counter}`)
  if (open.length > 0) return refuse(...open)
  const confirmed = confirmedOf(questions, values)
  return ok([{ type: 'DisputeSettled', data: { unit, day, values, reason, ...(confirmed && { confirmed }) } }])
}

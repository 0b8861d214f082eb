/** Which figures a review covers and the reasons against it: single figures, and those of one move together (K5). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { clockFor } from './carrying.ts'
import { type CellClock, reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import type { ReviewItem } from './input.ts'
import { reviewLevelAt } from './levels.ts'
import { partsOf } from './moves.ts'
import type { CellName } from './values.ts'
import type { Context } from './noun.ts'
import type { Setting, World } from './world.ts'

/** A figure under review. */
export interface Reviewed extends CellName {
  counter: string
  version: number
  /** levels that have approved it so far */
  level: number
}

export type Review = 'approve' | 'return'

/** The named figures, each with those that are reviewed together with it; or every reason why not. */
export function reviewed(
  world: World,
  items: readonly ReviewItem[],
  context: Context,
  review: Review,
): Result<Reviewed[][]> {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const refusals: Refusal[] = []
  const groups: Reviewed[][] = []
  const seen = new Set<string>()
  const taken = new Set<string>()
  items.forEach((item, i) => {
    const { unit, day, versions } = item
    const at = `items.${i}`
    const name = `${unit}/${day}`
    const faults = reportRefusals(
      reviewClock(world, item),
      setting,
      item,
      Object.keys(versions),
      context.may,
      at,
      'versions',
    )
    if (seen.has(name)) faults.push({ code: 'input.duplicate', params: { name }, at })
    seen.add(name)
    refusals.push(...faults)
    if (faults.length > 0) return
    for (const counter in versions) {
      const place = `${at}.versions.${counter}`
      if (figureIn(world, setting, item, counter).version !== versions[counter])
        refusals.push({ code: 'review.changed', params: { counter }, at: place })
      else if (!taken.has(`${name}/${counter}`)) {
        const group = partsOf(world, { unit, day }, counter).filter(
          (part, n) => n === 0 || review === 'approve' || waits(figureIn(world, setting, part, counter)),
        )
        for (const part of group) taken.add(`${part.unit}/${part.day}/${counter}`)
        refusals.push(
          ...groupRefusals(world, setting, group, counter, context, review).map((r) => ({ ...r, at: place })),
        )
        groups.push(group.map((part) => ({ ...part, counter, ...levelOf(figureIn(world, setting, part, counter)) })))
      }
    }
  })
  return refusals.length > 0 ? refuse(...refusals) : ok(groups)
}

/** What was reported in time can be reviewed when the programme is over. */
const reviewClock = (world: World, name: CellName): CellClock => ({
  ...clockFor(world, name, 'submitted'),
  over: null,
})

const waits = ({ state }: Figure): boolean => state === 'submitted'
const levelOf = ({ version, level }: Figure) => ({ version, level })

const figureIn = ({ cells }: World, { counters }: Setting, { unit, day }: CellName, counter: string): Figure =>
  cells.figure(unit, dayNumber(day), counters.get(counter)!)

/** Why a figure cannot be reviewed: it does not await review, or the reviewer gave it (K1, K2). */
function objection(figure: Figure, { actor }: Context, review: Review): 'review.notWaiting' | 'review.own' | null {
  if (!waits(figure)) return 'review.notWaiting'
  return review === 'approve' && figure.by === actor.id ? 'review.own' : null
}

/** Why a group cannot be reviewed, each reason once; the first figure is the one that was named. */
function groupRefusals(
  world: World,
  setting: Setting,
  group: readonly CellName[],
  counter: string,
  context: Context,
  review: Review,
): Objection[] {
  const own = group.map((part) => objection(figureIn(world, setting, part, counter), context, review))
  const parts = group.slice(1).flatMap((part) => partRefusals(world, setting, part, counter, context))
  // faults of the other parts are reported with those parts
  const codes = new Set(parts.length > 0 ? own.slice(0, 1) : own)
  const found = [...codes].flatMap((code): Objection[] => (code === null ? [] : [{ code, params: { counter } }]))
  if (parts.length === 0) found.push(...levelRefusals(world, setting, group, counter, context, review))
  return [...found, ...parts]
}

/** What waits for a level above the reviewer's is not theirs (K6). Of an approval the lowest rise; a return is one of all. */
function levelRefusals(
  world: World,
  setting: Setting,
  group: readonly CellName[],
  counter: string,
  { actor }: Context,
  review: Review,
): Objection[] {
  const waiting = group.map((part) => figureIn(world, setting, part, counter)).filter(waits)
  if (waiting.length === 0) return []
  const level = 1 + (review === 'approve' ? Math.min : Math.max)(...waiting.map((figure) => figure.level))
  const own = reviewLevelAt(setting, actor.unit)
  return level > own ? [{ code: 'review.level', params: { counter, level, own } }] : []
}

type Objection = Pick<Refusal, 'code' | 'params'>

/** Why another part of the move cannot be reviewed; without it, half of the move would count twice or not at all. */
function partRefusals(world: World, setting: Setting, part: CellName, counter: string, { may }: Context): Objection[] {
  const faults = reportRefusals(reviewClock(world, part), setting, part, [counter], may, '', '')
  const figure = figureIn(world, setting, part, counter)
  if (faults.some(({ code }) => code === 'may.outsideUnit') || !waits(figure))
    return [{ code: 'review.move', params: { counter, unit: part.unit, day: part.day } }]
  return faults
}

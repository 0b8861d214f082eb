/** What may happen to a figure: pure steps from one state to the next. `levels` are the programme's levels of review. */
import type { Claim, Figure, Restated } from './cells.ts'
import type { QuestionCode } from './values.ts'

/** Who does it, when, and by which event. */
export interface Stamp {
  seq: number
  by: string
  /** ms since epoch */
  at: number
}

/** Does anything stand there, also if only as what was approved? */
export const stands = ({ value, approved }: Pick<Figure, 'value' | 'approved'>): boolean =>
  value !== null || approved !== null

/** Newest version by anybody else than `who`; 0 = none. */
export const foreignTo = (figure: Pick<Figure, 'by' | 'version' | 'foreign'>, who: string): number =>
  figure.by === who ? figure.foreign : figure.version

/** A new value, or none, takes the place of the one that stands. */
export function given(
  before: Figure,
  value: number | null,
  { seq, by, at }: Stamp,
  levels: number,
  more: { restated?: Restated | undefined; confirmed?: readonly QuestionCode[] | undefined } = {},
): Figure {
  const { claim } = before
  const foreign = Math.max(foreignTo(before, by), claim !== undefined && claim.by !== by ? claim.version : 0)
  const approved = levels === 0 ? value : before.approved
  const next: Figure = {
    value,
    approved,
    state: value === approved ? (value === null ? 'blank' : 'approved') : 'submitted',
    version: seq,
    foreign,
    by,
    at,
    level: levels > 0 && value !== null && value === approved ? levels : 0,
  }
  if (more.restated !== undefined) next.restated = more.restated
  if (more.confirmed !== undefined && more.confirmed.length > 0) next.confirmed = more.confirmed
  return next
}

/** Another value is claimed. What a reviewer has approved goes on counting; without levels of review nobody has. */
export function disputed(before: Figure, value: number, { seq, by, at }: Stamp, levels: number): Figure {
  const claim: Claim = { value, by, at, version: seq }
  return { ...before, state: 'disputed', approved: levels === 0 ? null : before.approved, claim }
}

/** The claim is taken back by whoever made it: what stood stands as before. */
export function undisputed(before: Figure, levels: number): Figure {
  const next: Figure = { ...before, approved: levels === 0 ? before.value : before.approved }
  delete next.claim
  if (next.returned !== undefined) next.state = 'returned'
  else next.state = next.value === next.approved ? 'approved' : 'submitted'
  return next
}

/** One more level has approved the value; after the last it counts. An approved withdrawal leaves a blank. */
export function approved(before: Figure, level: number, levels: number): Figure {
  if (level < levels) return { ...before, level }
  const { value } = before
  return { ...before, level, approved: value, state: value === null ? 'blank' : 'approved' }
}

/** Sent back with a reason; stays, beside what is approved, until a new value replaces it. */
export const returned = (before: Figure, reason: string, { by, at }: Stamp): Figure => ({
  ...before,
  state: 'returned',
  level: 0,
  returned: { reason, by, at },
})

/** Pure steps that take a figure from one state to the next. `levels` is the programme's number of review levels. */
import type { Claim, Figure, Restated } from './cells.ts'
import { type QuestionCode, QUESTIONS } from './values.ts'

/** Who did it, when, and by which event. */
export interface Stamp {
  seq: number
  by: string
  /** ms since epoch */
  at: number
}

/** True when the figure has a value, even if only an approved one. */
export const hasValue = ({ value, approved }: Pick<Figure, 'value' | 'approved'>): boolean =>
  value !== null || approved !== null

/**
 * The value that questions are judged by, in totals too; null = nothing. It is the newest, or the approved one: while its
 * withdrawal awaits review, but for what of it counts at the other end of a move, and of a figure that a reviewer has
 * returned, whose newer value counts nowhere until it is given anew (R38, K3).
 */
export function countedValue({
  value,
  approved,
  returned,
  away,
}: Pick<Figure, 'value' | 'approved' | 'returned' | 'away'>): number | null {
  if (returned !== undefined) return approved
  if (value !== null || approved === null || away === undefined) return value ?? approved
  return approved > away ? approved - away : null
}

/** The value that a move or withdrawal would take: the newest, or the approved one that a returned withdrawal has left. */
export const movableValue = ({ value, approved, state }: Pick<Figure, 'value' | 'approved' | 'state'>): number | null =>
  value ?? (state === 'returned' ? approved : null)

/** Newest version by anybody other than `who`; 0 = none. */
export const foreignTo = (figure: Pick<Figure, 'by' | 'version' | 'foreign'>, who: string): number =>
  figure.by === who ? figure.foreign : figure.version

type Marks = readonly QuestionCode[] | undefined

/** The union, in the order of `QUESTIONS`; undefined when empty. */
export function marksIn(...sets: readonly Marks[]): QuestionCode[] | undefined {
  // most figures have none
  if (sets.every((marks) => marks === undefined)) return undefined
  const found = QUESTIONS.filter((code) => sets.some((marks) => marks?.includes(code)))
  return found.length === 0 ? undefined : found
}

/** Questions confirmed about the approved value. */
const approvedMarks = ({ value, approved, confirmed, approvedConfirmed }: Figure): Marks =>
  value === approved ? confirmed : approvedConfirmed

/** Questions confirmed about a number, whether it is the newest value, the approved one or the claim. */
function marksOf(figure: Figure, value: number): Marks {
  const { claim } = figure
  return marksIn(
    figure.value === value ? figure.confirmed : undefined,
    figure.approved === value ? approvedMarks(figure) : undefined,
    claim?.value === value ? claim.confirmed : undefined,
  )
}

/** True when somebody confirmed the value that counts against a question: the approved value, else the newest (R42). */
export const isMarked = (figure: Figure): boolean =>
  ((figure.approved === null ? figure.confirmed : approvedMarks(figure))?.length ?? 0) > 0

type Moves = readonly number[] | undefined
const joined = (some: Moves, more: Moves): Moves =>
  some === undefined || more === undefined ? (some ?? more) : [...new Set([...some, ...more])]

/** Replaces the standing value with a new one, or with a blank (null). */
export function withValue(
  before: Figure,
  value: number | null,
  { seq, by, at }: Stamp,
  levels: number,
  more: {
    restated?: Restated | undefined
    confirmed?: Marks
    why?: string | undefined
    moves?: Moves
    away?: number | undefined
  } = {},
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
  Object.assign(next, changed(before, value, isCorrection(more.restated)))
  const confirmed = value === null ? undefined : marksIn(more.confirmed, marksOf(before, value))
  if (confirmed !== undefined) next.confirmed = confirmed
  const why = more.why ?? (value === before.value ? before.why : value === claim?.value ? claim.why : undefined)
  if (confirmed !== undefined && why !== undefined) next.why = why
  const marks = approved === null || value === approved ? undefined : approvedMarks(before)
  if (marks !== undefined) next.approvedConfirmed = marks
  const moves = joined(before.moves, more.moves)
  if (moves === undefined || next.state !== 'submitted') return next
  next.moves = moves
  const away = more.away ?? before.away
  if (away !== undefined) next.away = away
  return next
}

/** Settling and moving are none: they give a type on any day. */
export const isCorrection = (restated: Restated | undefined): boolean =>
  restated !== undefined && restated.settled !== true && restated.type !== 'reattributed'

/** What a figure keeps of its corrections: the value that the latest replaced, and the largest change of any. */
function changed(before: Figure, value: number | null, isCorrected: boolean): Pick<Figure, 'was' | 'swing'> {
  const { was, swing } = before
  const kept = { ...(was !== undefined && value === before.value && { was }), ...(swing !== undefined && { swing }) }
  if (!isCorrected || value === null || before.value === null || value === before.value) return kept
  const change = value - before.value
  return { was: before.value, swing: Math.abs(change) > Math.abs(swing ?? 0) ? change : swing! }
}

/**
 * Puts a claim beside the standing value, or replaces the claim; claiming the standing value ends the dispute. A value
 * that a reviewer has approved keeps counting; without review levels there is none.
 */
export function withClaim(
  before: Figure,
  value: number,
  stamp: Stamp,
  levels: number,
  more: { confirmed?: Marks; why?: string | undefined } = {},
): Figure {
  if (value === before.value) return withoutClaim(before, levels)
  const { seq, by, at } = stamp
  const claim: Claim = { value, by, at, version: seq }
  const marks = marksIn(more.confirmed, marksOf(before, value))
  if (marks !== undefined) claim.confirmed = marks
  if (marks !== undefined && more.why !== undefined) claim.why = more.why
  return { ...before, state: 'disputed', approved: levels === 0 ? null : before.approved, claim }
}

/** Drops the claim; the standing value is as it was before the dispute. */
export function withoutClaim(before: Figure, levels: number): Figure {
  const next: Figure = { ...before, approved: levels === 0 ? before.value : before.approved }
  delete next.claim
  if (next.returned !== undefined) next.state = 'returned'
  else next.state = next.value === next.approved ? 'approved' : 'submitted'
  return next
}

/**
 * Records the approval of one more level; after the last, the value counts, and what was confirmed about it is cleared. An
 * approved withdrawal leaves a blank.
 */
export function withApproval(before: Figure, level: number, levels: number): Figure {
  if (level < levels) return { ...before, level }
  const { value } = before
  const next: Figure = { ...before, level, approved: value, state: value === null ? 'blank' : 'approved' }
  delete next.confirmed
  delete next.why
  delete next.approvedConfirmed
  delete next.moves
  delete next.away
  return next
}

/** Returns the value with a reason; it stays beside the approved one until a new value replaces it. */
export function withReturn(before: Figure, reason: string, { by, at }: Stamp): Figure {
  const next: Figure = { ...before, state: 'returned', level: 0, returned: { reason, by, at } }
  delete next.away
  return next
}

/** What an edit was made upon, and what follows for it: one figure's rule, the same on the server and on a sheet. */
import type { Refusal } from '../errors.ts'
import type { Figure } from './cells.ts'
import { foreignTo } from './figures.ts'

/** One version for all counters (what was seen up to it), or one for each; an id is that of an own earlier command. */
export type Basis = number | string | Readonly<Record<string, number | string>>

/** Ids of commands that are named. */
export const idsOf = (based: Basis): string[] =>
  (typeof based === 'object' ? Object.values(based) : [based]).filter((b) => typeof b === 'string')

/**
 * The version that a counter's edit was made upon; 0 for a counter without one. Undefined for a command unknown, and for
 * what nobody can have seen: the log ends at `head`.
 */
export function basisOf(
  based: Basis,
  counter: string,
  head: number,
  versionOf: (command: string) => number | undefined,
): number | undefined {
  const basis = typeof based === 'object' ? (Object.hasOwn(based, counter) ? based[counter]! : 0) : based
  if (typeof basis === 'string') return versionOf(basis)
  return basis > head ? undefined : basis
}

/** An unknown basis is said once, however many figures were to be made upon it. */
export const unknownBasisOnce = (refusals: readonly Refusal[]): Refusal[] =>
  refusals.filter(
    ({ code, at }, i) =>
      code !== 'report.basisUnknown' || refusals.findIndex((r) => r.code === code && r.at === at) === i,
  )

/**
 * `same`: nothing would change. `conflict`: somebody else has written since, and both values are kept. `stale`: what
 * would be overwritten unseen is the sender's own, or a withdrawal. `disputed`: a dispute has to be settled first.
 */
export type Verdict = 'same' | 'change' | 'conflict' | 'stale' | 'disputed'

/** What comes of `who` giving a figure a value, made upon `basis`. */
export function judge(figure: Figure, value: number, who: string, basis: number): Verdict {
  const same = value === figure.value
  const { claim } = figure
  if (claim !== undefined) {
    // whoever claims may think again; to say what stands ends the claim, when it was seen
    if (claim.by !== who) return same ? 'same' : 'disputed'
    if (basis >= claim.version) return value === claim.value ? 'same' : 'conflict'
    return same || value === claim.value ? 'same' : 'stale'
  }
  // what was returned may be given again as it was
  if (same && figure.state !== 'returned') return 'same'
  // what was withdrawn by somebody else is no value that could stand beside this one
  if (figure.value !== null && foreignTo(figure, who) > basis) return same ? 'same' : 'conflict'
  return figure.version > basis && !same ? 'stale' : 'change'
}

/** True when the figure was changed by anybody after `basis`. */
export const changedSince = (figure: Figure, basis: number): boolean => figure.version > basis

/**
 * The refusal of an edit that has not seen what stands, or the own claim beside it; `sent` is left out where nothing was
 * to be put in its place.
 */
export const stale = (counter: string, { value, claim }: Figure, at: string, sent?: number): Refusal => ({
  code: 'report.stale',
  params: { counter, standing: claim?.value ?? value ?? 'blank', ...(sent === undefined ? {} : { sent }) },
  at,
})

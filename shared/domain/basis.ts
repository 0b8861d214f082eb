/** The basis version of an edit and what follows from it, figure by figure; the same on the server and on a sheet. */
import type { Refusal } from '../errors.ts'
import type { Figure } from './cells.ts'
import { foreignTo } from './figures.ts'

/** One version for all counters (everything up to it was seen), or one for each. A string is the id of an earlier command of the sender's own. */
export type Basis = number | string | Readonly<Record<string, number | string>>

/** Ids of the commands that a basis names. */
export const idsOf = (based: Basis): string[] =>
  (typeof based === 'object' ? Object.values(based) : [based]).filter((b) => typeof b === 'string')

/**
 * The version that a counter's edit is based on; 0 for a counter that the basis leaves out. Undefined for an unknown
 * command and for a version that nobody can have seen, because the log ends at `head`.
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

/** Keeps one `report.basisUnknown` for each place, however many figures have that basis. */
export const unknownBasisOnce = (refusals: readonly Refusal[]): Refusal[] =>
  refusals.filter(
    ({ code, at }, i) =>
      code !== 'report.basisUnknown' || refusals.findIndex((r) => r.code === code && r.at === at) === i,
  )

/**
 * `same`: nothing would change. `conflict`: somebody else has written since, so both values are kept. `stale`: the edit
 * would overwrite, unseen, a value of the sender's own or a withdrawal. `disputed`: the dispute has to be settled first.
 */
export type Verdict = 'same' | 'change' | 'conflict' | 'stale' | 'disputed'

/** What happens when `who` gives a figure a value based on version `basis` (D7, D8, D14). */
export function judge(figure: Figure, value: number, who: string, basis: number): Verdict {
  const same = value === figure.value
  const { claim } = figure
  if (claim !== undefined) {
    // the claimant may change the claim; sending the standing value ends it, provided the claim was seen
    if (claim.by !== who) return same ? 'same' : 'disputed'
    if (basis >= claim.version) return value === claim.value ? 'same' : 'conflict'
    return same || value === claim.value ? 'same' : 'stale'
  }
  // a returned value may be sent again unchanged
  if (same && figure.state !== 'returned') return 'same'
  // a withdrawal leaves no value for a claim to stand beside
  if (figure.value !== null && foreignTo(figure, who) > basis) return same ? 'same' : 'conflict'
  return figure.version > basis && !same ? 'stale' : 'change'
}

/** True when the figure was changed by anybody after `basis`. */
export const changedSince = (figure: Figure, basis: number): boolean => figure.version > basis

/**
 * The refusal of an edit whose sender has not seen the standing value, or the sender's own claim beside it. `sent` is
 * absent when the edit would not have put a value in its place.
 */
export const stale = (counter: string, { value, claim }: Figure, at: string, sent?: number): Refusal => ({
  code: 'report.stale',
  params: { counter, standing: claim?.value ?? value ?? 'blank', ...(sent === undefined ? {} : { sent }) },
  at,
})

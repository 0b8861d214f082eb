/** What an edit was made upon, and what follows for it: one figure's rule, the same on the server and on a sheet. */
import type { Refusal } from '../errors.ts'
import type { Figure } from './cells.ts'
import { foreignTo, stands } from './figures.ts'

/** One version for all counters (what was seen up to it), or one for each; an id is that of an own earlier command. */
export type Based = number | string | Readonly<Record<string, number | string>>

/** Ids of commands that are named. */
export const idsOf = (based: Based): string[] =>
  (typeof based === 'object' ? Object.values(based) : [based]).filter((b) => typeof b === 'string')

/** The version that a counter's edit was made upon; 0 for a counter without one, undefined for a command unknown. */
export function basisOf(
  based: Based,
  counter: string,
  versionOf: (command: string) => number | undefined,
): number | undefined {
  const basis = typeof based === 'object' ? (Object.hasOwn(based, counter) ? based[counter]! : 0) : based
  return typeof basis === 'string' ? versionOf(basis) : basis
}

/**
 * `same`: nothing would change. `conflict`: somebody else has written since, and both values are kept. `stale`: what
 * would be overwritten unseen is the sender's own, or a withdrawal. `disputed`: a dispute has to be settled first.
 */
export type Verdict = 'same' | 'change' | 'conflict' | 'stale' | 'disputed'

/** What comes of `who` giving a figure a value, made upon `basis`. */
export function judge(figure: Figure, value: number, who: string, basis: number): Verdict {
  const same = value === figure.value
  if (figure.state === 'disputed') return same ? 'same' : 'disputed'
  // what was returned may be given again as it was
  if (same && figure.state !== 'returned') return 'same'
  if (stands(figure) && foreignTo(figure, who) > basis) return same ? 'same' : 'conflict'
  return figure.version > basis && !same ? 'stale' : 'change'
}

/** True when the figure was changed by anybody after `basis`. */
export const changedSince = (figure: Figure, basis: number): boolean => figure.version > basis

/** The refusal of an edit that has not seen what stands; `sent` is left out where nothing was to be put in its place. */
export const stale = (counter: string, { value }: Figure, at: string, sent?: number): Refusal => ({
  code: 'report.stale',
  params: { counter, standing: value ?? 'blank', ...(sent === undefined ? {} : { sent }) },
  at,
})

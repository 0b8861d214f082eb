/** Which targets concern a unit, and which of them is in the balance. */
import type { Baseline, Target } from '../../../shared/domain/programme.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { PaceRow } from '../../../shared/view/rows.ts'

/** A target and the unit whose part of it is looked at: the viewed one, or the target's own when that is below. */
export interface Stake {
  target: Target
  unit: string
}

/** Targets that the unit has a part in, or that lie within it; in order of their due days. */
export function stakesOf(baseline: Baseline, units: Units, unit: string): Stake[] {
  const stakes: Stake[] = []
  for (const target of baseline.targets) {
    if (units.within(unit, target.unit)) stakes.push({ target, unit })
    else if (units.within(target.unit, unit)) stakes.push({ target, unit: target.unit })
  }
  return stakes.sort((a, b) => (a.target.due < b.target.due ? -1 : a.target.due > b.target.due ? 1 : 0))
}

/** A stake and where it stands; without a row the unit has no part of the target. */
export interface Card extends Stake {
  pace: PaceRow
}

/**
 * The one target that the page asks about: the wanted one, else the next due that is not reached, else the one due last.
 */
export function inQuestion(cards: readonly Card[], today: Day | null, wanted?: string): Card | undefined {
  const chosen = cards.find((c) => c.target.key === wanted)
  if (chosen !== undefined) return chosen
  const open = cards.find(
    ({ target, pace }) =>
      pace.status !== 'reached' && pace.status !== 'reachedLate' && (today === null || target.due >= today),
  )
  return open ?? cards.at(-1)
}

/** At most `room` cards around the one in question, in order; the others go into a list. */
export function layCards(
  cards: readonly Card[],
  question: Card,
  room: number,
): { shown: readonly Card[]; others: readonly Card[] } {
  if (cards.length <= room) return { shown: cards, others: [] }
  // the list takes a place of its own
  const at = cards.indexOf(question)
  const from = Math.max(0, Math.min(at - (room - 2), cards.length - (room - 1)))
  const shown = cards.slice(from, from + room - 1)
  return { shown, others: cards.filter((c) => !shown.includes(c)) }
}

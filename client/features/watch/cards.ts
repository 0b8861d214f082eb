/** The targets that a page shows, and how they are laid out around the main one. */
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'
import type { Standing } from '../../../shared/progress/standing.ts'
import type { Stake } from '../../../shared/progress/targets.ts'

/** A target and where the unit stands in it; targets that it has no part of have no card. */
export interface Card extends Stake {
  standing: Standing
  /** as the path is compared with it: through the standing's reference day, what came later left out */
  comparable: CounterBreakdown
  /** reports up to the due day that are not wholly in; what they would hold may be unknown */
  owed: number
  /** figures in it of which the value that counts was confirmed against a warning */
  confirmed: number
}

/** At most `room` cards around the main one, in order; the others go into a list. */
export function layCards(
  cards: readonly Card[],
  main: Card,
  room: number,
): { shown: readonly Card[]; others: readonly Card[] } {
  if (cards.length <= room) return { shown: cards, others: [] }
  // the list takes a place of its own
  const at = cards.indexOf(main)
  const from = Math.max(0, Math.min(at - (room - 2), cards.length - (room - 1)))
  const shown = cards.slice(from, from + room - 1)
  return { shown, others: cards.filter((c) => !shown.includes(c)) }
}

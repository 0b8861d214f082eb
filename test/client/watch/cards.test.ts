import { describe, expect, it } from 'vitest'
import { type Card, layCards } from '../../../client/features/watch/cards.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import type { Standing } from '../../../shared/progress/standing.ts'
import { countTarget } from '../../support/programme.ts'

const card = (key: string, due: string): Card => ({
  target: { ...countTarget, key, due },
  unit: 'C',
  of: 'own',
  standing: { status: 'behind' } as Standing,
  comparable: NO_BREAKDOWN,
  owed: 0,
  confirmed: 0,
})

describe('layCards', () => {
  const cards = ['a', 'b', 'c', 'd', 'e'].map((key, i) => card(key, `2008-0${i + 1}-28`))

  it('shows all that fit', () => {
    expect(layCards(cards.slice(0, 3), cards[0]!, 3)).toEqual({ shown: cards.slice(0, 3), others: [] })
  })

  it('always shows the main one, in order, and lists the others', () => {
    for (const main of cards) {
      const { shown, others } = layCards(cards, main, 3)
      expect(shown).toContain(main)
      expect(shown).toHaveLength(2)
      expect([...shown, ...others].map((c) => c.target.key).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
      expect(cards.indexOf(shown[1]!)).toBe(cards.indexOf(shown[0]!) + 1)
    }
  })
})

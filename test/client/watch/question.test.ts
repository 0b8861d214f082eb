import { describe, expect, it } from 'vitest'
import { type Card, inQuestion, layCards, stakesOf } from '../../../client/features/watch/question.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import type { PaceStatus } from '../../../shared/progress/pace.ts'
import type { PaceRow } from '../../../shared/view/rows.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'

const programme = tinyProgramme()
const units = indexUnits(programme)
const baseline = programme.baselines[0]!

describe('stakesOf', () => {
  it('has targets above, at and below the unit, by due day', () => {
    expect(stakesOf(baseline, units, 'C').map((s) => [s.target.key, s.unit])).toEqual([
      ['cover', 'A'],
      ['count', 'C'],
    ])
    expect(stakesOf(baseline, units, 'A1').map((s) => [s.target.key, s.unit])).toEqual([
      ['cover', 'A1'],
      ['count', 'A1'],
    ])
  })

  it('leaves out targets of other places', () => {
    expect(stakesOf(baseline, units, 'B').map((s) => s.target.key)).toEqual(['count'])
  })
})

const card = (key: string, due: string, status: PaceStatus): Card => ({
  target: { ...countTarget, key, due },
  unit: 'C',
  pace: { status } as PaceRow,
})

describe('inQuestion', () => {
  const pilot = card('pilot', '2008-01-31', 'missed')
  const june = card('june', '2008-06-30', 'behind')
  const december = card('december', '2008-12-31', 'ahead')

  it('is the next due that is not reached', () => {
    expect(inQuestion([pilot, june, december], '2008-04-16')).toBe(june)
    expect(inQuestion([pilot, card('june', '2008-06-30', 'reached'), december], '2008-04-16')).toBe(december)
  })

  it('is the one due last when nothing is ahead', () => {
    expect(inQuestion([pilot, june], '2009-01-01')).toBe(june)
    expect(inQuestion([card('june', '2008-06-30', 'reached')], '2008-04-16')?.target.key).toBe('june')
    expect(inQuestion([], '2008-04-16')).toBeUndefined()
  })

  it('is the first before the first day', () => {
    expect(inQuestion([card('a', '2008-01-31', 'notStarted'), december], null)?.target.key).toBe('a')
  })

  it('is the one that the reader wants, if there is one of that name', () => {
    expect(inQuestion([pilot, june, december], '2008-04-16', 'december')).toBe(december)
    expect(inQuestion([pilot, june, december], '2008-04-16', 'nothing')).toBe(june)
  })
})

describe('layCards', () => {
  const cards = ['a', 'b', 'c', 'd', 'e'].map((key, i) => card(key, `2008-0${i + 1}-28`, 'behind'))

  it('shows all that fit', () => {
    expect(layCards(cards.slice(0, 3), cards[0]!, 3)).toEqual({ shown: cards.slice(0, 3), others: [] })
  })

  it('always shows the one in question, in order, and lists the others', () => {
    for (const question of cards) {
      const { shown, others } = layCards(cards, question, 3)
      expect(shown).toContain(question)
      expect(shown).toHaveLength(2)
      expect([...shown, ...others].map((c) => c.target.key).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
      expect(cards.indexOf(shown[1]!)).toBe(cards.indexOf(shown[0]!) + 1)
    }
  })
})

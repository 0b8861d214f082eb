import { describe, expect, test } from 'vitest'
import { standing } from '../../shared/domain/inquiry.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import { after, AT_MS, given, type Past, refusals, reported, reviewed } from './given.ts'

const DAY = '2008-01-10'
const cell = { unit: 'A1', day: DAY }
const waiting = (levels: number) => reviewed(levels, reported(districtA, 'A1', DAY, { accepted: 10, issued: 8 }))
const version = waiting(1).length
const ask = (past: Past[], counters: string[], text = 'which building?') =>
  after(past, office, 'AskAboutFigures', { ...cell, versions: versionsOf(counters), text })
const versionsOf = (counters: string[]) => Object.fromEntries(counters.map((c) => [c, version]))
const answer = (past: Past[], counters: string[], by: Actor = districtA, asked?: number) =>
  after(past, by, 'AnswerInquiry', { ...cell, counters, text: 'the old one', ...(asked && { asked }) })
const open = (past: Past[]) =>
  standing(given(past), cell).map(({ counter, text, answer: given }) => [counter, text, given?.text ?? null])

describe('a question of a reviewer', () => {
  test('K7 K8 is about figures that wait, and open until it is answered', () => {
    const asked = ask(waiting(1), ['accepted', 'issued'])
    expect(open(asked)).toEqual([
      ['accepted', 'which building?', null],
      ['issued', 'which building?', null],
    ])
    expect(standing(given(asked), cell)[0]).toMatchObject({ by: 'office', at: AT_MS, version })
    const answered = answer(asked, ['issued'])
    expect(open(answered)).toEqual([
      ['accepted', 'which building?', null],
      ['issued', 'which building?', 'the old one'],
    ])
    expect(
      refusals(answered, otherA, 'AnswerInquiry', { ...cell, counters: ['accepted', 'issued'], text: 'x' }),
    ).toEqual([{ code: 'inquiry.none', params: { counter: 'issued' }, at: 'counters.issued' }])
  })

  test('K7 is not asked about another version, or about what does not wait', () => {
    const codes = (past: Past[], versions: Record<string, number>) =>
      refusals(past, office, 'AskAboutFigures', { ...cell, versions, text: 'x' }).map((r) => `${r.at} ${r.code}`)
    expect(codes(waiting(1), { accepted: version - 1 })).toEqual(['versions.accepted review.changed'])
    expect(codes(waiting(0), { accepted: version })).toEqual(['versions.accepted review.notWaiting'])
  })

  test('K9 goes with the value: approved at the last level, returned or replaced it is no more', () => {
    const asked = ask(waiting(2), ['accepted'])
    const items = [{ ...cell, versions: { accepted: version } }]
    const once = after(asked, otherA, 'ApproveReports', { items })
    expect(open(once)).toHaveLength(1)
    expect(open(after(once, office, 'ApproveReports', { items }))).toEqual([])
    expect(open(after(asked, office, 'ReturnReports', { items, reason: 'which?' }))).toEqual([])
    const edited = after(asked, districtA, 'SubmitReports', {
      items: [item('A1', DAY, { accepted: 12 }, { basedOn: asked.length })],
    })
    expect(open(edited)).toEqual([])
    expect(refusals(edited, districtA, 'AnswerInquiry', { ...cell, counters: ['accepted'], text: 'x' })).toMatchObject([
      { code: 'inquiry.none' },
    ])
  })

  test('K8 one answer to two reviewers is for the question that it names; the other stays open for its own', () => {
    const first = ask(waiting(1), ['accepted', 'issued'])
    const twice = after(first, otherA, 'AskAboutFigures', {
      ...cell,
      versions: { accepted: version },
      text: 'and who?',
    })
    const [one, two] = [first.length, twice.length]
    const half = answer(twice, ['accepted'], districtA, two)
    expect(open(half)).toEqual([
      ['accepted', 'which building?', null],
      ['issued', 'which building?', null],
      ['accepted', 'and who?', 'the old one'],
    ])
    expect(open(answer(half, ['accepted'], districtA, one)).map(([, , text]) => text)).toEqual([
      ...['the old one', null, 'the old one'],
    ])
    const data = { ...cell, counters: ['accepted'], text: 'x' }
    expect(refusals(half, districtA, 'AnswerInquiry', { ...data, asked: two })).toEqual([
      { code: 'inquiry.none', params: { counter: 'accepted' }, at: 'counters.accepted' },
    ])
  })

  test('K8 an answer that names none closes all that were asked about its counters', () => {
    const twice = ask(ask(waiting(1), ['accepted']), ['accepted'], 'and who?')
    expect(open(answer(twice, ['accepted'])).map(([, , text]) => text)).toEqual(['the old one', 'the old one'])
  })
})

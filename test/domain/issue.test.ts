import { describe, expect, test } from 'vitest'
import { districtA, districtB, legal, office } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, ask, began, event, events, given, opened, type Past, ready, refusals } from './given.ts'

const question = {
  title: 'Who signs?',
  text: 'An employer hands in forty forms.',
  category: 'fee',
  unit: 'A1',
  from: '2008-01-03',
  to: null,
  article: 'fees',
  counters: ['issued'],
}
const logged = (past: Past[]) => {
  const [first] = events(past, legal, 'LogIssue', question)
  return first?.type === 'IssueLogged' ? first.data : undefined
}
const log = (past: Past[]) => after(past, legal, 'LogIssue', question)

describe('logging', () => {
  test('I1 legal staff anywhere, a district in its own subtree', () => {
    expect(events(ready(), legal, 'LogIssue', question)).toEqual([
      { type: 'IssueLogged', data: { issue: 1, number: 'T〔2008〕1', ...question } },
    ])
    expect(events(ready(), districtA, 'LogIssue', { ...question, unit: 'A' })).toHaveLength(1)
    expect(refusals(ready(), districtB, 'LogIssue', question).map((r) => r.code)).toEqual(['may.outsideUnit'])
  })

  test('I1 everything that is wrong is said together', () => {
    const wrong = {
      ...question,
      unit: 'Z9',
      category: 'x',
      article: 'x',
      to: '2008-01-01',
      counters: ['x', 'issued', 'y'],
    }
    expect(refusals(ready(), legal, 'LogIssue', wrong).map((r) => `${r.at} ${r.code}`)).toEqual([
      'unit unit.unknown',
      'category category.unknown',
      'article article.unknown',
      'to issue.daysReversed',
      'counters.0 counter.unknown',
      'counters.2 counter.unknown',
    ])
  })

  test('I1 no article, no counter and one day alone are an answer too', () => {
    const bare = { ...question, article: null, counters: [], to: question.from }
    expect(events(ready(), legal, 'LogIssue', bare)).toHaveLength(1)
  })

  test('I6 title, text and reason are trimmed and have a length', () => {
    const codes = (more: object) => {
      const decided = ask(given(ready()), legal, 'LogIssue', { ...question, ...more })
      return decided.ok ? decided.value : decided.refusals
    }
    expect(codes({ title: ' Who?\n' })).toMatchObject([{ data: { title: 'Who?' } }])
    expect(codes({ title: ' ', text: '' })).toMatchObject([
      { code: 'input.required', at: 'title' },
      { code: 'input.required', at: 'text' },
    ])
    expect(codes({ title: 'x'.repeat(201), text: 'x'.repeat(10_001) })).toEqual([
      { code: 'input.tooLong', params: { max: 200 }, at: 'title' },
      { code: 'input.tooLong', params: { max: 10_000 }, at: 'text' },
    ])
    const closed = ask(given(log(ready())), legal, 'CloseIssue', { issue: 1, reason: 'x'.repeat(501) })
    expect(closed).toEqual({
      ok: false,
      refusals: [{ code: 'input.tooLong', params: { max: 500 }, at: 'reason' }],
    })
  })
})

describe('numbers', () => {
  test('I2 they count within the year of the log, and start again at 1', () => {
    const numbers: string[] = []
    let past = ready()
    const next = () => {
      numbers.push(logged(past)!.number)
      past = log(past)
    }
    next()
    next()
    past = [...past, began('2008-12-31')]
    next()
    past = [...past, began('2009-01-01')]
    next()
    next()
    expect(numbers).toEqual(['T〔2008〕1', 'T〔2008〕2', 'T〔2008〕3', 'T〔2009〕1', 'T〔2009〕2'])
    expect(logged(past)!.issue).toBe(6)
  })

  test('I2 before the first day the moment of acceptance gives the year', () => {
    const early = log(opened())
    expect(logged(opened())!.number).toBe('T〔2008〕1')
    expect(logged([...early, began('2008-01-02')])!.number).toBe('T〔2008〕2')
    expect(logged([...early, began('2009-01-02')])!.number).toBe('T〔2009〕1')
  })

  test('I2 the series belongs to the programme', () => {
    const { issues } = tinyProgramme()
    const past = [...opened({ issues: { ...issues!, series: 'No. {n} of {year}' } }), began('2008-01-10')]
    expect(logged(past)!.number).toBe('No. 1 of 2008')
  })
})

describe('its course', () => {
  const asked = log(ready())
  const closed = after(asked, legal, 'CloseIssue', { issue: 1, reason: 'answered' })

  test.each([legal, office, districtA, districtB])('I3 $id may reply, wherever it belongs', (by) => {
    expect(events(asked, by, 'ReplyToIssue', { issue: 1, text: ' The person signs. ' })).toEqual([
      { type: 'IssueReplied', data: { issue: 1, text: 'The person signs.' } },
    ])
  })

  test('I3 legal staff alone close and reopen, with a reason', () => {
    expect(refusals(asked, office, 'CloseIssue', { issue: 1, reason: 'x' })).toEqual([{ code: 'may.not' }])
    expect(refusals(closed, districtA, 'ReopenIssue', { issue: 1, reason: 'x' })).toEqual([{ code: 'may.not' }])
    expect(ask(given(asked), legal, 'CloseIssue', { issue: 1, reason: ' ' })).toEqual({
      ok: false,
      refusals: [{ code: 'input.required', at: 'reason' }],
    })
  })

  test('I5 a closed question takes no reply until it is reopened', () => {
    const reply = { issue: 1, text: 'And the fee?' }
    expect(refusals(closed, office, 'ReplyToIssue', reply)).toEqual([{ code: 'issue.closed' }])
    const again = after(closed, legal, 'ReopenIssue', { issue: 1, reason: 'asked again' })
    expect(events(again, office, 'ReplyToIssue', reply)).toHaveLength(1)
    expect(given(after(again, office, 'ReplyToIssue', reply)).issues.get(1)).toEqual({
      number: 'T〔2008〕1',
      open: true,
      replies: 1,
    })
  })

  test('I4 an unknown question is not answered', () => {
    expect(refusals(asked, legal, 'ReplyToIssue', { issue: 2, text: 'x' })).toEqual([
      { code: 'issue.unknown', at: 'issue' },
    ])
    expect(given([...asked, event('IssueReplied', { issue: 1, text: 'x' }, legal)]).issues.get(1)!.replies).toBe(1)
  })
})

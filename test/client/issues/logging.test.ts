import { describe, expect, test } from 'vitest'
import {
  formOf,
  loggedIssue,
  loggingUnits,
  newForm,
  readForm,
  refusalsByField,
  toLogIssue,
  unfilled,
} from '../../../client/features/issues/logging.ts'
import { parseData } from '../../../shared/command.ts'
import type { Actor } from '../../../shared/policy.ts'
import { programme, units } from './sample.ts'

const actor = (role: Actor['role'], unit: string): Actor => ({ id: 'he', name: 'He', role, unit })
const form = (query: Record<string, unknown> = {}, may = (unit: string) => unit !== '') =>
  newForm(query, programme, may, 'north', '2008-03-10')
const filled = () => ({ ...form(), title: ' May we? ', text: 'Because\nof this', category: 'fee' })

describe('the form', () => {
  test('starts with the sender’s own unit, today and going on', () => {
    expect(form()).toMatchObject({
      unit: 'north',
      from: '2008-03-10',
      to: '',
      goingOn: true,
      counters: [],
      article: '',
    })
  })

  test('takes from the address what is known and allowed', () => {
    expect(form({ unit: 'n1', from: '2008-03-03', to: '2008-03-07', counter: 'issued', article: 'fee' })).toMatchObject(
      {
        unit: 'n1',
        from: '2008-03-03',
        to: '2008-03-07',
        goingOn: false,
        counters: ['issued'],
        article: 'fee',
      },
    )
    expect(
      form({ unit: 's1', from: '2008-02-30', counter: 'x', article: 'y' }, (u) => units.within(u, 'north')),
    ).toMatchObject({ unit: 'north', from: '2008-03-10', counters: [], article: '' })
  })

  test('a district logs in its own subtree, legal staff anywhere, office and viewers nowhere', () => {
    expect(loggingUnits(actor('district', 'north'), units)).toEqual([
      { code: 'north', depth: 0 },
      { code: 'n1', depth: 1 },
      { code: 'n2', depth: 1 },
    ])
    expect(loggingUnits(actor('legal', 'city'), units)).toHaveLength(6)
    expect(loggingUnits(actor('office', 'city'), units)).toEqual([])
    expect(loggingUnits(actor('viewer', 'city'), units)).toEqual([])
  })

  test('what it sends is a command that can be read', () => {
    const data = toLogIssue(filled())
    expect(data).toEqual({
      title: 'May we?',
      text: 'Because\nof this',
      category: 'fee',
      unit: 'north',
      from: '2008-03-10',
      to: null,
      article: null,
      counters: [],
    })
    expect(parseData({ id: 'command-1', kind: 'LogIssue', data }).ok).toBe(true)
  })

  test('says what is not filled in; a last day is asked for only when it does not go on', () => {
    expect(unfilled(filled())).toEqual([])
    expect(unfilled({ ...form(), from: '', goingOn: false }).map((r) => r.at)).toEqual([
      'title',
      'text',
      'category',
      'from',
      'to',
    ])
  })

  test('refusals stand beside their field, the others under the form', () => {
    const by = refusalsByField([
      { code: 'counter.unknown', at: 'counters.1' },
      { code: 'issue.daysReversed', at: 'to' },
      { code: 'network.lost' },
      { code: 'input.required', at: 'data' },
    ])
    expect(Object.keys(by).sort()).toEqual(['counters', 'form', 'to'])
    expect(by.form).toHaveLength(2)
  })
})

describe('after sending', () => {
  test('the answer names the question that was logged', () => {
    const answer = (...subjects: (string | null)[]) =>
      ({ ok: true, seq: 9, happened: subjects.map((subject) => ({ subject, version: 9 })) }) as const
    expect(loggedIssue(answer('issue/12'))).toBe(12)
    expect(loggedIssue(answer(null, 'report/A1/2008-03-03'))).toBeNull()
    expect(loggedIssue(answer())).toBeNull()
  })

  test('what was refused is a form again', () => {
    const ongoing = filled()
    expect(toLogIssue(formOf(toLogIssue(ongoing)))).toEqual(toLogIssue(ongoing))
    const ended = { ...filled(), to: '2008-03-12', goingOn: false, article: 'fee', counters: ['issued'] }
    expect(formOf(toLogIssue(ended))).toEqual({ ...ended, title: 'May we?' })
  })

  test('a form reads back as it was kept, and anything else is none', () => {
    expect(readForm(JSON.stringify(filled()))).toEqual(filled())
    for (const kept of ['', 'x', 'null', '{}', '{"counters":[]}', '[]']) expect(readForm(kept)).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import {
  findLogged,
  loggingUnits,
  newForm,
  readDraft,
  refusalsByField,
  toLogIssue,
  unfilled,
} from '../../../client/features/issues/logging.ts'
import { parseCommand } from '../../../shared/command.ts'
import type { Actor } from '../../../shared/policy.ts'
import { issueRow, programme, units } from './sample.ts'

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
    expect(parseCommand({ id: 'command-1', kind: 'LogIssue', data }).ok).toBe(true)
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
  const mine = { by: { id: 'he', name: 'He' }, title: 'May we?' }

  test('the issue is the first of the sender’s after the number known when it was sent', () => {
    const issues = [issueRow(4, mine), issueRow(7, mine), issueRow(6, mine), issueRow(5, { title: 'May we?' })]
    expect(findLogged(issues, 'he', 4, 'May we?')?.issue).toBe(6)
    expect(findLogged(issues, 'he', 7, 'May we?')).toBeUndefined()
    expect(findLogged([issueRow(8, { ...mine, title: 'Other' })], 'he', 7, 'May we?')).toBeUndefined()
    expect(findLogged([issueRow(8, { ...mine, title: 'Other' })], 'he', 7, null)?.issue).toBe(8)
  })

  test('a draft reads back as it was kept, and anything else is none', () => {
    const draft = { id: 'command-1', after: 4, form: filled() }
    expect(readDraft(JSON.stringify(draft))).toEqual(draft)
    for (const kept of [null, '', 'x', 'null', '{}', '{"id":"a","after":null,"form":{}}', '[]'])
      expect(readDraft(kept)).toBeNull()
  })
})

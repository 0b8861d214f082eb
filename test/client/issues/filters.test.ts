import { describe, expect, test } from 'vitest'
import {
  filterFromQuery,
  inState,
  isWide,
  type IssueFilter,
  NO_ARTICLE,
  queryFromFilter,
  selectIssues,
} from '../../../client/features/issues/filters.ts'
import { lineRow, units } from './sample.ts'

const none = filterFromQuery({})
const issues = [
  lineRow(1, { unit: 'city', title: '收费口径', number: '深〔2008〕1号', article: 'fee' }),
  lineRow(2, {
    unit: 'n1',
    state: 'closed',
    category: 'data',
    latest: { step: 'closed', by: { id: 'he', name: 'He Qin' }, at: 0, day: null, seq: 9 },
  }),
  lineRow(3, { unit: 'south', title: 'Two certificates, one window', by: { id: 'ma', name: 'Ma Li' } }),
]
const numbers = (with_: Partial<IssueFilter>) => selectIssues(issues, { ...none, ...with_ }, units).map((i) => i.issue)

describe('filters of the list', () => {
  test('an address without a query shows open questions and filters nothing', () => {
    expect(none).toEqual({ state: 'open', category: null, unit: null, article: null, text: '' })
    expect(queryFromFilter(none)).toEqual({})
    expect(isWide(none)).toBe(true)
  })

  test('every filter survives the way through the address', () => {
    const filter: IssueFilter = { state: 'closed', category: 'fee', unit: 'n1', article: NO_ARTICLE, text: '两证 合一' }
    const query = queryFromFilter(filter)
    expect(query).toEqual({ state: 'closed', category: 'fee', unit: 'n1', article: '-', q: '两证 合一' })
    expect(filterFromQuery(query)).toEqual(filter)
    expect(isWide(filter)).toBe(false)
  })

  test('what an address should not hold is passed over', () => {
    expect(filterFromQuery({ state: 'gone', unit: ['n1', 'n2'], q: null, category: '' })).toEqual({
      ...none,
      unit: 'n1',
    })
  })

  test('newest first', () => expect(numbers({})).toEqual([3, 2, 1]))

  test('a unit takes what touches its figures: at it, below it and above it', () => {
    expect(numbers({ unit: 'north' })).toEqual([2, 1])
    expect(numbers({ unit: 'city' })).toEqual([3, 2, 1])
    expect(numbers({ unit: 's1' })).toEqual([3, 1])
  })

  test('category, article, and questions without an article', () => {
    expect(numbers({ category: 'data' })).toEqual([2])
    expect(numbers({ article: 'fee' })).toEqual([1])
    expect(numbers({ article: NO_ARTICLE })).toEqual([3, 2])
  })

  test('text looks at numbers, title and people; all words must be there', () => {
    expect(numbers({ text: '收费' })).toEqual([1])
    expect(numbers({ text: 'WINDOW two' })).toEqual([3])
    expect(numbers({ text: 'ma li' })).toEqual([3])
    expect(numbers({ text: 'qin' })).toEqual([2])
    expect(numbers({ text: '§3' })).toEqual([3])
    expect(numbers({ text: 'window qin' })).toEqual([])
  })

  test('a number is found whatever brackets and widths it is typed with', () => {
    for (const text of ['深〔2008〕1号', '深[2008]1号', '深（２００８）１号', '深【2008】1号'])
      expect(numbers({ text })).toEqual([1])
  })

  test('states are told apart last, so that each can be counted', () => {
    const all = selectIssues(issues, none, units)
    expect(inState(all, 'open').map((i) => i.issue)).toEqual([3, 1])
    expect(inState(all, 'closed').map((i) => i.issue)).toEqual([2])
    expect(inState(all, 'all')).toHaveLength(3)
  })
})

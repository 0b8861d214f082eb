/** Filters of the list of questions; they live in the address, so that a link shows the same list. */
import type { Units } from '../../../shared/domain/units.ts'
import type { IssueLineRow } from '../../../shared/view/rows.ts'
import { samePlace } from '../../../shared/view/touching.ts'
import { newestFirst } from './steps.ts'

/** What the list can be narrowed to by state. */
export const STATES = ['open', 'closed', 'all'] as const

/** One reader's choice. */
export interface IssueFilter {
  state: (typeof STATES)[number]
  category: string | null
  /** questions that touch the figures of this unit: on it, below it or above it */
  unit: string | null
  /** key of an article, or `NO_ARTICLE` */
  article: string | null
  text: string
}

/** Stands for questions that name no article; no key can look like it. */
export const NO_ARTICLE = '-'

/** Reads an address's query; what is missing or unknown filters nothing, and open questions are shown first. */
export function filterFromQuery(query: Readonly<Record<string, unknown>>): IssueFilter {
  const read = (name: string): string | null => {
    const value: unknown = Array.isArray(query[name]) ? query[name][0] : query[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    state: STATES.find((s) => s === read('state')) ?? 'open',
    category: read('category'),
    unit: read('unit'),
    article: read('article'),
    text: read('q') ?? '',
  }
}

/** The shortest query that reads back as the filter. */
export function queryFromFilter(filter: IssueFilter): Record<string, string> {
  const query: Record<string, string> = {}
  if (filter.state !== 'open') query['state'] = filter.state
  if (filter.category !== null) query['category'] = filter.category
  if (filter.unit !== null) query['unit'] = filter.unit
  if (filter.article !== null) query['article'] = filter.article
  if (filter.text !== '') query['q'] = filter.text
  return query
}

/** True when nothing but the state narrows the list. */
export function isWide(filter: IssueFilter): boolean {
  return filter.category === null && filter.unit === null && filter.article === null && filter.text.trim() === ''
}

/** Questions that pass everything but the state, newest first; the counts beside the states are taken from these. */
export function selectIssues(issues: Iterable<IssueLineRow>, filter: IssueFilter, units: Units): IssueLineRow[] {
  const words = plain(filter.text)
    .split(/\s+/)
    .filter((w) => w !== '')
  const selected: IssueLineRow[] = []
  for (const issue of issues) {
    if (filter.category !== null && issue.category !== filter.category) continue
    if (filter.unit !== null && !samePlace(units, issue.unit, filter.unit)) continue
    if (filter.article !== null && (issue.article ?? NO_ARTICLE) !== filter.article) continue
    if (words.length > 0) {
      const searched = searchable(issue)
      if (!words.every((w) => searched.includes(w))) continue
    }
    selected.push(issue)
  }
  return newestFirst(selected)
}

/** The questions of one state. */
export function inState(issues: readonly IssueLineRow[], state: IssueFilter['state']): readonly IssueLineRow[] {
  return state === 'all' ? issues : issues.filter((i) => i.state === state)
}

/** What a line of the list can be found by: its numbers, its title, who logged it and who wrote to it last. */
const searchable = ({ issue, number, title, by, latest }: IssueLineRow): string =>
  plain([`§${issue}`, number, title, by.name, latest?.by.name ?? ''].join('\n'))

/** Full-width and half-width alike, case ignored, and every kind of bracket the same. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〔【([]/g, '[')
    .replace(/[〕】)\]]/g, ']')
}

/** How many questions hang on each article of the regulation. */
import type { Programme } from '../../../shared/domain/programme.ts'
import type { IssueLineRow } from '../../../shared/view/rows.ts'
import { NO_ARTICLE } from './filters.ts'

type Article = NonNullable<Programme['regulation']>['articles'][number]

/** Questions on one article. */
export interface ArticleLoad {
  /** key of the article, or `NO_ARTICLE` */
  key: string
  /** null for questions that name no article */
  article: Article | null
  open: number
  closed: number
}

/**
 * One line per article in the programme's order, then one for questions without an article (or with one that the
 * programme does not know) when there are any.
 */
export function articleLoad(articles: readonly Article[], issues: Iterable<IssueLineRow>): ArticleLoad[] {
  const lines: ArticleLoad[] = articles.map((article) => ({ key: article.key, article, open: 0, closed: 0 }))
  const byKey = new Map(lines.map((l) => [l.key, l]))
  const rest: ArticleLoad = { key: NO_ARTICLE, article: null, open: 0, closed: 0 }
  for (const issue of issues) {
    const line = (issue.article === null ? undefined : byKey.get(issue.article)) ?? rest
    line[issue.state]++
  }
  return rest.open + rest.closed > 0 ? [...lines, rest] : lines
}

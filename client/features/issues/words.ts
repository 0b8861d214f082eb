/** Names of what a question hangs on, in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { Day } from '../../../shared/progress/day.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { useToday } from './today.ts'

/** Words for units, categories, articles, counters and days; a key that the programme does not know stands for itself. */
export function useIssueWords() {
  const { t } = useI18n()
  const store = useProgramme()
  const format = useFormat()
  const today = useToday()

  const unit = (code: string): string => {
    const known = store.units.get(code)
    return known === undefined ? code : store.name(known.name)
  }
  const category = (key: string): string => {
    const known = store.programme.issues.categories.find((c) => c.key === key)
    return known === undefined ? key : store.name(known.name)
  }
  const counter = (key: string): string => {
    const known = store.programme.counters.find((c) => c.key === key)
    return known === undefined ? key : store.name(known.name)
  }
  const subject = (key: string): string => {
    const known = store.programme.regulation.articles.find((a) => a.key === key)
    return known === undefined ? key : store.name(known.subject)
  }
  const articleNumber = (key: string): string | null => {
    const number = store.programme.regulation.articles.find((a) => a.key === key)?.number ?? null
    return number === null ? null : t('issues.articleNumber', { n: number })
  }
  /** number, when known, and subject */
  const article = (key: string): string => [articleNumber(key), subject(key)].filter((w) => w !== null).join(' ')
  const days = (from: Day, to: Day | null): string => {
    if (to === null) return t('issues.daysOn', { from: format.day(from) })
    return from === to ? format.day(from) : t('issues.daysBetween', { from: format.day(from), to: format.day(to) })
  }
  /** without the year while it is this year's */
  const dayShort = (day: Day): string =>
    day.slice(0, 4) === today.value?.slice(0, 4) ? format.monthDay(day) : format.day(day)
  const daysShort = (from: Day, to: Day | null): string => {
    if (to === null) return t('issues.daysOn', { from: dayShort(from) })
    return from === to ? dayShort(from) : `${dayShort(from)} – ${dayShort(to)}`
  }
  /** the day of the log on which something was written; its moment before the first day began */
  const written = ({ day, at }: { day: Day | null; at: string }): string =>
    day === null ? format.moment(at) : dayShort(day)
  return { unit, category, counter, subject, articleNumber, article, days, dayShort, daysShort, written }
}

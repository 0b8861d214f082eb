/** Names of what a question hangs on, in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { Day } from '../../../shared/progress/day.ts'
import type { Extent } from '../../../shared/view/touching.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSheetAddress } from '../../stores/sheetAddress.ts'
import { useFormat } from '../../ui/format.ts'
import { useToday } from './today.ts'

type Days = Omit<Extent, 'unit'>

/** Words for units, categories, articles, counters and days; a key that the programme does not know stands for itself. */
export function useIssueLabels() {
  const { t } = useI18n()
  const store = useProgramme()
  const format = useFormat()
  const today = useToday()

  const unit = (code: string): string => {
    const known = store.units.get(code)
    return known === undefined ? code : store.name(known.name)
  }
  const category = (key: string): string => {
    const known = store.programme.issues?.categories.find((c) => c.key === key)
    return known === undefined ? key : store.name(known.name)
  }
  const counter = (key: string): string => {
    const known = store.programme.counters.find((c) => c.key === key)
    return known === undefined ? key : store.name(known.name)
  }
  const subject = (key: string): string => {
    const known = store.programme.regulation?.articles.find((a) => a.key === key)
    return known === undefined ? key : store.name(known.subject)
  }
  const articleNumber = (key: string): string | null => {
    const number = store.programme.regulation?.articles.find((a) => a.key === key)?.number ?? null
    return number === null ? null : t('issues.articleNumber', { n: number })
  }
  /** number, when known, and subject */
  const article = (key: string): string => [articleNumber(key), subject(key)].filter((w) => w !== null).join(' ')
  /** without the year while it is this year's */
  const dayShort = (day: Day): string =>
    day.slice(0, 4) === today.value?.slice(0, 4) ? format.monthDay(day) : format.dayShort(day)
  const between = ({ from, to, closedOn }: Days, day: (d: Day) => string): string => {
    if (to !== null) return from === to ? day(from) : t('issues.daysBetween', { from: day(from), to: day(to) })
    if (closedOn !== null) return t('issues.daysClosed', { from: day(from), to: day(closedOn) })
    return t('issues.daysOn', { from: day(from) })
  }
  const days = (issue: Days): string => between(issue, format.day)
  const daysShort = (issue: Days): string => between(issue, dayShort)
  /** the day of the log on which something was written; its moment before the first day began */
  const written = ({ day, at }: { day: Day | null; at: number }): string =>
    day === null ? format.moment(at) : dayShort(day)
  const sheet = useSheetAddress()
  return { sheet, unit, category, counter, subject, articleNumber, article, days, dayShort, daysShort, written }
}

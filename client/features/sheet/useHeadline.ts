/** The sentence that heads the sheet: what of the day is in, what waits for the person, and what comes first of it. */
import { computed } from 'vue'
import type { Labels } from './labels.ts'
import { useDayState } from './useDayState.ts'
import type { Sheet } from './useSheet.ts'
import type { Worklist } from './useWorklist.ts'

export function useHeadline(sheet: Sheet, work: Worklist, labels: Labels) {
  const { t, format } = labels
  const { counts, headline, isAhead } = useDayState(sheet, labels)
  const day = computed(() => {
    const { today } = sheet.rows.clock
    if (sheet.day === today) return t('work.head.today')
    return today !== null && sheet.day.slice(0, 4) === today.slice(0, 4)
      ? format.monthDay(sheet.day)
      : format.day(sheet.day)
  })
  const reports = computed(() => {
    const { expected, in: n, partial, missing } = counts.value
    if (expected === 0 || isAhead.value) return t('work.head.other', { day: day.value, state: headline.value })
    const owed = missing === 0 ? null : sheet.restating ? 'missing' : 'due'
    const parts = [t('work.head.in', { n, of: expected })]
    if (partial > 0) parts.push(t('work.head.partial', { n: partial }))
    if (owed !== null) parts.push(t(`work.head.${owed}`, { n: missing }, missing))
    return t('work.head.reports', { day: day.value, parts: parts.join(t('work.head.comma')) })
  })
  return computed(() => {
    if (!sheet.writable || !work.ready) return t('work.head.alone', { reports: reports.value })
    const [first] = work.items
    if (first === undefined) return t('work.head.done', { reports: reports.value })
    const n = work.total
    if (first.what === 'open') return t('work.head.openFirst', { reports: reports.value, n }, n)
    const what = t(`work.noun.${first.supervised ? 'supervised' : first.what}`)
    return t('work.head.first', { reports: reports.value, n, unit: labels.short(first.unit), what }, n)
  })
}

/** How the day of the sheet stands: open, over, locked, to come; and how much of it is in. */
import { computed } from 'vue'
import { isExpected } from '../../../shared/domain/world.ts'
import { addDays } from '../../../shared/progress/day.ts'
import type { Sheet } from './useSheet.ts'
import type { Words } from './useWords.ts'

export function useState(sheet: Sheet, { t, format }: Words) {
  const { rows, day } = sheet
  const counts = computed(() => {
    const due = sheet.lines.filter((l) => l.due || l.report !== undefined)
    return {
      all: due.length,
      in: sheet.lines.filter((l) => l.report !== undefined).length,
      missing: sheet.lines.filter((l) => l.word === 'missing').length,
    }
  })
  const headline = computed(() => {
    const { today, lockedThrough } = rows.now
    const { deadline: time, graceDays } = rows.frame.programme.reporting
    if (today === null || day > today) return t('sheet.state.future')
    if (lockedThrough !== null && day <= lockedThrough)
      return t('sheet.state.locked', { day: format.monthDay(lockedThrough) })
    if (sheet.lines.every((l) => l.word === 'notStarted')) return t('sheet.state.notStarted')
    if (!rows.lines.some((code) => isExpected(rows.frame, code, day)))
      return t(rows.frame.calendar.isWork(day) ? 'sheet.state.notDue' : 'sheet.state.off')
    if (sheet.restating) return t('sheet.state.passed', { time })
    return graceDays === 0
      ? t('sheet.state.open', { time })
      : t('sheet.state.openOn', { day: format.monthDay(addDays(day, graceDays)), time })
  })
  const detail = computed(() => {
    const { all, in: n, missing } = counts.value
    const parts: string[] = []
    if (!sheet.writable) parts.push(t('sheet.state.readOnly'))
    if (all > 0) parts.push(t('sheet.state.in', { n, all }))
    if (missing > 0) parts.push(t('sheet.state.missing', { n: missing }))
    if (sheet.restating && sheet.open) parts.push(t('sheet.state.restating'))
    return parts
  })
  return { counts, headline, detail }
}

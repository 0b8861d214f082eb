/** How the day of the sheet stands: open, over, locked, to come; and how many of its reports are in. */
import { computed } from 'vue'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { isGiven } from '../../../shared/view/due.ts'
import { addDays, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { useProgramme } from '../../stores/programme.ts'
import type { Labels } from './labels.ts'
import type { Sheet } from './useSheet.ts'

export function useDayState(sheet: Sheet, { t, format }: Labels) {
  const { rows, day } = sheet
  const store = useProgramme()
  /** expected reports: they add up to `expected`; `given`: reports with any figure, expected or not */
  const counts = computed(() => {
    const expected = sheet.lines.map((l) => l.standing).filter((s) => s !== null)
    const of = (standing: string) => expected.filter((s) => s === standing).length
    const given = sheet.lines.filter(({ cells }) => cells.some(({ figure }) => isGiven(figure))).length
    return { expected: expected.length, in: of('in'), partial: of('partial'), missing: of('missing'), given }
  })
  const isAhead = computed(() => rows.clock.today === null || day > rows.clock.today)
  const hasEnded = computed(() => sheet.ended !== null || sheet.lines.every((l) => l.word === 'ended'))
  /** day of the report that this one will be in, where another rhythm than the daily one holds */
  const nextDue = computed(() => {
    const days = sheet.lines.flatMap(({ unit }) =>
      store.programme.counters.map((_, counter) => store.rhythm.reportDay(unit, counter, dayNumber(day))),
    )
    const known = days.filter((n) => n !== null)
    return known.length === 0 ? null : dayOf(Math.min(...known))
  })
  const headline = computed(() => {
    const { lockedThrough, over } = rows.clock
    const { deadline: time, graceDays } = store.programme.reporting
    if (over !== undefined) return t('clock.over', { day: format.day(store.programme.endsOn) })
    if (isAhead.value) return t('sheet.state.future')
    if (hasEnded.value) return t('common.report.ended')
    if (lockedThrough !== null && day <= lockedThrough)
      return t('sheet.state.locked', { day: format.monthDay(lockedThrough) })
    if (sheet.lines.every((l) => l.word === 'notStarted')) return t('sheet.state.notStarted')
    if (counts.value.expected === 0 && !store.calendar.isWork(day)) return t('sheet.state.off')
    if (counts.value.expected === 0)
      return nextDue.value === null
        ? t('sheet.state.notDue')
        : t('sheet.state.nextDue', { day: format.monthDay(nextDue.value) })
    if (sheet.restating) return t('sheet.state.passed', { time })
    return graceDays === 0
      ? t('sheet.state.open', { time })
      : t('sheet.state.openOn', { day: format.monthDay(addDays(day, graceDays)), time })
  })
  /** it is the task alone that is missing to write here */
  const lacksTask = computed(() => {
    const may = (me: Actor) => mayCommand(me, 'SubmitReports', store.units, sheet.unit)
    return !may(sheet.me) && may({ ...sheet.me, tasks: ['report'] })
  })
  const detail = computed(() => {
    const parts: string[] = []
    if (!sheet.writable) parts.push(t(lacksTask.value ? 'sheet.state.noTask' : 'sheet.state.readOnly'))
    if (!isAhead.value && sheet.restating && sheet.open) parts.push(t('sheet.state.restating'))
    return parts
  })
  return { counts, headline, detail, isAhead }
}

/** The days of a unit's lines, live, as a strip shows them. */
import { computed, type ComputedRef } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import { monthsOf } from '../../../shared/view/calendar.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'
import { linesOf } from './rows.ts'
import { phoneWindow, type StripDay, stripDays, stripWindow } from './strip.ts'

export function useStrip(
  unit: () => string,
  at: () => { day: Day; today: Day; phone: boolean; weeks: number },
): ComputedRef<readonly StripDay[]> {
  const store = useProgramme()
  const scope = useScope(() => `calendar:${unit()}`)
  const months = computed(() => monthsOf(scope.all('calendar')))
  return computed(() => {
    const { day, today, phone, weeks } = at()
    const { startsOn } = store.programme
    const window = phone ? phoneWindow(today, day, startsOn) : stripWindow(today, day, startsOn, weeks)
    return stripDays({
      ...window,
      today,
      units: linesOf(store.units, unit()),
      report: months.value,
      isWork: (on) => store.calendar.isWork(on),
    })
  })
}

/** What the page of silence watches of a unit. */
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { type Day, dayNumber } from '../../../shared/progress/day.ts'
import { type CalendarRow, dayIn } from '../../../shared/view/calendar.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { usePresentOf } from '../../stores/present.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'

export function useSilence(unit: MaybeRefOrGetter<string>) {
  const store = useProgramme()
  const calendar = useScope(() => (toValue(unit) === '' ? '' : `calendar:${toValue(unit)}`))
  const silence = useScope(() => (toValue(unit) === '' ? '' : `silence:${toValue(unit)}`))
  const clock = computed(() => silence.get<'clock'>(rowKey.clock()))
  const byUnit = computed(() => Map.groupBy(calendar.all('calendar'), (row) => row.unit))
  const rowsOf = (code: string): readonly CalendarRow[] => byUnit.value.get(code) ?? []
  const leaves = computed(() => store.units.leaves(toValue(unit)).filter((leaf) => byUnit.value.has(leaf)))
  const today = usePresentOf(computed(() => clock.value?.today ?? null))
  /** days up to today on which anything is expected of anybody */
  const days = computed<Day[]>(() => {
    const months = new Map(calendar.all('calendar').map(({ month, days: of }) => [month, of.length]))
    const all = [...months].flatMap(([month, length]) => Array.from({ length }, (_, i) => dayIn(month, i)))
    const isExpected = (day: Day) => leaves.value.some((leaf) => store.rhythm.expected(leaf, dayNumber(day)).length > 0)
    return all.filter((day) => today.value !== null && day <= today.value && isExpected(day)).sort()
  })
  return {
    ready: computed(() => calendar.ready.value && silence.ready.value),
    refusals: computed(() => silence.refusals.value),
    clock,
    head: computed(() => silence.get<'silence'>(rowKey.silence())),
    chase: computed(() =>
      silence
        .all('chase')
        .toSorted((a, b) => b.day.localeCompare(a.day) || store.units.index(a.unit) - store.units.index(b.unit)),
    ),
    /** those that are open first */
    items: computed(() =>
      silence
        .all('item')

        .toSorted(
          (a, b) =>
            Number(a.closed !== null) - Number(b.closed !== null) || b.day.localeCompare(a.day) || b.item - a.item,
        ),
    ),
    rowsOf,
    leaves,
    days,
  }
}
export type Silence = ReturnType<typeof useSilence>

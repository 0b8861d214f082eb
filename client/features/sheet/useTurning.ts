/** The sheet without a day in its address goes along with today, but not under the hands of somebody who is at it. */
import { useEventListener } from '@vueuse/core'
import { computed, type ComputedRef, type Ref, ref, shallowRef, watch } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import type { Sheet } from './useSheet.ts'

/** `room`: the element of the page. `asked`: the day in the address; null = whatever is today. */
export function useTurning(
  room: Readonly<Ref<HTMLElement | null>>,
  sheet: Readonly<Ref<Sheet | null>>,
  unit: () => string,
  asked: () => Day | null,
): ComputedRef<Day | null> {
  /** somebody is at a field of the page, or at one of its dialogs; another window in front changes nothing */
  const at = ref(false)
  const look = () => {
    const here = document.activeElement
    at.value = room.value?.contains(here) === true && here?.closest('input, textarea, select, dialog') != null
  }
  useEventListener(room, 'focusin', look)
  useEventListener(room, 'focusout', () => setTimeout(look))
  // a field that goes with its sheet may say nothing of it
  watch(sheet, look, { flush: 'post' })

  /** the sheet of the address before this one: the address that somebody went to wins over it */
  const left = shallowRef<Sheet | null>(null)
  /** the day that the sheet stayed on when another one began, until it is left */
  const stayed = ref<Day | null>(null)
  const held = computed(() => {
    const of = sheet.value
    if (of === null || of === left.value || of.unit !== unit()) return null
    // a day that was taken back takes nothing any more
    const { today } = of.rows.clock
    if (today !== null && of.day > today) return null
    if (stayed.value !== null) return stayed.value
    return at.value || of.unsent > 0 || of.way.waiting.length > 0 ? of.day : null
  })
  watch(
    () => sheet.value?.rows.clock.today,
    (today) => {
      // today may also come back to the day that it was held on
      if (asked() === null && held.value !== null) stayed.value = held.value === today ? null : held.value
    },
  )
  watch(
    [unit, asked],
    () => {
      stayed.value = null
      const { value: of } = sheet
      left.value = of === null || of.day === of.rows.clock.today ? null : of
    },
    // the rows of the new address are looked for at once
    { flush: 'sync' },
  )
  return held
}

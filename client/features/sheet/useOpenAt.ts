/** The address may name a street, or a street and a counter (`?at=STREET/COUNTER`): its cell has the focus once it is there. */
import { watch } from 'vue'
import { useRoute } from 'vue-router'
import { cellKey } from './cells.ts'
import type { Sheet } from './useSheet.ts'

/** `isToCard`: what waits there is come to by its card, which says what can be done, not by its cell. */
export function useOpenAt(sheet: Sheet, isToCard: () => boolean): void {
  const route = useRoute()
  const asked = () => {
    const at = route.query.at
    if (typeof at !== 'string') return null
    const [unit = '', counter = ''] = at.split('/')
    if (!sheet.lines.some((line) => line.unit === unit)) return null
    const main = sheet.counters[Math.max(0, sheet.main)]!
    return cellKey(unit, sheet.counters.includes(counter) ? counter : main)
  }
  watch(
    asked,
    (key) => {
      if (key === null) return
      sheet.focusOn(key)
      if (isToCard()) return
      // on a phone the street is shown only now
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(key)}"]`)?.focus())
    },
    { immediate: true, flush: 'post' },
  )
}

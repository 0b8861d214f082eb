/** The pages in the bar, and which of them one is on. */
import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { useProgramme } from '../../stores/programme.ts'
import { useReminders } from '../../stores/reminders.ts'
import { useSession } from '../../stores/session.ts'
import { useWaiting } from '../../stores/waiting.ts'
import { type Page, pagesFor } from './pages.ts'

export interface NavItem extends Page {
  current: boolean
  /** how much waits there; 0 = nothing */
  count: number
}

/** Names of the routes that belong to each page. */
const ROUTES: Record<Page['key'], readonly string[]> = {
  overview: ['home', 'unit'],
  sheet: ['sheet'],
  reading: ['sheet'],
  review: ['review'],
  silence: ['silence'],
  issues: ['issues', 'issue', 'newIssue'],
  people: ['people'],
  operation: ['operation'],
}

export function useNav(): ComputedRef<NavItem[]> {
  const session = useSession()
  const programme = useProgramme()
  const reminders = useReminders()
  const waiting = useWaiting()
  const route = useRoute()
  const counts: Partial<Record<Page['key'], () => number>> = {
    sheet: () => waiting.report,
    review: () => waiting.review,
    silence: () => reminders.owed,
  }
  return computed(() => {
    if (session.me === null || !programme.ready) return []
    return pagesFor(session.me, programme.units, programme.hasIssues).map((p) => ({
      ...p,
      current: ROUTES[p.key].includes(String(route.name)),
      count: counts[p.key]?.() ?? 0,
    }))
  })
}

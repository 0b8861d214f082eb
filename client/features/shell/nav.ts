/** Which pages a person is offered, and where they lead. */
import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import type { Units } from '../../../shared/domain/units.ts'
import { type Actor, mayCommand, mayWatch } from '../../../shared/policy.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSession } from '../../stores/session.ts'

export interface NavItem {
  key: 'overview' | 'sheet' | 'issues' | 'people'
  to: string
  current: boolean
}

/** The pages of a role; `unit` is the person's own. Those who may not write see no sheet in the bar. */
export function pagesFor(actor: Actor, units: Units): { key: NavItem['key']; to: string }[] {
  const pages: { key: NavItem['key']; to: string }[] = [{ key: 'overview', to: `/u/${units.root}` }]
  if (mayCommand(actor, 'SubmitReports', units, actor.unit))
    pages.push({ key: 'sheet', to: actor.unit === units.root ? '/sheet' : `/sheet/${actor.unit}` })
  if (mayWatch(actor, { kind: 'issues' }, units)) pages.push({ key: 'issues', to: '/issues' })
  if (mayWatch(actor, { kind: 'people' }, units)) pages.push({ key: 'people', to: '/people' })
  return pages
}

const ROUTES: Record<NavItem['key'], readonly string[]> = {
  overview: ['home', 'unit'],
  sheet: ['sheet'],
  issues: ['issues', 'issue', 'newIssue'],
  people: ['people'],
}

export function useNav(): ComputedRef<NavItem[]> {
  const session = useSession()
  const programme = useProgramme()
  const route = useRoute()
  return computed(() => {
    if (session.me === null || !programme.ready) return []
    return pagesFor(session.me, programme.units).map((p) => ({
      ...p,
      current: ROUTES[p.key].includes(String(route.name)),
    }))
  })
}

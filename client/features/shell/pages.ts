/** Which pages a person is offered. */
import type { Units } from '../../../shared/domain/units.ts'
import { type Actor, mayCommand, mayWatch } from '../../../shared/policy.ts'

export interface Page {
  key: 'overview' | 'sheet' | 'issues' | 'people' | 'operation'
  to: string
}

/** The pages of a role; `unit` is the person's own. Those who may not write see no sheet in the bar. */
export function pagesFor(actor: Actor, units: Units): Page[] {
  const pages: Page[] = [{ key: 'overview', to: `/u/${units.root}` }]
  if (mayCommand(actor, 'SubmitReports', units, actor.unit))
    pages.push({ key: 'sheet', to: actor.unit === units.root ? '/sheet' : `/sheet/${actor.unit}` })
  if (mayWatch(actor, { kind: 'issues' }, units, null)) pages.push({ key: 'issues', to: '/issues' })
  if (mayWatch(actor, { kind: 'people' }, units, null)) pages.push({ key: 'people', to: '/people' })
  if (mayCommand(actor, 'SeeOperation', units)) pages.push({ key: 'operation', to: '/operation' })
  return pages
}

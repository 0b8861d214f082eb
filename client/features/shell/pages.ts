/** Which pages a person is offered. */
import type { Units } from '../../../shared/domain/units.ts'
import { type Actor, mayCommand, mayWatch } from '../../../shared/policy.ts'

export interface Page {
  /** `reading`: the sheet of those who may not write to it */
  key: 'overview' | 'sheet' | 'reading' | 'review' | 'silence' | 'issues' | 'people' | 'operation'
  to: string
}

/** The pages of a role; `hasIssues`: legal questions are kept. */
export function pagesFor(actor: Actor, units: Units, hasIssues: boolean): Page[] {
  const pages: Page[] = [{ key: 'overview', to: `/u/${units.root}` }]
  // rights to a sheet do not depend on its day
  if (mayWatch(actor, { kind: 'sheet', unit: actor.unit, day: units.startsOn(actor.unit) }, units, null))
    pages.push({
      key: mayCommand(actor, 'SubmitReports', units, actor.unit) ? 'sheet' : 'reading',
      to: actor.unit === units.root ? '/sheet' : `/sheet/${actor.unit}`,
    })
  if (mayCommand(actor, 'ApproveReports', units, actor.unit)) pages.push({ key: 'review', to: '/review' })
  if (mayWatch(actor, { kind: 'silence', unit: actor.unit }, units, null))
    pages.push({ key: 'silence', to: '/silence' })
  if (hasIssues && mayWatch(actor, { kind: 'issues' }, units, null)) pages.push({ key: 'issues', to: '/issues' })
  if (mayWatch(actor, { kind: 'people' }, units, null)) pages.push({ key: 'people', to: '/people' })
  if (mayCommand(actor, 'SeeOperation', units)) pages.push({ key: 'operation', to: '/operation' })
  return pages
}

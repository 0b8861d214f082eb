/** Legal questions and their steps. */
import type { Day } from '../../../shared/progress/day.ts'
import type { EventData, Recorded } from '../../../shared/event.ts'
import type { IssueStepRow } from '../../../shared/view/rows.ts'
import { partsOf, person, type View } from '../view.ts'

type Logged = Recorded & { type: 'IssueLogged'; data: EventData['IssueLogged'] }

export function createIssueView(): View {
  const issues = new Map<number, { event: Logged; day: Day | null; closedOn: Day | null }>()
  return {
    kind: 'issue',
    fold({ event }, { world }, mark) {
      if (event.type === 'IssueLogged') issues.set(event.data.issue, { event, day: world.today, closedOn: null })
      if (event.type === 'IssueClosed') issues.get(event.data.issue)!.closedOn = world.today
      if (event.type === 'IssueReopened') issues.get(event.data.issue)!.closedOn = null
      if ('issue' in event.data) mark(String(event.data.issue))
    },
    build(id, { world }) {
      const { event, day, closedOn } = issues.get(Number(id))!
      const { open, replies } = world.issues.get(Number(id))!
      return {
        kind: 'issue',
        key: `issue/${id}`,
        ...event.data,
        state: open ? 'open' : 'closed',
        closedOn,
        by: person(world, event.actor),
        at: event.at,
        day,
        replies,
      }
    },
    scopes: () => ['issues'],
  }
}

type Step = Recorded & { type: 'IssueReplied' | 'IssueClosed' | 'IssueReopened' }

const STEP: Record<Step['type'], IssueStepRow['step']> = {
  IssueReplied: 'replied',
  IssueClosed: 'closed',
  IssueReopened: 'reopened',
}

export function createStepView(): View {
  const steps = new Map<number, { event: Step; day: Day | null }[]>()
  return {
    kind: 'step',
    fold({ event }, { world }, mark) {
      if (event.type !== 'IssueReplied' && event.type !== 'IssueClosed' && event.type !== 'IssueReopened') return
      const { issue } = event.data
      const list = steps.get(issue) ?? []
      steps.set(issue, list)
      list.push({ event, day: world.today })
      mark(`${issue}/${list.length}`)
    },
    build(id, { world }) {
      const [issue, n] = partsOf(id).map(Number) as [number, number]
      const { event, day } = steps.get(issue)![n - 1]!
      return {
        kind: 'step',
        key: `step/${id}`,
        issue,
        step: STEP[event.type],
        text: event.type === 'IssueReplied' ? event.data.text : event.data.reason,
        by: person(world, event.actor),
        at: event.at,
        day,
        seq: event.seq,
      }
    },
    scopes: () => ['issues'],
  }
}

/** Scope `issues`: a line for each legal question. Scope `issue:N`: one of them with its text and its steps. */
import type { IssueLineRow, IssueRow, StepRow } from '../../../shared/view/rows.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import type { IssueRecord, IssueStep } from '../issues.ts'
import type { State } from '../state.ts'
import { numberIn, person, type View } from './view.ts'

type Head = Omit<IssueLineRow, 'kind' | 'key'>

function headOf({ world }: State, record: IssueRecord): Head {
  const { logged, seq, by, at, day, closedOn, steps } = record
  const { issue, number, title, category, unit, from, to, article, counters } = logged
  const known = world.issues.get(logged.issue)!
  const latest = steps.at(-1)
  return {
    issue,
    number,
    title,
    category,
    unit,
    from,
    to,
    article,
    counters,
    state: known.open ? 'open' : 'closed',
    closedOn,
    by: person(world, by),
    at,
    day,
    seq,
    replies: known.replies,
    latest: latest === undefined ? null : stepHead(world, latest),
  }
}

const stepHead = (world: State['world'], { step, by, at, day, seq }: IssueStep): NonNullable<Head['latest']> => ({
  step,
  by: person(world, by),
  at,
  day,
  seq,
})

export function issuesView(state: State): View {
  return {
    *keys() {
      for (const issue of state.issues.keys()) yield rowKey.issueLine(issue)
    },
    row(key) {
      const record = state.issues.get(numberIn(key))
      return record === undefined ? null : { kind: 'issueLine', key, ...headOf(state, record) }
    },
    touch: ({ event }, mark) => {
      if ('issue' in event.data) mark(rowKey.issueLine(event.data.issue))
    },
  }
}

export function issueView(state: State, issue: number): View {
  const issueRow = (record: IssueRecord): IssueRow => ({
    kind: 'issue',
    key: rowKey.issue(),
    ...headOf(state, record),
    text: record.logged.text,
  })
  const stepRow = (key: string, record: IssueRecord): StepRow | null => {
    const n = numberIn(key)
    const step = record.steps[n - 1]
    return step === undefined ? null : { kind: 'step', key, n, ...stepHead(state.world, step), text: step.text }
  }
  return {
    *keys() {
      const record = state.issues.get(issue)
      if (record === undefined) return
      yield rowKey.issue()
      for (let n = 1; n <= record.steps.length; n++) yield rowKey.step(n)
    },
    row(key) {
      const record = state.issues.get(issue)
      if (record === undefined) return null
      return kindOf(key) === 'issue' ? issueRow(record) : stepRow(key, record)
    },
    touch({ event }, mark) {
      if (!('issue' in event.data) || event.data.issue !== issue) return
      mark(rowKey.issue())
      mark(rowKey.step(state.issues.get(issue)!.steps.length))
    },
  }
}

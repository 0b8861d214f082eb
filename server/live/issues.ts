/** Texts and steps of issues: what pages show and decisions do not need. Plain data. */
import type { IssueEvents } from '../../shared/domain/issue.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { StepRow } from '../../shared/view/rows.ts'

/** People by id. */
export type IssueStep = Omit<StepRow, 'kind' | 'key' | 'n' | 'by'> & { by: string }

export interface IssueRecord {
  logged: IssueEvents['IssueLogged']
  /** of the event that logged it */
  seq: number
  by: string
  /** ms since epoch */
  at: number
  /** day of the log on which it was logged */
  day: Day | null
  /** day of the log on which it was closed; null while it is open */
  closedOn: Day | null
  steps: IssueStep[]
}

type IssueEvent<T> = Recorded & { type: T }
type Takes<T extends keyof IssueEvents> = (
  records: Map<number, IssueRecord>,
  event: IssueEvent<T>,
  today: Day | null,
) => void

function addStep(
  records: Map<number, IssueRecord>,
  { data, seq, actor, at }: IssueEvent<Exclude<keyof IssueEvents, 'IssueLogged'>>,
  day: Day | null,
  step: IssueStep['step'],
): IssueRecord {
  const record = records.get(data.issue)!
  const text = 'text' in data ? data.text : data.reason
  record.steps.push({ step, text, by: actor, at: Date.parse(at), day, seq })
  return record
}

const TAKES: { [T in keyof IssueEvents]: Takes<T> } = {
  IssueLogged(records, { data, seq, actor, at }, day) {
    records.set(data.issue, { logged: data, seq, by: actor, at: Date.parse(at), day, closedOn: null, steps: [] })
  },
  IssueReplied: (records, event, today) => void addStep(records, event, today, 'replied'),
  IssueClosed(records, event, today) {
    addStep(records, event, today, 'closed').closedOn = today
  },
  IssueReopened(records, event, today) {
    addStep(records, event, today, 'reopened').closedOn = null
  },
}

/** Takes in an event about an issue; others change nothing. `today` is the day of the log. */
export function takeIssue(records: Map<number, IssueRecord>, event: Recorded, today: Day | null): void {
  if (!(event.type in TAKES)) return
  // an event's type and its entry in the table belong together
  const take = TAKES[event.type as keyof IssueEvents] as Takes<keyof IssueEvents>
  take(records, event as IssueEvent<keyof IssueEvents>, today)
}

/** Days are taken back: what was recorded on them, after the seq `since`, was on `today`. Numbers that were given stay. */
export function redateIssues(records: ReadonlyMap<number, IssueRecord>, since: number, today: Day | null): void {
  for (const record of records.values()) {
    if (record.seq > since) record.day = today
    for (const step of record.steps) if (step.seq > since) step.day = today
    if (record.closedOn !== null) record.closedOn = record.steps.findLast(({ step }) => step === 'closed')!.day
  }
}

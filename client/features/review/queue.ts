/** What of the queue a reviewer has to do: which figures are theirs, which reports come first, and why. */
import type { Day } from '../../../shared/progress/day.ts'
import type { Approval } from '../../../shared/progress/approving.ts'
import { type AskedQuestion, isOpenQuestion } from '../../../shared/view/asked.ts'
import { isFor, type QueueRow, type Reviewer } from '../../../shared/view/queueRows.ts'
import type { ReportFigure } from '../../../shared/view/reportFigure.ts'

/** Why a report comes first, the weightiest first. */
export const REMARKS = [
  'corrected',
  'withdrawn',
  'questioned',
  'confirmed',
  'moved',
  'replied',
  'asked',
  'partial',
] as const
export type Remark = (typeof REMARKS)[number]

/** A report with what of it the reviewer can decide. */
export interface Task {
  key: string
  unit: string
  day: Day
  figures: readonly ReportFigure[]
  /** indices of the counters that the reviewer may approve or return */
  mine: readonly number[]
  remarks: readonly Remark[]
  /** quality questions about the report, those without an answer first */
  questions: readonly AskedQuestion[]
  /** by how much approving would raise and lower approved figures, by counter: never netted */
  ups: readonly number[]
  downs: readonly number[]
  /** ms since epoch of the earliest of them */
  since: number
}

const waits = ({ state }: ReportFigure): boolean => state === 'submitted'

/** Remarks of a report: why somebody should look at it before the others. */
export function remarksOf({ figures, asked = [] }: Pick<QueueRow, 'figures' | 'asked'>): Remark[] {
  const waiting = figures.filter(waits)
  const found: Record<Remark, boolean> = {
    corrected: waiting.some(({ approved, value }) => approved !== null && value !== null),
    withdrawn: waiting.some(({ value }) => value === null),
    questioned: asked.some((q) => isOpenQuestion(q) && waits(figures[q.counter]!)),
    confirmed: waiting.some(({ confirmed }) => (confirmed?.length ?? 0) > 0),
    moved: waiting.some(({ moves }) => moves !== undefined),
    replied: waiting.some(({ inquiries = [] }) => inquiries.some(({ answer }) => answer !== undefined)),
    asked: waiting.some(({ inquiries = [] }) => inquiries.some(({ answer }) => answer === undefined)),
    partial: figures.some(({ value, approved, state }) => state === 'blank' && value === null && approved === null),
  }
  return REMARKS.filter((remark) => found[remark])
}

/** All that could be decided has been asked about and none of it is answered: the next word is somebody else's. */
export const isAsked = ({ figures, mine }: Pick<Task, 'figures' | 'mine'>): boolean =>
  mine.every((i) => figures[i]!.inquiries?.some(({ answer }) => answer === undefined) === true)

/** The reviewer's part of the queue: those with remarks first, by the weight of the remark; then by day; last what was asked about. */
export function tasksOf(rows: readonly QueueRow[], reviewer: Reviewer): Task[] {
  const tasks = rows.flatMap((row): Task[] => {
    const mine = row.figures.flatMap((figure, i) => (isFor(figure, reviewer) ? [i] : []))
    if (mine.length === 0) return []
    const { key, unit, day, figures, asked = [] } = row
    const questions = asked.toSorted((a, b) => Number(isOpenQuestion(b)) - Number(isOpenQuestion(a)))
    const change = (i: number): number =>
      mine.includes(i) ? (figures[i]!.value ?? 0) - (figures[i]!.approved ?? 0) : 0
    const changes = figures.map((_, i) => change(i))
    return [
      {
        ...{ key, unit, day, figures, mine, questions, remarks: remarksOf(row) },
        ups: changes.map((n) => Math.max(0, n)),
        downs: changes.map((n) => Math.max(0, -n)),
        since: Math.min(...mine.map((i) => figures[i]!.at)),
      },
    ]
  })
  const weight = (task: Task) => {
    if (isAsked(task)) return REMARKS.length + 1
    return task.remarks.length === 0 ? REMARKS.length : REMARKS.indexOf(task.remarks[0]!)
  }
  return tasks.sort((a, b) => weight(a) - weight(b) || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Reports that are not the reviewer's now: those with a figure that waits at a level below, and those of a level above or their own. */
export function othersIn(rows: readonly QueueRow[], reviewer: Reviewer): { below: number; beyond: number } {
  const others = rows.filter(({ figures }) => figures.some(waits) && !figures.some((figure) => isFor(figure, reviewer)))
  const below = others.filter(({ figures }) =>
    figures.some((figure) => isFor(figure, { ...reviewer, lowest: 1 })),
  ).length
  return { below, beyond: others.length - below }
}

/** Figures that somebody confirmed against a warning and nobody has cleared. */
export const confirmedIn = (rows: readonly QueueRow[]): { row: QueueRow; counter: number; figure: ReportFigure }[] =>
  rows.flatMap((row) =>
    row.figures.flatMap((figure, counter) => ((figure.confirmed?.length ?? 0) > 0 ? [{ row, counter, figure }] : [])),
  )

/** A report as a command names it, with the versions that are on the screen. */
export const itemOf = ({ unit, day, figures }: Task, counters: readonly number[], keys: readonly string[]) => ({
  unit,
  day,
  versions: Object.fromEntries(counters.map((i) => [keys[i]!, figures[i]!.version])),
})

/** What approving figures (`counters`: indices) of a report would change of one counter; null where another level follows. */
export function approvalOf(
  { unit, day, figures, ups, downs }: Task,
  counters: readonly number[],
  counter: number,
  levels: number,
): Approval | null {
  if (!counters.includes(counter) || figures[counter]!.level + 1 < levels) return null
  return { unit, day, up: ups[counter]!, down: downs[counter]! }
}

/** A question that was asked about several figures at once is one. */
export function threadOf(figures: readonly ReportFigure[]) {
  const all = figures.flatMap(({ inquiries = [] }, counter) => inquiries.map((inquiry) => ({ counter, inquiry })))
  return [...Map.groupBy(all, ({ inquiry: { seq } }) => seq).values()].map((list) => ({
    counters: list.map(({ counter }) => counter),
    inquiry: list.find(({ inquiry }) => inquiry.answer !== undefined)?.inquiry ?? list[0]!.inquiry,
  }))
}

/** The report that is looked at after its list has changed: the same, else the next that is still there, else the one before. */
export function afterwards(before: readonly Task[], now: readonly Task[], current: string): string {
  const left = new Set(now.map(({ key }) => key))
  const at = Math.max(
    0,
    before.findIndex(({ key }) => key === current),
  )
  const here = (task: Task) => left.has(task.key)
  return (before.slice(at).find(here) ?? before.slice(0, at).findLast(here) ?? now[0])?.key ?? ''
}

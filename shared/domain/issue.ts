/** Legal questions: logged, numbered, answered, closed and reopened with a reason. */
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import { day, key, line, reason, text, z } from '../schema.ts'
import { command, type Context, type EventsOf, type EventTable } from './noun.ts'
import type { Issue, World } from './world.ts'

export interface IssueEvents {
  IssueLogged: {
    issue: number
    number: string
    title: string
    text: string
    category: string
    unit: string
    from: Day
    to: Day | null
    article: string | null
    counters: string[]
  }
  IssueReplied: { issue: number; text: string }
  IssueClosed: { issue: number; reason: string }
  IssueReopened: { issue: number; reason: string }
}

const shape = {
  version: 1,
  upcast: [],
  subject: ({ issue }: { issue: number }) => `issue/${issue}`,
  cell: () => null,
  figures: () => [],
  movesClock: false,
}

/** Merges changes into an issue. */
function change({ issues }: World, issue: number, next: (known: Issue) => Partial<Issue>): void {
  const known = issues.get(issue)!
  issues.set(issue, { ...known, ...next(known) })
}

export const issueEvents: EventTable<IssueEvents> = {
  IssueLogged: {
    ...shape,
    evolve(world, { data, at }) {
      world.issues.set(data.issue, { number: data.number, open: true, replies: 0 })
      const year = yearOf(world, at)
      world.issueCount.set(year, (world.issueCount.get(year) ?? 0) + 1)
    },
  },
  IssueReplied: {
    ...shape,
    evolve: (world, { data }) => change(world, data.issue, ({ replies }) => ({ replies: replies + 1 })),
  },
  IssueClosed: { ...shape, evolve: (world, { data }) => change(world, data.issue, () => ({ open: false })) },
  IssueReopened: { ...shape, evolve: (world, { data }) => change(world, data.issue, () => ({ open: true })) },
}

/** The year in which an issue is numbered: today's; before the first day, the year of acceptance (I2). */
const yearOf = ({ today }: World, at: string): string => (today ?? at).slice(0, 4)

type Decision = Result<EventsOf<IssueEvents>[]>
const issue = z.int().min(1)
const logged = z.strictObject({
  title: line,
  text,
  category: key,
  unit: key,
  from: day,
  /** last day it concerns; null = still going on */
  to: day.nullable(),
  article: key.nullable(),
  counters: z.array(key).max(20),
})

export const issueCommands = {
  LogIssue: command(logged, log),
  ReplyToIssue: command(z.strictObject({ issue, text }), (world, data, context): Decision => {
    return refusalUnless(world, data.issue, context, 'open') ?? ok([{ type: 'IssueReplied', data }])
  }),
  CloseIssue: command(z.strictObject({ issue, reason }), (world, data, context): Decision => {
    return refusalUnless(world, data.issue, context, 'open') ?? ok([{ type: 'IssueClosed', data }])
  }),
  ReopenIssue: command(z.strictObject({ issue, reason }), (world, data, context): Decision => {
    return refusalUnless(world, data.issue, context, 'closed') ?? ok([{ type: 'IssueReopened', data }])
  }),
}

/** The refusal of an action on an issue; undefined when the issue is in the required state. */
function refusalUnless(world: World, id: number, { may }: Context, required: 'open' | 'closed'): Decision | undefined {
  if (world.setting === null) return refuse({ code: 'programme.notOpen' })
  if (!may()) return refuse({ code: 'may.not' })
  if (world.setting.programme.issues === null) return refuse({ code: 'issue.notKept' })
  const known = world.issues.get(id)
  if (known === undefined) return refuse({ code: 'issue.unknown', at: 'issue' })
  if (required === 'open') return known.open ? undefined : refuse({ code: 'issue.closed' })
  return known.open ? refuse({ code: 'issue.notClosed' }) : undefined
}

function log(world: World, data: z.infer<typeof logged>, { at, may }: Context): Decision {
  if (world.setting === null) return refuse({ code: 'programme.notOpen' })
  const { programme, units, counters } = world.setting
  const { issues, regulation } = programme
  if (issues === null) return refuse({ code: 'issue.notKept' })
  const refusals: Refusal[] = []
  if (units.get(data.unit) === undefined)
    refusals.push({ code: 'unit.unknown', params: { unit: data.unit }, at: 'unit' })
  else if (!may(data.unit)) refusals.push({ code: 'may.outsideUnit', params: { unit: data.unit }, at: 'unit' })
  if (!issues.categories.some((c) => c.key === data.category))
    refusals.push({ code: 'category.unknown', at: 'category' })
  if (data.article !== null && regulation?.articles.some((a) => a.key === data.article) !== true)
    refusals.push({ code: 'article.unknown', at: 'article' })
  if (data.to !== null && data.to < data.from) refusals.push({ code: 'issue.daysReversed', at: 'to' })
  data.counters.forEach((k, i) => {
    if (!counters.has(k)) refusals.push({ code: 'counter.unknown', params: { key: k }, at: `counters.${i}` })
  })
  if (refusals.length > 0) return refuse(...refusals)
  const year = yearOf(world, at)
  const n = (world.issueCount.get(year) ?? 0) + 1
  const number = issues.series.replace('{year}', year).replace('{n}', String(n))
  return ok([{ type: 'IssueLogged', data: { issue: world.issues.size + 1, number, ...data } }])
}

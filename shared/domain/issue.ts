/** Legal questions: logged, numbered, answered, closed and reopened with a reason. */
import type { Command, Context } from '../command.ts'
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import type { DomainEvent } from '../event.ts'
import { mayCommand } from '../policy.ts'
import { day, key, line, reason, text, z } from '../schema.ts'
import type { World } from './world.ts'

const issue = z.int().min(1)

export const issueCommands = {
  LogIssue: z.strictObject({
    title: line,
    text,
    category: key,
    unit: key,
    from: day,
    /** last day it concerns; null = still going on */
    to: day.nullable(),
    article: key.nullable(),
    counters: z.array(key).max(20),
  }),
  ReplyToIssue: z.strictObject({ issue, text }),
  CloseIssue: z.strictObject({ issue, reason }),
  ReopenIssue: z.strictObject({ issue, reason }),
}

export function decideIssueCommand(
  world: World,
  command: Extract<Command, { kind: keyof typeof issueCommands }>,
  { actor, at }: Context,
): Result<DomainEvent[]> {
  const { frame } = world
  if (frame === null) return refuse({ code: 'programme.notOpen' })
  if (command.kind === 'LogIssue') {
    const { data } = command
    const { programme, units } = frame
    const refusals: Refusal[] = []
    if (units.get(data.unit) === undefined)
      refusals.push({ code: 'unit.unknown', params: { unit: data.unit }, at: 'unit' })
    else if (!mayCommand(actor, command.kind, units, data.unit))
      refusals.push({ code: 'may.outsideUnit', params: { unit: data.unit }, at: 'unit' })
    if (!programme.issues.categories.some((c) => c.key === data.category))
      refusals.push({ code: 'category.unknown', at: 'category' })
    if (data.article !== null && !programme.regulation.articles.some((a) => a.key === data.article))
      refusals.push({ code: 'article.unknown', at: 'article' })
    if (data.to !== null && data.to < data.from) refusals.push({ code: 'issue.daysReversed', at: 'to' })
    data.counters.forEach((k, i) => {
      if (!programme.counters.some((c) => c.key === k))
        refusals.push({ code: 'counter.unknown', params: { key: k }, at: `counters.${i}` })
    })
    if (refusals.length > 0) return { ok: false, refusals }
    const year = (world.today ?? at).slice(0, 4)
    const n = (world.issueCount.get(year) ?? 0) + 1
    const number = programme.issues.series.replace('{year}', year).replace('{n}', String(n))
    return ok([{ type: 'IssueLogged', data: { issue: world.issues.size + 1, number, ...data } }])
  }
  if (!mayCommand(actor, command.kind, frame.units)) return refuse({ code: 'may.not' })
  const known = world.issues.get(command.data.issue)
  if (known === undefined) return refuse({ code: 'issue.unknown', at: 'issue' })
  if (command.kind === 'ReopenIssue')
    return known.open ? refuse({ code: 'issue.notClosed' }) : ok([{ type: 'IssueReopened', data: command.data }])
  if (!known.open) return refuse({ code: 'issue.closed' })
  return command.kind === 'ReplyToIssue'
    ? ok([{ type: 'IssueReplied', data: command.data }])
    : ok([{ type: 'IssueClosed', data: command.data }])
}

/** Approves what a replay has entered, in the name that `replay.json` gives; without one everything awaits review. */
import type { Answer, CommandKind } from '../../../shared/command.ts'
import type { ReportItem } from '../../../shared/domain/input.ts'
import type { Values } from '../../../shared/domain/values.ts'
import { SourceRefused } from './faults.ts'
import type { Format } from './format.ts'
import { wordsOf } from './words.ts'

/** A report that was accepted: its values before, and the versions that the answer gave it, in the order of its events. */
export interface Waiting {
  item: ReportItem
  before: Values
  versions: readonly number[]
}

type Ask = (kind: CommandKind, data: unknown, member: string) => Promise<Answer>

/** `approve` resolves with the number of figures approved. */
export function createReviewer(reviewer: Format['reviewer'], levels: number, ask: Ask) {
  return {
    async approve(waiting: readonly Waiting[]): Promise<number> {
      if (reviewer === null || levels === 0) return 0
      const items = waiting.map((each) => ({ unit: each.item.unit, day: each.item.day, versions: versionsOf(each) }))
      for (let level = 0; level < levels; level++) {
        const answer = await ask('ApproveReports', { items }, reviewer.member)
        if (!answer.ok)
          throw new SourceRefused(
            answer.refusals.map((r) => ({ file: 'replay.json', place: 'reviewer', says: wordsOf(r) })),
          )
      }
      return items.reduce((sum, { versions }) => sum + Object.keys(versions).length, 0)
    },
  }
}

/** By counter. On a due day first values come in an event before the corrections (R27). */
function versionsOf({ item, before, versions }: Waiting): Record<string, number> {
  const first = versions[0]!
  const last = versions.at(-1)!
  return Object.fromEntries(Object.keys(item.values).map((k) => [k, before[k] === undefined ? first : last]))
}

/** Turns what somebody intends for reports into a command, given what they see of those reports. */
import type { CommandData, CommandKind } from '../../../shared/command.ts'
import type { BasedOn, ReportItem } from '../../../shared/domain/input.ts'
import type { CellName, Values } from '../../../shared/domain/values.ts'
import { only } from './figures.ts'
import type { Filing, Intent, Step } from './steps.ts'

/** A report as seen by somebody about to write to it. */
export interface Seen {
  values: Values
  basedOn: BasedOn
  /** counters whose withdrawal awaits review: the approved value stands meanwhile */
  leaving?: readonly string[]
}

/** How somebody sees a report; null = leave it alone. */
export type Look = (cell: CellName) => Seen | null

/** A command without its id. */
export type Unsent<K extends CommandKind = CommandKind> = { [P in K]: { kind: P; data: CommandData<P> } }[K]
/** The commands that a filing can become. */
export type FilingCommand = Unsent<'SubmitReports' | 'WithdrawReports' | 'ReattributeReports'>

/** A report without any figure. */
export const UNSEEN: Seen = { values: {}, basedOn: 0 }

/** The command of a filing; null when there is nothing to do. */
export function commandFor(filing: Filing, look: Look): FilingCommand | null {
  switch (filing.kind) {
    case 'report': {
      const items = filing.intents.flatMap((intent) => itemOf(intent, look(intent)))
      return items.length === 0 ? null : { kind: 'SubmitReports', data: { items } }
    }
    case 'withdraw': {
      const items = filing.cells.flatMap(({ unit, day }) => {
        const seen = look({ unit, day })
        return seen === null || isEmpty(seen.values) ? [] : [{ unit, day, basedOn: seen.basedOn }]
      })
      return items.length === 0 ? null : { kind: 'WithdrawReports', data: { items, reason: filing.reason } }
    }
    case 'move': {
      const [from, to] = [look(filing.from), look(filing.to)]
      if (from === null || to === null || isEmpty(moving(filing.counters, from.values))) return null
      const { counters, reason } = filing
      return {
        kind: 'ReattributeReports',
        data: {
          from: { ...filing.from, basedOn: from.basedOn },
          to: { ...filing.to, basedOn: to.basedOn },
          ...(counters === undefined ? {} : { counters }),
          reason,
        },
      }
    }
  }
}

/** A system that reports is made known. */
export const machineCommand = ({ member, name, unit }: Step & { kind: 'machine' }): Unsent<'AddMachine'> => ({
  kind: 'AddMachine',
  data: { member, name, unit, rights: ['report', 'read'] },
})

/** The values that a move takes along. */
export const moving = (counters: readonly string[] | undefined, values: Values): Values =>
  counters === undefined ? values : only(values, counters)

/** Only the values that change: `late` ones where there is none yet, corrections where there is one. */
function itemOf({ unit, day, values, type, reason }: Intent, seen: Seen | null): ReportItem[] {
  if (seen === null) return []
  const changed = Object.entries(values).filter(([k, v]) => {
    const before = seen.values[k]
    return before !== v && (type === undefined || (type === 'late') === (before === undefined))
  })
  if (changed.length === 0) return []
  const stands = changed.some(([k]) => seen.leaving?.includes(k))
  const meant = {
    ...(type === undefined ? {} : { type: type === 'late' && stands ? 'corrected' : type }),
    ...(reason === undefined ? {} : { reason }),
  }
  return [{ unit, day, values: Object.fromEntries(changed), basedOn: seen.basedOn, ...meant }]
}

const isEmpty = (values: Values): boolean => Object.keys(values).length === 0

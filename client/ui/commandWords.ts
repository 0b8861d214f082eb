/** A command on its way in a few words: where it is about, what it does, and the way there. */
import { useI18n } from 'vue-i18n'
import type { CommandKind } from '../../shared/command.ts'
import { type Day, isDay } from '../../shared/progress/day.ts'
import type { Waiting } from '../stores/outbox.ts'
import { useProgramme } from '../stores/programme.ts'
import { useSheetAddress } from '../stores/sheetAddress.ts'
import { useFormat } from './format.ts'

/** Where a command is made that names neither a report nor a question. */
const PAGE: Partial<Record<CommandKind, string>> = {
  LogIssue: '/issues/new',
  AddMember: '/people',
  EndMember: '/people',
  AssignTasks: '/people',
  HandOver: '/people',
  AddMachine: '/machines',
  EndMachine: '/machines',
  RemindOfficials: '/silence',
  NoteCall: '/silence',
}
const REVIEWING: ReadonlySet<CommandKind> = new Set<CommandKind>(['ApproveReports', 'ReturnReports', 'AskAboutFigures'])

export interface CommandWords {
  /** a unit and day, a question, a person; may be empty */
  place: string
  what: string
  to: string | null
}

interface Spot {
  unit: string
  day: Day | null
  figures: readonly Given[]
}
/** A figure that a command is about; without a value, by its counter alone. */
interface Given {
  counter: string
  value?: number | null
  isTotal?: boolean
}

export function useCommandWords(): (command: Pick<Waiting, 'kind' | 'data'>) => CommandWords {
  const { t, te } = useI18n()
  const programme = useProgramme()
  const format = useFormat()
  const addressOf = useSheetAddress()

  function nameOf({ unit, day }: Spot): string {
    const known = programme.ready ? programme.units.get(unit) : undefined
    const name = known === undefined ? unit : programme.name(known.short)
    return day === null ? name : `${name} ${format.monthDay(day)}`
  }

  function figureOf({ counter, value, isTotal }: Given): string {
    const known = programme.ready ? programme.programme.counters.find(({ key }) => key === counter) : undefined
    const name = known === undefined ? counter : programme.name(known.name)
    if (value === undefined) return name
    const n = value === null ? t('refusals.words.blank') : format.int(value)
    return `${name} ${isTotal === true ? 'Σ' : ''}${n}`
  }

  return ({ kind, data }) => {
    const spots = spotsOf(data)
    const figures = spots.flatMap((spot) => spot.figures)
    const word = `outbox.kind.${kind}`
    const act = te(word) ? t(word) : t('outbox.unknownKind')
    const [one] = figures
    const what =
      one === undefined
        ? act
        : figures.length === 1
          ? t('outbox.figure', { act, figure: figureOf(one) })
          : t('outbox.figures', { act, n: figures.length }, figures.length)
    const [first] = spots
    if (first !== undefined) {
      const place = spots.length === 1 ? nameOf(first) : t('outbox.places', { first: nameOf(first), n: spots.length })
      const to = REVIEWING.has(kind) ? '/review' : first.day === null ? null : addressOf(first.unit, first.day)
      return { place, what, to }
    }
    const { issue } = data as { issue?: unknown }
    if (typeof issue === 'number') return { place: `§${String(issue)}`, what, to: `/issues/${String(issue)}` }
    return { place: '', what, to: PAGE[kind] ?? null }
  }
}

/** Reports that a command is about, with the figures of each that it names. */
function spotsOf(data: object): Spot[] {
  const { items, from } = data as { items?: unknown; from?: unknown }
  const all: unknown[] = Array.isArray(items) ? items : typeof from === 'object' ? [from] : [data]
  return all.flatMap((one) => {
    const { unit, day, values, totals, counters } = (one ?? {}) as Record<string, unknown>
    if (typeof unit !== 'string') return []
    const named = Array.isArray(counters) ? counters.filter((key) => typeof key === 'string') : []
    const figures: Given[] = [
      ...entriesOf(values).map(([counter, value]) => ({ counter, value })),
      ...entriesOf(totals).map(([counter, value]) => ({ counter, value, isTotal: true })),
      ...named.map((counter) => ({ counter })),
    ]
    return [{ unit, day: typeof day === 'string' && isDay(day) ? day : null, figures }]
  })
}

const entriesOf = (given: unknown): [string, number | null][] =>
  typeof given !== 'object' || given === null
    ? []
    : Object.entries(given).flatMap(([key, value]: [string, unknown]): [string, number | null][] =>
        typeof value === 'number' || value === null ? [[key, value]] : [],
      )

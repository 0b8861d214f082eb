/** What is known of silence: how far it has escalated, who was reminded of what, and the items of supervision. Plain data. */
import type { Day } from '../progress/day.ts'
import { type Table, tableOf } from './table.ts'
import type { CellName } from './values.ts'

/** What happens to a report that is owed: its officials are reminded, then the district's, then the office has an item of supervision. */
export const STAGES = ['official', 'district', 'supervision'] as const
export type Stage = (typeof STAGES)[number]

/** By stage the last day that it was reached for; null = none yet. */
export type Reached = Readonly<Record<Stage, Day | null>>

/** Who sent a reminder: the clock at one of its stages, or somebody of the office. */
export type ReminderStage = 'official' | 'district' | 'office'

/** A moment in the log. */
export interface Moment {
  seq: number
  /** ms since epoch */
  at: number
}

/** What was done about one report that was owed. */
export interface Silence extends CellName {
  /** when its officials and the district's were first reminded of it; ms since epoch */
  official: number | null
  district: number | null
  /** when its officials were last reminded of it, and when the first of them had seen it; ms since epoch */
  reminded: { at: number; seen: number | null } | null
  /** the last call about it */
  call: { by: string; at: number; member: string; text: string } | null
  /** nobody is reminded of it up to and with this day */
  postponed: { until: Day; reason: string; by: string; at: number } | null
  /** the item of supervision; its number counts from 1 */
  item: (Moment & { number: number }) | null
  /** since when the report of an item is complete, and since when it is approved as well, which closes the item; null = it is not */
  reported: Moment | null
  closed: Moment | null
}

/** The last reminder that a member was sent. */
export interface Reminder extends Moment {
  by: string
  stage: ReminderStage
  cells: readonly CellName[]
  /** reports beyond those named */
  more: number
  text: string | null
  /** when the member opened it, ms since epoch; null = not yet */
  seen: number | null
}

/** What the clock sent last: at one moment, to how many members, about how many reports. */
export interface Sent {
  at: number
  members: number
  cells: number
}

export interface Silences {
  reached: Reached
  /** by `cellKey` */
  cells: Table<string, Silence>
  /** by member */
  reminded: Table<string, Reminder>
  /** items that were ever opened */
  items: number
  sent: Sent | null
}

export const cellKey = ({ unit, day }: CellName): string => `${unit}/${day}`

/** Before anything was owed. */
export const noSilence = (): Silences => ({
  reached: { official: null, district: null, supervision: null },
  cells: tableOf(),
  reminded: tableOf(),
  items: 0,
  sent: null,
})

/** An overlay; see `Table.fork`. */
export const forkSilence = (silence: Silences): Silences => ({
  ...silence,
  cells: silence.cells.fork(),
  reminded: silence.reminded.fork(),
})

export interface SavedSilences extends Omit<Silences, 'cells' | 'reminded'> {
  cells: [string, Silence][]
  reminded: [string, Reminder][]
}

/** Of what is not a fork. */
export const saveSilence = ({ cells, reminded, ...rest }: Silences): SavedSilences => ({
  ...rest,
  cells: [...cells.entries()],
  reminded: [...reminded.entries()],
})

export const restoreSilence = ({ cells, reminded, ...rest }: SavedSilences): Silences => ({
  ...rest,
  cells: tableOf(cells),
  reminded: tableOf(reminded),
})

/** Changes what is known of a report, in place. */
export function silenceOf(silence: Silences, cell: CellName, change: Partial<Silence>): void {
  const key = cellKey(cell)
  const known = silence.cells.get(key) ?? { unit: cell.unit, day: cell.day, ...NOTHING_YET }
  silence.cells.set(key, { ...known, ...change })
}

const NOTHING_YET: Omit<Silence, keyof CellName> = {
  official: null,
  district: null,
  reminded: null,
  call: null,
  postponed: null,
  item: null,
  reported: null,
  closed: null,
}

/** The items that are open or were closed. */
export function* itemsOf({ cells }: Silences): Generator<Silence> {
  for (const [, silence] of cells.entries()) if (silence.item !== null) yield silence
}

/** Days were taken back, with everything since the event `since`: items that opened since then are none. What people were told, they were told. */
export function forgetItems(silence: Silences, since: number, reached: Reached): void {
  const kept = [...silence.cells.entries()].map(([key, known]): [string, Silence] =>
    known.item === null || known.item.seq < since
      ? [key, known]
      : [key, { ...known, item: null, reported: null, closed: null }],
  )
  silence.cells = tableOf(kept)
  silence.reached = reached
}

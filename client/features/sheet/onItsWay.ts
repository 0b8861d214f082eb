/** What the outbox holds of a sheet, and what its answers mean for the cells. Pure. */
import type { Happening } from '../../../shared/command.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Basis, CarriedBy } from '../../sync/drafts.ts'
import type { Waiting } from '../../sync/outbox.ts'
import { figureText } from '../../../shared/reading/total.ts'
import { type CellKey, type Edits, type IsCumulative, totalOf, unitOf, valueOf } from './cells.ts'
import { basisIn, type Carried, cellsOf, meantIn, type SheetCommand } from './submit.ts'
import type { OnItsWay } from './total.ts'

/** A waiting command about reports. */
export type WaitingReport = Waiting<'SubmitReports' | 'WithdrawReports'>

/** The command as the sheet looks at it; null when it is about something else than these lines on this day. */
export function ofSheet(command: Waiting, day: Day, lines: readonly string[]): WaitingReport | null {
  if (command.kind !== 'SubmitReports' && command.kind !== 'WithdrawReports') return null
  const items: readonly { unit: string; day: Day }[] = command.data.items
  return items.some((item) => item.day === day && lines.includes(item.unit)) ? command : null
}

/** What waiting commands make of the day's cells, the latest of each, and which command that is. */
export function wayOf(
  waiting: readonly WaitingReport[],
  day: Day,
  sending: string | null,
): Map<CellKey, OnItsWay & { command: string }> {
  const way = new Map<CellKey, OnItsWay & { command: string }>()
  for (const command of waiting)
    for (const [key, carried] of cellsOf(command as SheetCommand, day))
      way.set(key, { ...carried, out: command.id === sending, command: command.id })
  return way
}

/** Cells whose typing is what a waiting command carries: they are not to be sent again. */
export function coveredBy(way: ReadonlyMap<CellKey, OnItsWay>, edits: Edits, isCumulative: IsCumulative): Set<CellKey> {
  const covered = new Set<CellKey>()
  for (const [key, { value, total }] of way) {
    const edit = edits.get(key)
    const isSum = isCumulative(key)
    const isIt = ({ text }: { text: string }) =>
      total === undefined ? valueOf(text, isSum) === value : totalOf(text, isSum) === total
    if (edit === undefined || isIt(edit)) covered.add(key)
  }
  return covered
}

/** What an accepted command has made of a cell, which the rows of this screen may not show yet. */
export interface Sent extends Carried {
  /** version on which whatever is typed next rests, and the line of the log from which on rows show it */
  version: number
}

/** What an accepted command has made of the day's cells. */
export function sentBy(
  command: WaitingReport,
  answer: { seq: number; happened: readonly Happening[] },
  day: Day,
): Map<CellKey, Sent> {
  const versions = new Map<string, number>()
  // the last event about a report: nobody has come between those of one command
  for (const { subject, version } of answer.happened) if (subject !== null) versions.set(subject, version)
  const sent = new Map<CellKey, Sent>()
  for (const [key, carried] of cellsOf(command as SheetCommand, day)) {
    const version = versions.get(`report/${unitOf(key)}/${day}`)
    if (version !== undefined) sent.set(key, { ...carried, version })
  }
  return sent
}

/** A cell of a refused command as it was typed. */
export interface WasTyped {
  text: string
  basis: Basis
  from: CarriedBy
}

/**
 * Cells of a refused command as they were typed. `known` finds the basis of an earlier refused command, `valueAt` the value of
 * a version where that stands still.
 */
export function typingOf(
  command: WaitingReport,
  day: Day,
  known: (command: string, key: CellKey) => Basis | undefined,
  valueAt: (key: CellKey, version: number) => number | null,
  isCumulative: IsCumulative,
): Map<CellKey, WasTyped> {
  const typing = new Map<CellKey, WasTyped>()
  for (const [key, { value, total }] of cellsOf(command as SheetCommand, day)) {
    const based = basisIn(command as SheetCommand, key) ?? 0
    // unknown: as if nothing had been seen, so that nothing is overwritten unseen
    const basis = typeof based === 'number' ? { version: based, value: valueAt(key, based) } : known(based, key)
    const meant = meantIn(command as SheetCommand, key)
    const text = figureText({ total, day: value ?? undefined }, isCumulative(key))
    const from = { command: command.id, ...(meant !== undefined && { meant }) }
    typing.set(key, { text, basis: basis ?? { version: 0, value: null }, from })
  }
  return typing
}

/** Somebody at work: what they see, and what they send. In a history they ask the core, live they ask over the wire. */
import type { Answer } from '../../../shared/command.ts'
import type { CellName } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { ReportFigure } from '../../../shared/view/reportFigure.ts'
import type { ReportRow, RowByKind, RowKind } from '../../../shared/view/rows.ts'
import { rowsOf, type WireRow } from '../../../shared/view/wire.ts'
import type { Unsent } from './filing.ts'

export interface Desk {
  /** member id of whoever sits at it */
  me: string
  setting: Pick<Setting, 'programme' | 'units'>
  /** is this somebody who is played? What others have written is left alone */
  isPlayed(member: string): boolean
  /** rows of a scope as they stand; rejects when they cannot be had */
  rows(scope: string): Promise<Iterable<WireRow>>
  /** confirms what is asked back, once */
  send(command: Unsent): Promise<Answer>
}

/** What a scope shows: its rows by kind, decoded. */
export type Sight = <K extends RowKind>(kind: K) => RowByKind<K>[]

export async function lookAt(desk: Desk, scope: string): Promise<Sight> {
  const held = [...(await desk.rows(scope))]
  return (kind) => [...rowsOf(kind, held, desk.setting.units)]
}

/** The report as it stands; undefined when nothing was ever written. */
export async function reportAt(desk: Desk, { unit, day }: CellName): Promise<ReportRow | undefined> {
  return (await lookAt(desk, `sheet:${unit}/${day}`))('report').find((row) => row.unit === unit)
}

/** A figure with the key of its counter. */
export type Keyed = ReportFigure & { counter: string }

/** By counter, in the programme's order. */
export const keyed = ({ setting }: Desk, figures: readonly ReportFigure[]): Keyed[] =>
  figures.map((figure, i) => ({ ...figure, counter: setting.programme.counters[i]!.key }))

export const versionsOf = (figures: readonly Keyed[]): Record<string, number> =>
  Object.fromEntries(figures.map(({ counter, version }) => [counter, version]))

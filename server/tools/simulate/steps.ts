/** What simulated people do, and when. */
import type { CommandData } from '../../../shared/command.ts'
import type { CellName, Correction, Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'

/** One report as its sender intends it; its basis is known only when it is sent. */
export interface Intent extends CellName {
  values: Values
  type?: Correction
  reason?: string
}

/** Values to move from one report to another; without `counters` all of them. */
export interface Move {
  from: CellName
  to: CellName
  counters?: string[]
  reason: string
}

/** What a person does about reports. */
export type Filing =
  | { kind: 'report'; intents: Intent[] }
  | { kind: 'withdraw'; cells: CellName[]; reason: string }
  /** both sides are the sender's own */
  | ({ kind: 'move' } & Move)

/** Work that is found when it is done: at this unit and below it. `draw` names the chances of the round. */
export interface Round {
  unit: string
  draw: string
}

/** `early`: the first of the day. `spare`: conflicts and offers that the simulation names are left to it. */
export interface Attendance extends Round {
  early: boolean
  spare: boolean
}

type By = { by: string }
type Action =
  | { kind: 'begin' | 'deadline'; day: Day }
  /** silence escalates, as far as it has by then */
  | { kind: 'escalate' }
  | (Filing & By)
  /** over a version that is no longer the current one; without `counters` all that were reported */
  | ({ kind: 'dispute'; factor: number; counters?: string[] } & CellName & By)
  | ({ kind: 'settle'; reason: string } & CellName & By)
  /** a move whose other side is somebody else's; offers are numbered from 1 */
  | ({ kind: 'offer' } & Move & By)
  | ({ kind: 'decide'; offer: number; move: Move; accept: boolean; reason: string } & By)
  | ({ kind: 'lock'; through: Day } & By)
  | ({ kind: 'reopen'; from: Day; reason: string } & By)
  | ({ kind: 'machine'; member: string; name: string; unit: string } & By)
  | ({ kind: 'review' | 'compare' | 'chase' } & Round & By)
  | ({ kind: 'attend' } & Attendance & By)
  /** of a day off to a street elsewhere */
  | ({ kind: 'pass'; day: Day } & Round & By)
  | ({ kind: 'ask'; issue: number; data: CommandData<'LogIssue'> } & By)
  | ({ kind: 'answer'; issue: number; step: 'reply' | 'close' | 'reopen'; text: string } & By)
  /** to one of the open questions; `chosen` (0…1) selects it when the step is carried out */
  | ({ kind: 'reply'; chosen: number; text: string } & By)

/** An action and its moment (ms since epoch). */
export type Step = Action & { at: number }

/** When the office opens and the log's day begins, local time. */
export const OPENING = '08:00'

/** What can be written to a question, by its state and by who writes. */
import type { CommandKind } from '../../../shared/command.ts'
import type { IssueRow } from '../../../shared/view/rows.ts'

/** A reply, or a reason for closing or reopening. */
export const MODES = ['reply', 'close', 'reopen'] as const
export type Mode = (typeof MODES)[number]

/** What each of them is recorded by. */
export const COMMAND = {
  reply: 'ReplyToIssue',
  close: 'CloseIssue',
  reopen: 'ReopenIssue',
} as const satisfies Record<Mode, CommandKind>
export type WritingKind = (typeof COMMAND)[Mode]

export const modeOf = (kind: WritingKind): Mode => MODES.find((m) => COMMAND[m] === kind)!

/** True when the text could be recorded while the question is in this state. */
export const fits = (mode: Mode, state: IssueRow['state']): boolean => (mode === 'reopen') === (state === 'closed')

/** What to offer: all that fits and is allowed, and what somebody is in the middle of. */
export function modesFor(
  state: IssueRow['state'],
  texts: Readonly<Record<Mode, string>>,
  may: (mode: Mode) => boolean,
): readonly Mode[] {
  return MODES.filter((m) => may(m) && (fits(m, state) || texts[m] !== ''))
}

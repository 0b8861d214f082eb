/** What can be written to a question, by its state and by who writes. */
import type { IssueRow } from '../../../shared/view/rows.ts'

/** A reply, or a reason for closing or reopening. */
export const MODES = ['reply', 'close', 'reopen'] as const
export type Mode = (typeof MODES)[number]

/** A text not yet recorded, with the command id under which it is sent. */
export interface Draft {
  id: string
  text: string
}
export type Drafts = Record<Mode, Draft>

/** True when the text could be recorded while the question is in this state. */
export const fits = (mode: Mode, state: IssueRow['state']): boolean => (mode === 'reopen') === (state === 'closed')

/** What to offer: all that fits and is allowed, and what somebody was in the middle of. */
export function modesFor(state: IssueRow['state'], drafts: Drafts, may: (mode: Mode) => boolean): readonly Mode[] {
  return MODES.filter((m) => may(m) && (fits(m, state) || drafts[m].text !== ''))
}

/** Reads kept drafts; anything else gives empty ones. */
export function readDrafts(kept: string | null, newId: () => string): Drafts {
  const drafts: Drafts = {
    reply: { id: newId(), text: '' },
    close: { id: newId(), text: '' },
    reopen: { id: newId(), text: '' },
  }
  if (kept === null) return drafts
  try {
    const read = JSON.parse(kept) as Partial<Record<Mode, Partial<Draft> | null>> | null
    for (const mode of MODES) {
      const draft = read?.[mode]
      if (typeof draft?.id === 'string' && typeof draft.text === 'string')
        drafts[mode] = { id: draft.id, text: draft.text }
    }
  } catch {
    // not ours
  }
  return drafts
}

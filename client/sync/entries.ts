/** What an outbox holds, and which answers end the waiting. */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import type { Refusal, RefusalCode } from '../../shared/errors.ts'
import type { DraftMark } from './drafts.ts'

/** A command without an answer. */
export type Waiting<K extends CommandKind = CommandKind> = {
  [P in K]: {
    id: string
    kind: P
    data: CommandData<P>
    /** ms since epoch; no two of a person's are the same, and they go out in this order */
    at: number
    /** drafts that are over when it is accepted */
    drafts: readonly DraftMark[]
    /** made of what is typed into the cells of a sheet, which take it back when it is refused */
    typed?: boolean
    /** of the command's shape, as the page that made it knew it; absent = the first */
    version?: number
    /** ms since epoch; until then it stays here and can be taken back */
    from?: number
    /** it has been on the wire, and may have arrived though no answer came */
    tried?: true
  }
}[K]

/** A command that was refused, until somebody has taken notice. */
export type Refused = Waiting & { answer: Extract<Answer, { ok: false }> }

/** A command that was accepted when its page was gone, until somebody has seen it. */
export type Arrived = Waiting & { answer: Extract<Answer, { ok: true }> }

/** What every command waits for: that its person signs in, or that a newer version of the page is loaded. */
export type Blocked = 'signIn' | 'version'

/** As it is on the device. */
export type Entry = Waiting & { answer?: Answer; answeredAt?: number }

/** no answer that could be about the command: it goes on waiting */
const PASSING: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'network.lost',
  'command.busy',
  'server.closing',
  'may.signIn',
  'session.other',
  'command.version',
])
const BLOCKING: Partial<Record<RefusalCode, Blocked>> = {
  'may.signIn': 'signIn',
  'session.other': 'signIn',
  'command.version': 'version',
}
/** by which the moment of a command may be ahead of the clock: several of one moment have moments one after the other */
const AHEAD_MS = 1_000

/** It is not about the command, which goes on waiting. */
export const isPassing = ({ code }: Refusal): boolean => PASSING.has(code)

/** An answer of the server by which it has not taken the command up. */
export const isPutOff = (answer: Answer): boolean =>
  !answer.ok && answer.refusals.every(({ code }) => code !== 'network.lost' && PASSING.has(code))

export const blockedBy = ({ refusals }: Extract<Answer, { ok: false }>): Blocked | null =>
  refusals.map(({ code }) => BLOCKING[code]).find((why) => why !== undefined) ?? null

/** It is not to go out yet. A device whose clock has gone back holds nothing for longer than it was to be held. */
export const isHeld = ({ at, from }: Waiting, now: number): boolean =>
  from !== undefined && now < from && now >= at - AHEAD_MS

/** Nothing for what cannot be read. */
export function readEntries(text: string | null): Entry[] {
  if (text === null) return []
  try {
    const raw = JSON.parse(text) as Partial<Entry> | null
    const isComplete = typeof raw?.id === 'string' && typeof raw.kind === 'string' && typeof raw.at === 'number'
    return isComplete && Array.isArray(raw.drafts) ? [raw as Entry] : []
  } catch {
    return []
  }
}

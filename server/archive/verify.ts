/** Looks through a whole log: chain, seqs, commands, what events name, and saved states against a fresh fold. */
import { isDeepStrictEqual } from 'node:util'
import { LogFault, readEvent, type Recorded, subjectOf } from '../../shared/event.ts'
import type { Finding, FindingCode, Verdict } from '../../shared/protocol/operation.ts'
import { emptyState, fold, saveState, type State } from '../live/state.ts'
import { type Audit, isDamage, type StoredEvent } from '../store/audit.ts'
import { answerHash, chained, GENESIS, type KeptAnswer } from '../store/chain.ts'
import { missingIn } from './references.ts'

export interface VerifyOptions {
  /** seqs of saved states, and one of them; undefined where it would not be used */
  saved?: { seqs: readonly number[]; read(seq: number): State | undefined }
  /** called once the log is folded up to its head at the time, when all was well: more to compare with a fresh fold */
  more?(state: State, foldTo: (seq: number) => Finding | null): Promise<{ states: number; finding: Finding | null }>
}

/** Events read at once, and answers. */
const PAGE = 2_000

/** Throws where the file cannot be read at all. */
export async function verifyLog(audit: Audit, options: VerifyOptions = {}): Promise<Verdict> {
  const verdict: Verdict = { head: 0, events: 0, commands: 0, states: 0, findings: [] }
  if (!audit.isMade) return verdict
  if (audit.fault !== null) return { ...verdict, findings: [finding('tables', null, { why: audit.fault })] }
  try {
    await lookThrough(audit, verdict, options)
  } catch (error) {
    if (!isDamage(error)) throw error
    verdict.findings.push(finding('pages', null, { why: error.message }))
  }
  return verdict
}

/** Writes into the verdict what it finds. */
async function lookThrough(audit: Audit, verdict: Verdict, { saved, more }: VerifyOptions): Promise<void> {
  verdict.head = audit.head().seq
  const walk = createWalk(audit)
  const add = (found: Finding | null) => {
    if (found !== null) verdict.findings.push(found)
    return found !== null
  }

  let isWhole = true
  const seqs = (saved?.seqs ?? []).filter((seq) => seq <= verdict.head)
  for (const seq of [...new Set([...seqs, verdict.head])].sort((a, b) => a - b)) {
    isWhole &&= !add(walk.foldTo(seq))
    if (!isWhole) break
    if (!seqs.includes(seq)) continue
    const state = saved!.read(seq)
    if (state === undefined) continue
    verdict.states++
    if (!isDeepStrictEqual(saveState(state), saveState(walk.state)))
      add(finding('state', { seq, type: null }, { what: 'saved' }))
  }
  if (isWhole && more !== undefined) {
    const compared = await more(walk.state, walk.foldTo)
    verdict.states += compared.states
    add(compared.finding)
  }
  verdict.events = walk.events()
  const answers = readAnswers(audit, verdict.head)
  verdict.commands = answers.commands
  const areAll = answers.withEvents === walk.commands()
  if (isWhole) add(answers.finding ?? (areAll ? null : readAnswers(audit, verdict.head, true).finding))
  const [pages] = audit.pageFaults()
  if (pages !== undefined) add(finding('pages', null, { why: pages }))
  const tables = pages === undefined ? audit.rowFaults() : []
  if (tables.length > 0) add(finding('rows', null, { tables: tables.join(', ') }))
}

function createWalk(audit: Audit) {
  const state = emptyState()
  let hash = GENESIS
  let commands = 0
  /** the command of the events just read, and how many of them there were */
  let open = { command: '', events: 0 }

  /** The first thing that is wrong with the event; else it is folded. */
  function take(stored: StoredEvent, isLast: boolean): Finding | null {
    const { text, subject, ...event } = stored
    const expected = state.world.seq + 1
    if (event.seq !== expected) return finding('seq', event, { expected })
    if (chained(hash, event, text) !== event.hash) return finding('chain', event)
    let read: Recorded
    try {
      read = readEvent({ ...event, data: JSON.parse(text) })
    } catch (error) {
      return error instanceof LogFault ? finding('unknown', event, { v: event.v }) : finding('chain', event)
    }
    if (subjectOf(read) !== subject) return finding('subject', event)
    const missing = missingIn(state.world, read)
    if (missing !== null) return finding('reference', event, { ...missing })
    try {
      fold(state, read)
    } catch (error) {
      return finding('fold', event, { why: String(error) })
    }
    hash = event.hash
    return takeCommand(stored, isLast)
  }

  /** A command's events stand together; what is kept of it says how many and up to which. */
  function takeCommand(event: StoredEvent, isLast: boolean): Finding | null {
    open = open.command === event.command ? { ...open, events: open.events + 1 } : { command: event.command, events: 1 }
    if (!isLast) return null
    commands++
    const { command, events } = open
    open = { command: '', events: 0 }
    const answer = audit.answerTo(command)
    const fits =
      answer !== undefined &&
      answerHash(answer) === answer.hash &&
      answer.seq === event.seq &&
      answer.events === events &&
      answer.actor === event.actor
    return fits ? null : finding('answer', event, { command })
  }

  return {
    state,
    events: () => state.world.seq,
    commands: () => commands,
    foldTo(seq: number): Finding | null {
      while (state.world.seq < seq) {
        // one more than is taken: whether a command ends shows by what follows
        const page = audit.eventsAfter(state.world.seq, Math.min(PAGE, seq - state.world.seq) + 1)
        const next = page.length > Math.min(PAGE, seq - state.world.seq) ? page.pop() : undefined
        if (page.length === 0) return finding('seq', { seq: state.world.seq + 1, type: null }, { expected: seq })
        for (const [i, event] of page.entries()) {
          const after = page[i + 1] ?? next
          const found = take(event, after?.command !== event.command)
          if (found !== null) return found
        }
      }
      return null
    },
  }
}

/**
 * Everything that is kept of commands: how many there are, how many of them caused events, and the first that is damaged.
 * `deep`: or whose last event is another's.
 */
function readAnswers(audit: Audit, head: number, deep = false) {
  let commands = 0
  let withEvents = 0
  for (let id = ''; ;) {
    const page = audit.answersAfter(id, PAGE)
    for (const answer of page) {
      const isDamaged = answerHash(answer) !== answer.hash
      // written since
      if (!isDamaged && answer.seq > head) continue
      commands++
      if (answer.events > 0) withEvents++
      if (isDamaged || (deep && isOrphan(audit, answer)))
        return { commands, withEvents, finding: finding('answer', null, { command: answer.id }) }
    }
    const last = page.at(-1)
    if (last === undefined) return { commands, withEvents, finding: null }
    id = last.id
  }
}

/** It says that its command caused events which are not there. */
const isOrphan = (audit: Audit, { id, seq, events }: KeptAnswer): boolean =>
  events > 0 && audit.eventsAfter(seq - 1, 1)[0]?.command !== id

function finding(
  code: FindingCode,
  event: { seq: number; type: string | null } | null,
  params: Finding['params'] = {},
): Finding {
  return { code, seq: event?.seq ?? null, type: event?.type ?? null, params }
}

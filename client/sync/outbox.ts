/**
 * Commands on their way: each keeps its id until it is answered, survives the page, and goes out in order, one at a time,
 * over all tabs of the browser. A command that got no answer is sent again with the same id and has one effect.
 */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import type { RefusalCode } from '../../shared/errors.ts'
import { clearDrafts, type DraftMark, type DraftStorage, type Owner, rebaseDrafts } from './drafts.ts'

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
    /** a refusal is kept even where the sender hears it */
    keep?: boolean
  }
}[K]

/** A command that was refused and whose sender was gone, or wants it kept, until somebody has taken notice. */
export type Refused = Waiting & { answer: Extract<Answer, { ok: false }> }

export interface Submission {
  id: string
  /** resolves once it is durable or refused, however long that takes; never rejects */
  answer: Promise<Answer>
  /** the same, or `network.lost` when the next try found no answer and the command goes on waiting */
  firstTry: Promise<Answer>
}

export interface SubmitOptions {
  /** chosen by the sender; the same id again joins the command that waits */
  id?: string
  drafts?: readonly DraftMark[]
  /** a refusal stays among the `refused` until it is dismissed, whether the sender's page is there or not */
  keep?: boolean
}

export interface Outbox {
  /** whose commands it holds from now on; sends those that were left waiting */
  open(owner: Owner): void
  /** nobody is signed in: what waits stays on the device */
  close(): void
  /** A command of the same kind with the same data that is waiting is joined, not sent twice. */
  submit<K extends CommandKind>(kind: K, data: CommandData<K>, options?: SubmitOptions): Submission
  /** without an answer, in the order of sending */
  waiting(): readonly Waiting[]
  /** id of the command that is out at this moment */
  sending(): string | null
  /** the last try found no answer */
  stuck(): boolean
  refused(): readonly Refused[]
  /** a refused command has been taken notice of */
  dismiss(id: string): void
  /** tries at once, as when the connection is back */
  flush(): void
  /** after anything above has changed; returns unsubscribe */
  onChange(changed: () => void): () => void
  /** after an answer, whichever tab sent the command; returns unsubscribe */
  onAnswer(answered: (command: Waiting, answer: Answer) => void): () => void
}

export interface OutboxOptions {
  storage: DraftStorage
  /** never throws; `network.lost` when no answer came */
  send(command: Pick<Waiting, 'id' | 'kind' | 'data'>): Promise<Answer>
  /** runs while no other tab runs under the same name */
  exclusive(name: string, run: () => Promise<void>): Promise<void>
  newId(): string
  now(): number
  /** calls back after that many ms; returns the function that forgets it */
  later(ms: number, run: () => void): () => void
}

type Entry = Waiting & { answer?: Answer; answeredAt?: number }

interface Heard {
  answer: Promise<Answer>
  resolve: (answer: Answer) => void
  /** those who wait for the next try alone */
  tries: ((answer: Answer) => void)[]
}

/** no answer that could be about the command: it goes on waiting */
const PASSING: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'network.lost',
  'command.busy',
  'server.closing',
  'may.signIn',
])
/** a fault of the server may pass, but one command must not hold up the others for ever */
const FAULTS_MOST = 5
/** answers stay this long for the tab that waits for them */
const ANSWER_KEPT_MS = 60_000
const LOST: Answer = { ok: false, refusals: [{ code: 'network.lost' }] }
const backoff = (tries: number): number => Math.min(30_000, 1_000 * 2 ** Math.min(tries, 5))

export function createOutbox({ storage, send, exclusive, newId, now, later }: OutboxOptions): Outbox {
  const listeners = new Set<() => void>()
  const answerListeners = new Set<(command: Waiting, answer: Answer) => void>()
  /** commands whose sender is on this page */
  const heard = new Map<string, Heard>()
  const faults = new Map<string, number>()
  let owner: Owner | null = null
  let entries: Entry[] = []
  let current: string | null = null
  let draining = false
  let again = false
  let failures = 0
  let forget: (() => void) | undefined

  const prefix = () => (owner === null ? null : `outbox/${owner.programme}/${owner.member}/`)
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const waiting = (): Waiting[] => entries.filter((c) => c.answer === undefined)

  storage.onChange((key) => {
    const own = prefix()
    if (own === null || (key !== null && !key.startsWith(own))) return
    read()
    changed()
  })

  /** Reads the device anew; answers that another tab got are passed on here. */
  function read(): void {
    const own = prefix()
    entries = own === null ? [] : storage.keys(own).flatMap((key) => readEntries(storage.get(key)))
    entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    for (const { answer, ...command } of [...entries])
      if (answer !== undefined && heard.has(command.id)) deliver(command as Waiting, answer)
  }

  /** The sender is told, or the answer stays for it. */
  function deliver(command: Waiting, answer: Answer): void {
    const own = prefix()
    const sender = heard.get(command.id)
    heard.delete(command.id)
    faults.delete(command.id)
    if (own !== null) {
      if (sender !== undefined && (answer.ok || command.keep !== true)) storage.remove(own + command.id)
      else storage.set(own + command.id, JSON.stringify({ ...command, answer, answeredAt: now() }))
    }
    sender?.resolve(answer)
    for (const tried of sender?.tries ?? []) tried(answer)
    for (const listener of [...answerListeners]) listener(command, answer)
  }

  async function drain(): Promise<void> {
    again = true
    if (draining) return
    draining = true
    forget?.()
    while (again) {
      again = false
      const own = prefix()
      if (own !== null && waiting().length > 0) await exclusive(own, () => sendAll(own))
    }
    draining = false
  }

  async function sendAll(own: string): Promise<void> {
    if (prefix() !== own) return
    read()
    purge(own)
    for (let next = waiting()[0]; next !== undefined && prefix() === own; next = waiting()[0]) {
      current = next.id
      changed()
      const answer = await send({ id: next.id, kind: next.kind, data: next.data })
      current = null
      if (prefix() !== own) return
      if (!answer.ok && passes(next.id, answer)) {
        failures++
        for (const { id } of waiting()) tellLost(heard.get(id))
        forget?.()
        forget = later(backoff(failures - 1), () => void drain())
        changed()
        return
      }
      failures = 0
      settle(next, answer)
      read()
      changed()
    }
  }

  function passes(id: string, { refusals }: Extract<Answer, { ok: false }>): boolean {
    if (refusals.some((r) => PASSING.has(r.code))) return true
    if (!refusals.some((r) => r.code === 'server.failed')) return false
    const count = (faults.get(id) ?? 0) + 1
    faults.set(id, count)
    return count < FAULTS_MOST
  }

  function settle(command: Waiting, answer: Answer): void {
    if (answer.ok && owner !== null) {
      const versions = new Map<string, number>()
      for (const { subject, version } of answer.happened) if (subject !== null) versions.set(subject, version)
      clearDrafts(storage, command.drafts)
      rebaseDrafts(storage, owner, command.id, (unit, day) => versions.get(`report/${unit}/${day}`) ?? answer.seq)
    }
    deliver(command, answer)
  }

  /** Accepted commands that no tab has asked about. */
  function purge(own: string): void {
    for (const { id, answer, answeredAt } of entries)
      if (answer?.ok === true && (answeredAt ?? 0) < now() - ANSWER_KEPT_MS) storage.remove(own + id)
  }

  function hear(id: string): Submission {
    let sender = heard.get(id)
    if (sender === undefined) {
      const { promise, resolve } = Promise.withResolvers<Answer>()
      heard.set(id, (sender = { answer: promise, resolve, tries: [] }))
    }
    const { promise, resolve } = Promise.withResolvers<Answer>()
    sender.tries.push(resolve)
    return { id, answer: sender.answer, firstTry: promise }
  }

  function tellLost(sender: Heard | undefined): void {
    for (const tried of sender?.tries.splice(0) ?? []) tried(LOST)
  }

  return {
    open(next) {
      owner = next
      failures = 0
      read()
      changed()
      void drain()
    },
    close() {
      owner = null
      entries = []
      forget?.()
      for (const sender of heard.values()) tellLost(sender)
      changed()
    },
    submit(kind, data, { id, drafts = [], keep = false } = {}) {
      const own = prefix()
      if (own === null) {
        const refused = Promise.resolve<Answer>({ ok: false, refusals: [{ code: 'may.signIn' }] })
        return { id: id ?? newId(), answer: refused, firstTry: refused }
      }
      read()
      const text = JSON.stringify(data)
      const same = waiting().find((c) =>
        id === undefined ? c.kind === kind && JSON.stringify(c.data) === text : c.id === id,
      )
      const submission = hear(same?.id ?? id ?? newId())
      if (same === undefined) {
        const at = Math.max(now(), (entries.at(-1)?.at ?? 0) + 1)
        // on the device before it is on the wire
        storage.set(own + submission.id, JSON.stringify({ id: submission.id, kind, data, at, drafts, keep }))
      }
      void drain()
      return submission
    },
    waiting,
    sending: () => current,
    stuck: () => failures > 0 && waiting().length > 0,
    refused: () => entries.filter((c): c is Refused => c.answer?.ok === false),
    dismiss(id) {
      const own = prefix()
      if (own !== null && entries.some((c) => c.id === id && c.answer !== undefined)) storage.remove(own + id)
    },
    flush() {
      failures = Math.min(failures, 1)
      void drain()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onAnswer(listener) {
      answerListeners.add(listener)
      return () => answerListeners.delete(listener)
    },
  }
}

/** Nothing for what cannot be read. */
function readEntries(text: string | null): Entry[] {
  if (text === null) return []
  try {
    const raw = JSON.parse(text) as Partial<Entry> | null
    const isComplete = typeof raw?.id === 'string' && typeof raw.kind === 'string' && typeof raw.at === 'number'
    return isComplete && Array.isArray(raw.drafts) ? [raw as Entry] : []
  } catch {
    return []
  }
}

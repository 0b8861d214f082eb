/**
 * Commands on their way: each keeps its id until it is answered, survives the page, and goes out in order, one at a time,
 * over all tabs of the browser. A command that got no answer is sent again with the same id and has one effect.
 */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import { clearDrafts, type DraftMark, type DraftStorage, type Owner, rebaseDrafts } from './drafts.ts'
import {
  type Arrived,
  type Blocked,
  blockedBy,
  type Entry,
  isHeld,
  isPassing,
  isPutOff,
  readEntries,
  type Refused,
  type Waiting,
} from './entries.ts'
import { LOST, openSenders, type Submission } from './senders.ts'

export type { Submission } from './senders.ts'
export type { Arrived, Blocked, Refused, Waiting } from './entries.ts'

export interface SubmitOptions {
  /** chosen by the sender; the same id again joins the command that waits */
  id?: string
  drafts?: readonly DraftMark[]
  /** see `Waiting` */
  typed?: boolean
  /** ms for which it stays here, can be taken back, and lets others overtake it */
  hold?: number
}

export interface Outbox {
  /** whose commands it holds from now on; sends those that were left waiting */
  open(owner: Owner): void
  /** nobody is signed in: what waits stays on the device */
  close(): void
  /** A command of the same kind with the same data that is waiting is joined, not sent twice. */
  submit<K extends CommandKind>(kind: K, data: CommandData<K>, options?: SubmitOptions): Submission
  /** without an answer, in the order of sending; not what is held */
  waiting(): readonly Waiting[]
  /** not to be sent yet, the oldest first */
  held(): readonly Waiting[]
  /** what is held goes out at once */
  release(id: string): void
  /** id of the command that is out at this moment */
  sending(): string | null
  /** the last try found no answer */
  stuck(): boolean
  /** what no further try by itself will mend; null = nothing */
  blocked(): Blocked | null
  /** each stays until it is dismissed by whoever has shown it, so that none is lost with its page or dialog */
  refused(): readonly Refused[]
  arrived(): readonly Arrived[]
  /** those that have arrived were seen */
  see(): void
  /** a refused command has been taken notice of */
  dismiss(id: string): void
  /** it was never on the wire, and nothing else that waits rests on it */
  mayTakeBack(id: string): boolean
  /** Refuses it here with `command.takenBack`, so that its text goes where a refused one's goes; false when it is too late for that. */
  takeBack(id: string): Promise<boolean>
  /** resolves when all of it is on the device, or has found no room there */
  written(): Promise<void>
  /** what was written is on the device: nothing of it has found no room there */
  isKept(): boolean
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
  send(command: Pick<Waiting, 'id' | 'kind' | 'data' | 'version'>): Promise<Answer>
  /** whether there is anybody to send to: what was never on the wire can still be taken back */
  reachable(): Promise<boolean>
  /** version of the shape in which this page makes a command */
  versionOf(kind: CommandKind): number
  /** versions that the server takes; null = it has not said yet */
  taken(kind: CommandKind): readonly number[] | null
  /** runs while no other tab runs under the same name */
  exclusive(name: string, run: () => Promise<void>): Promise<void>
  newId(): string
  now(): number
  /** calls back after that many ms; returns the function that forgets it */
  later(ms: number, run: () => void): () => void
}

/** a fault of the server may pass, but one command must not hold up the others for ever */
const FAULTS_MOST = 5
/** those who never look are told nothing after a month */
const ARRIVED_KEPT_MS = 30 * 24 * 3_600_000
const TAKEN_BACK: Answer = { ok: false, refusals: [{ code: 'command.takenBack' }] }
const OUTDATED: Answer = { ok: false, refusals: [{ code: 'command.version' }] }
const backoff = (tries: number): number => Math.min(30_000, 1_000 * 2 ** Math.min(tries, 5))

export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, send, reachable, versionOf, taken, exclusive, newId, now, later } = options
  const listeners = new Set<() => void>()
  const answerListeners = new Set<(command: Waiting, answer: Answer) => void>()
  const senders = openSenders()
  const faults = new Map<string, number>()
  let owner: Owner | null = null
  let entries: Entry[] = []
  let current: string | null = null
  let draining = false
  /** a command is being put on the device: whoever submits it sends it */
  let submitting = false
  let again = false
  let failures = 0
  let blocked: Blocked | null = null
  let forget: (() => void) | undefined
  let forgetHeld: (() => void) | undefined
  /** being taken back: not to be sent meanwhile */
  const recalled = new Set<string>()

  const prefix = () => (owner === null ? null : `outbox/${owner.programme}/${owner.member}/`)
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const unanswered = (): Waiting[] => entries.filter((c) => c.answer === undefined)
  const held = (): Waiting[] => unanswered().filter((c) => isHeld(c, now()))
  const waiting = (): Waiting[] => unanswered().filter((c) => !isHeld(c, now()))
  const toSend = (): Waiting[] => waiting().filter(({ id }) => !recalled.has(id))

  storage.onChange((key) => {
    const own = prefix()
    if (own === null || (key !== null && !key.startsWith(own))) return
    read()
    changed()
    // it was found late on the device, or the tab that wrote it may be gone
    if (!draining && !submitting && failures === 0 && unanswered().length > 0) void drain()
  })

  /** Reads the device anew; answers that another tab got are passed on here. */
  function read(): void {
    const own = prefix()
    entries = own === null ? [] : storage.keys(own).flatMap((key) => readEntries(storage.get(key)))
    entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    for (const { answer, ...command } of [...entries])
      if (answer !== undefined && senders.has(command.id)) deliver(command as Waiting, answer)
  }

  /** The sender is told; the answer stays where nobody hears it, and where it is a refusal. */
  function deliver(command: Waiting, answer: Answer): void {
    const own = prefix()
    faults.delete(command.id)
    const isHeard = senders.answer(command.id, answer)
    if (own !== null) {
      if (isHeard && answer.ok) storage.remove(own + command.id)
      else storage.set(own + command.id, JSON.stringify({ ...command, answer, answeredAt: now() }))
    }
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
    wakeForHeld()
  }

  /** The next that is held goes out at its time. */
  function wakeForHeld(): void {
    forgetHeld?.()
    const next = Math.min(...held().map(({ from }) => from ?? 0))
    if (next < Infinity) forgetHeld = later(next - now(), wake)
  }
  function wake(): void {
    changed()
    void drain()
  }

  async function sendAll(own: string): Promise<void> {
    // another tab may have sent some of it before this one's turn came
    await storage.refresh(own)
    if (prefix() !== own) return
    read()
    purge(own)
    for (let next = toSend()[0]; next !== undefined && prefix() === own; next = toSend()[0]) {
      const fit = fitOf(next)
      if (fit === 'unread') return putOff('version')
      const answer = fit === 'read' ? await sendOne(own, next) : OUTDATED
      if (prefix() !== own) return
      if (!answer.ok && fit === 'read' && passes(next.id, answer)) return putOff(blockedBy(answer))
      failures = 0
      blocked = null
      settle(next, answer)
      // before another tab's turn
      await storage.written()
      if (prefix() !== own) return
      read()
      changed()
    }
  }

  async function sendOne(own: string, command: Waiting): Promise<Answer> {
    const { id, kind, data, version, tried } = command
    current = id
    changed()
    const answer = (await reachable()) ? await transmit() : LOST
    current = null
    return answer

    async function transmit(): Promise<Answer> {
      storage.set(own + id, JSON.stringify({ ...command, tried: true }))
      // on the device before it is on the wire
      await storage.written()
      const heardBack = await send({ id, kind, data, ...(version !== undefined && { version }) } as Waiting)
      // the server has said that it did not take it
      if (tried !== true && prefix() === own && isPutOff(heardBack)) storage.set(own + id, JSON.stringify(command))
      return heardBack
    }
  }

  const mayTakeBack = (id: string): boolean => {
    const command = unanswered().find((c) => c.id === id)
    if (command === undefined || command.tried === true || current === id) return false
    return !unanswered().some((c) => c.id !== id && JSON.stringify(c.data).includes(JSON.stringify(id)))
  }

  async function takeBack(id: string): Promise<boolean> {
    const own = prefix()
    if (own === null) return false
    let done = false
    recalled.add(id)
    // no tab sends meanwhile
    await exclusive(own, async () => {
      await storage.refresh(own)
      if (prefix() !== own) return
      read()
      const command = unanswered().find((c) => c.id === id)
      if (command === undefined || !mayTakeBack(id)) return
      deliver(command, TAKEN_BACK)
      done = true
      await storage.written()
      if (prefix() !== own) return
      read()
      changed()
    })
    recalled.delete(id)
    void drain()
    return done
  }

  /** Whether the server reads it as it was made; `unread`: it wants a newer page than this one. */
  function fitOf({ kind, version = 1 }: Waiting): 'read' | 'unread' | 'outdated' {
    const versions = taken(kind)
    if (versions === null || versions.includes(version)) return 'read'
    return versions.includes(versionOf(kind)) ? 'outdated' : 'unread'
  }

  function putOff(why: Blocked | null): void {
    failures++
    blocked = why
    for (const { id } of waiting()) senders.lose(id)
    forget?.()
    forget = later(backoff(failures - 1), () => void drain())
    changed()
  }

  function passes(id: string, { refusals }: Extract<Answer, { ok: false }>): boolean {
    if (refusals.some(isPassing)) return true
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

  /** Accepted commands that nobody has come to look at. */
  function purge(own: string): void {
    for (const { id, answer, answeredAt } of entries)
      if (answer?.ok === true && (answeredAt ?? 0) < now() - ARRIVED_KEPT_MS) storage.remove(own + id)
  }

  return {
    open(next) {
      owner = next
      failures = 0
      blocked = null
      read()
      changed()
      void drain()
    },
    close() {
      owner = null
      entries = []
      forget?.()
      forgetHeld?.()
      senders.loseAll()
      changed()
    },
    submit(kind, data, { id, drafts = [], typed = false, hold = 0 } = {}) {
      const own = prefix()
      if (own === null) {
        const refused = Promise.resolve<Answer>({ ok: false, refusals: [{ code: 'may.signIn' }] })
        return { id: id ?? newId(), answer: refused, firstTry: refused, kept: Promise.resolve() }
      }
      read()
      const text = JSON.stringify(data)
      const same = unanswered().find((c) =>
        id === undefined ? c.kind === kind && JSON.stringify(c.data) === text : c.id === id,
      )
      const chosen = same?.id ?? id ?? newId()
      if (same === undefined) {
        const at = Math.max(now(), (entries.at(-1)?.at ?? 0) + 1)
        const from = hold > 0 ? { from: now() + hold } : {}
        const isTyped = typed ? { typed } : {}
        const entry = { id: chosen, kind, data, at, drafts, ...isTyped, version: versionOf(kind), ...from }
        submitting = true
        storage.set(own + chosen, JSON.stringify(entry))
        submitting = false
      }
      const submission = senders.hear(chosen, storage.written())
      void drain()
      return submission
    },
    waiting,
    held,
    release(id) {
      const own = prefix()
      const command = held().find((c) => c.id === id)
      if (own === null || command === undefined) return
      delete command.from
      storage.set(own + id, JSON.stringify(command))
      void drain()
    },
    sending: () => current,
    stuck: () => failures > 0 && waiting().length > 0,
    blocked: () => (waiting().length > 0 ? blocked : null),
    refused: () => entries.filter((c): c is Refused => c.answer?.ok === false),
    arrived: () => entries.filter((c): c is Arrived => c.answer?.ok === true && !senders.has(c.id)),
    see() {
      const own = prefix()
      for (const { id, answer } of [...entries]) if (own !== null && answer?.ok === true) storage.remove(own + id)
    },
    dismiss(id) {
      const own = prefix()
      if (own !== null && entries.some((c) => c.id === id && c.answer !== undefined)) storage.remove(own + id)
    },
    mayTakeBack,
    takeBack,
    written: () => storage.written(),
    isKept: () => storage.unsaved(prefix() ?? '') === null,
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

/**
 * Texts by key on the device, all of them at hand as well: what is read is there at once, what is written is on the device
 * soon, and `written` says when; until then it is among the last strokes, where the next page finds it. What finds no room on
 * the device lasts as long as the page, and is said to.
 */
import { type Connection, type Database, startingWith } from './database.ts'
import type { DraftStorage } from './drafts.ts'
import type { Strokes } from './strokes.ts'

/** The other tabs of the browser: what one tells, all others hear. */
export interface Elsewhere {
  tell(keys: readonly string[]): void
  hear(heard: (keys: readonly string[]) => void): void
}

export interface DeviceTexts extends DraftStorage {
  /** what an earlier page has left is at hand; resolves also where nothing can be kept */
  ready: Promise<void>
}

type Batch = Map<string, string | null>

/** ms after which a device that did not answer is tried again: at first, and at most */
const AGAIN_MS = 500
const AGAIN_MOST_MS = 30_000

/** `later` calls back after that many ms. */
export function openTexts(
  { connect }: Connection,
  elsewhere: Elsewhere,
  later: (ms: number, run: () => void) => void,
  strokes: Strokes,
): DeviceTexts {
  const held = new Map<string, string>()
  /** not on the device, and why */
  const homeless = new Map<string, 'full' | 'unavailable'>()
  /** taken away here, and still on the device */
  const lingering = new Set<string>()
  /** which change of this page a key had last, so that an older reading of the device does not undo it */
  const stamps = new Map<string, number>()
  let stamp = 0
  let pending: Batch = new Map()
  /** being written at this moment */
  let underway: Batch = new Map()
  let writing: Promise<void> | null = null
  /** the last strokes of an earlier page, or of another tab, that this one writes for it unless somebody else does */
  const inherited = new Set<string>()
  const listeners = new Set<(key: string | null) => void>()
  const tell = (key: string) => {
    for (const listener of [...listeners]) listener(key)
  }

  let wait = AGAIN_MS
  let isTryingAgain = false

  const left = strokes.all()
  const ready = load().then(() => undefined)
  for (const [key, text] of left) {
    take(key, text)
    inherited.add(key)
  }
  elsewhere.hear((keys) => void read((database) => pairsOf(database, keys), keys).catch(tryAgain))

  /** False when the device did not answer. */
  async function load(): Promise<boolean> {
    try {
      await read(allOf, held.keys())
    } catch {
      tryAgain()
      return false
    }
    wait = AGAIN_MS
    return true
  }

  /** A device that does not answer may soon: a browser that was killed still holds its files when the next one starts. */
  function tryAgain(): void {
    if (isTryingAgain) return
    isTryingAgain = true
    later(wait, () => void mend())
    wait = Math.min(2 * wait, AGAIN_MOST_MS)
  }

  async function mend(): Promise<void> {
    isTryingAgain = false
    if (!(await load())) return
    again()
    writing ??= writeAll().finally(() => (writing = null))
  }

  /** Takes over what the device holds of `keys`, and of whatever else was found there. */
  async function read(
    find: (database: Database) => Promise<[string, string][]>,
    keys: Iterable<string>,
  ): Promise<void> {
    const began = stamp
    const found = new Map(await find(await connect()))
    for (const key of new Set([...keys, ...found.keys()])) {
      const text = found.get(key)
      if ((stamps.get(key) ?? 0) > began || isOurs(key) || held.get(key) === text) continue
      if (text === undefined) held.delete(key)
      else held.set(key, text)
      tell(key)
    }
  }

  /** The device does not have it yet as this page does. */
  const isOurs = (key: string): boolean =>
    pending.has(key) || underway.has(key) || homeless.has(key) || lingering.has(key)

  function change(key: string, text: string | null): void {
    strokes.put(key, text)
    inherited.delete(key)
    take(key, text)
  }

  function take(key: string, text: string | null): void {
    stamps.set(key, ++stamp)
    lingering.delete(key)
    if (text === null) {
      held.delete(key)
      homeless.delete(key)
    } else held.set(key, text)
    pending.set(key, text)
    writing ??= writeAll().finally(() => (writing = null))
    tell(key)
  }

  async function writeAll(): Promise<void> {
    // what an earlier page has left is not to come after what this one writes
    await ready
    while (pending.size > 0) {
      const batch = (underway = pending)
      pending = new Map()
      const passed = [...inherited].filter((key) => !strokes.isLast(key, batch.get(key) ?? null))
      for (const key of passed) batch.delete(key)
      inherited.clear()
      const done = await write(batch)
      underway = new Map()
      if (passed.length > 0) await read((database) => pairsOf(database, passed), passed).catch(tryAgain)
      if (done.length > 0) elsewhere.tell(done)
      // where something was taken away there may be room
      if (homeless.size > 0 && done.some((key) => batch.get(key) === null)) again()
    }
  }

  function again(): void {
    for (const key of [...homeless.keys(), ...lingering]) if (!pending.has(key)) pending.set(key, held.get(key) ?? null)
  }

  /** The keys that are on the device now. */
  async function write(batch: Batch): Promise<string[]> {
    try {
      await put(await connect(), batch)
      for (const [key, text] of batch) {
        strokes.settled(key, text)
        lingering.delete(key)
        if (homeless.delete(key)) tell(key)
      }
      return [...batch.keys()]
    } catch (error) {
      // a short one may fit where a long one does not
      if (batch.size > 1) return (await Promise.all([...batch].map((one) => write(new Map([one]))))).flat()
      for (const [key, text] of batch) {
        if (text === null) lingering.add(key)
        else homeless.set(key, isFull(error) ? 'full' : 'unavailable')
        tell(key)
      }
      if (!isFull(error)) tryAgain()
      return []
    }
  }

  return {
    ready,
    get: (key) => held.get(key) ?? null,
    set: (key, text) => change(key, text),
    remove(key) {
      if (held.has(key)) change(key, null)
    },
    keys: (prefix) => [...held.keys()].filter((key) => key.startsWith(prefix)),
    async written() {
      while (writing !== null) await writing
    },
    async refresh(prefix) {
      await this.written()
      const known = [...held.keys()].filter((key) => key.startsWith(prefix))
      await read((database) => allOf(database, startingWith(prefix)), known).catch(() => undefined)
    },
    unsaved: (prefix) => [...homeless].find(([key]) => key.startsWith(prefix))?.[1] ?? null,
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

async function allOf(database: Database, range?: IDBKeyRange): Promise<[string, string][]> {
  const store = database.transaction('texts').store
  const [keys, texts] = await Promise.all([store.getAllKeys(range), store.getAll(range)])
  return keys.map((key, i) => [key, texts[i]!])
}

async function pairsOf(database: Database, keys: readonly string[]): Promise<[string, string][]> {
  const { store } = database.transaction('texts')
  const texts = await Promise.all(keys.map((key) => store.get(key)))
  return keys.flatMap((key, i) => (texts[i] === undefined ? [] : [[key, texts[i]] as [string, string]]))
}

/** All or nothing; resolves when the device has it, also should the machine lose its power. */
async function put(database: Database, batch: Batch): Promise<void> {
  const { store, done } = database.transaction('texts', 'readwrite', { durability: 'strict' })
  const steps = [...batch].map(async ([key, text]) => (text === null ? store.delete(key) : store.put(text, key)))
  for (const step of await Promise.allSettled([...steps, done])) if (step.status === 'rejected') throw step.reason
}

const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError'

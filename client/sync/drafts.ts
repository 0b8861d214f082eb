/**
 * What was typed and not accepted yet, kept on this device: every cell under a key of its own, so that two tabs add to
 * each other's typing and the later typing of a cell wins.
 */
import type { Correction } from '../../shared/domain/values.ts'
import type { Day } from '../../shared/progress/day.ts'

/** Texts by key that outlive the page and are shared with the browser's other tabs. */
export interface DraftStorage {
  get(key: string): string | null
  set(key: string, text: string): void
  remove(key: string): void
  /** keys that begin with `prefix` */
  keys(prefix: string): string[]
  /** resolves when all that was set and removed so far is on the device, or has found no room there */
  written(): Promise<void>
  /** reads anew what other tabs may have left under keys that begin with `prefix` */
  refresh(prefix: string): Promise<void>
  /** why something under a key that begins with `prefix` lasts only as long as the page; null = nothing does */
  unsaved(prefix: string): 'full' | 'unavailable' | null
  /** called with a key after this tab or another one has changed it, null after all were cleared; returns unsubscribe */
  onChange(changed: (key: string | null) => void): () => void
}

/** Whose drafts and commands they are. */
export interface Owner {
  programme: string
  member: string
}

/** One counter (by key) of one report. */
export interface Cell {
  unit: string
  day: Day
  counter: string
}

/** What an edit was made upon. */
export interface Basis {
  /** version of the figure that was seen; 0 = none */
  version: number
  /** its value; null = blank */
  value: number | null
  /** an own command that is still waiting and gives the figure this value */
  command?: string
}

/** How a change after the day is meant, and why figures are taken back: for all lines of a save, or for one. */
export interface Meaning {
  type: Correction
  reason: string
}

/** The refused command that a text comes back from, and how it was meant. */
export interface CarriedBy {
  command: string
  meant?: Meaning
}

/** One cell as typed. */
export interface CellDraft {
  /** as typed, trimmed; empty over a given figure = it is to be withdrawn */
  text: string
  basis: Basis
  /** ms since epoch, of the typing; later than that of any earlier typing of the cell */
  at: number
  /** codes of the questions that the person has confirmed */
  confirmed: readonly string[]
  /** why, where it was said */
  why?: string
  /** somebody else's change was seen, and this is to stand beside it */
  contest: boolean
  /** while it is as a refused command had carried it */
  from?: CarriedBy
}

/** A draft as it was when a command took it up: accepted, the command clears it away unless it was typed over. */
export interface DraftMark {
  key: string
  at: number
}

export interface DraftStore {
  /** the drafts of one unit's day, by counter */
  of(unit: string, day: Day): ReadonlyMap<string, CellDraft>
  get(cell: Cell): CellDraft | undefined
  /** Keeps what was typed; gives the draft with its moment, which is later than that of what it replaces. */
  put(cell: Cell, draft: Omit<CellDraft, 'at'>): CellDraft
  remove(cell: Cell): void
  /** what a command carries of the cell */
  mark(cell: Cell): DraftMark | undefined
  /** every report with a draft, the earlier day first */
  places(): { unit: string; day: Day; cells: number }[]
  /** every cell with a draft and its text, the earlier day first */
  texts(): (Cell & { text: string })[]
  /** some of it found no room and lasts as long as the page */
  full(): boolean
  /** called after another tab, or an answer, has changed the draft of a cell; returns unsubscribe */
  onChange(changed: (cell: Cell) => void): () => void
  close(): void
}

const prefixOf = ({ programme, member }: Owner): string => `draft/${programme}/${member}/`

/** The drafts of one person in one programme. */
export function openDrafts(storage: DraftStorage, owner: Owner, now: () => number): DraftStore {
  const prefix = prefixOf(owner)
  const held = new Map<string, { cell: Cell; draft: CellDraft }>()
  const listeners = new Set<(cell: Cell) => void>()
  const keyOf = ({ unit, day, counter }: Cell) => `${prefix}${unit}/${day}/${counter}`
  for (const key of storage.keys(prefix)) take(key)
  const stop = storage.onChange((key) => {
    if (key === null) for (const known of [...held.keys()]) changed(known)
    else if (key.startsWith(prefix)) changed(key)
  })

  function take(key: string): void {
    const cell = cellOf(key.slice(prefix.length))
    const draft = readDraft(storage.get(key))
    if (cell === null || draft === null) held.delete(key)
    else held.set(key, { cell, draft })
  }

  function changed(key: string): void {
    const before = held.get(key)
    take(key)
    const after = held.get(key)
    const cell = (after ?? before)?.cell
    if (cell === undefined || JSON.stringify(before?.draft) === JSON.stringify(after?.draft)) return
    for (const listener of listeners) listener(cell)
  }

  return {
    of(unit, day) {
      const found = new Map<string, CellDraft>()
      for (const { cell, draft } of held.values())
        if (cell.unit === unit && cell.day === day) found.set(cell.counter, draft)
      return found
    },
    get: (cell) => held.get(keyOf(cell))?.draft,
    put(cell, { text, basis, confirmed, contest, why = '', from }) {
      const key = keyOf(cell)
      // another tab may have typed since this one last heard of it
      const before = readDraft(storage.get(key))
      const draft: CellDraft = {
        text,
        basis,
        at: Math.max(now(), (before?.at ?? 0) + 1),
        confirmed,
        contest,
        ...(why !== '' && { why }),
        ...(from !== undefined && { from }),
      }
      held.set(key, { cell, draft })
      storage.set(key, JSON.stringify(draft))
      return draft
    },
    remove(cell) {
      held.delete(keyOf(cell))
      storage.remove(keyOf(cell))
    },
    mark(cell) {
      const key = keyOf(cell)
      const draft = held.get(key)?.draft
      return draft === undefined ? undefined : { key, at: draft.at }
    },
    places() {
      const counts = new Map<string, { unit: string; day: Day; cells: number }>()
      for (const { cell } of held.values()) {
        const sheet = `${cell.day}/${cell.unit}`
        counts.set(sheet, { unit: cell.unit, day: cell.day, cells: (counts.get(sheet)?.cells ?? 0) + 1 })
      }
      return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sheet]) => sheet)
    },
    texts: () =>
      [...held.values()]
        .map(({ cell, draft }) => ({ ...cell, text: draft.text }))
        .sort((a, b) => (`${a.day}/${a.unit}` < `${b.day}/${b.unit}` ? -1 : 1)),
    full: () => storage.unsaved(prefix) !== null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stop()
      listeners.clear()
    },
  }
}

/** What a command carried was accepted: its drafts are over, except those typed over meanwhile. */
export function clearDrafts(storage: DraftStorage, marks: readonly DraftMark[]): void {
  for (const { key, at } of marks) if (readDraft(storage.get(key))?.at === at) storage.remove(key)
}

/** Drafts made upon a command that was accepted rest on what it has made of their figures from now on. */
export function rebaseDrafts(
  storage: DraftStorage,
  owner: Owner,
  command: string,
  version: (unit: string, day: Day) => number,
): void {
  const prefix = prefixOf(owner)
  for (const key of storage.keys(prefix)) {
    const cell = cellOf(key.slice(prefix.length))
    const draft = readDraft(storage.get(key))
    if (cell === null || draft === null || draft.basis.command !== command) continue
    const basis = { version: version(cell.unit, cell.day), value: draft.basis.value }
    storage.set(key, JSON.stringify({ ...draft, basis }))
  }
}

function cellOf(path: string): Cell | null {
  const [unit, day, counter, ...rest] = path.split('/')
  if (unit === undefined || day === undefined || counter === undefined || rest.length > 0) return null
  return { unit, day: day as Day, counter }
}

/** null for what an older version, or somebody else, has written. */
function readDraft(text: string | null): CellDraft | null {
  if (text === null) return null
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return null
  }
  return isDraft(raw) ? raw : null
}

function isDraft(raw: unknown): raw is CellDraft {
  if (typeof raw !== 'object' || raw === null) return false
  const { text, basis, at, confirmed, contest, why = '', from = { command: '' } } = raw as Partial<CellDraft>
  return (
    typeof text === 'string' &&
    typeof at === 'number' &&
    typeof contest === 'boolean' &&
    typeof why === 'string' &&
    typeof from.command === 'string' &&
    Array.isArray(confirmed) &&
    typeof basis === 'object' &&
    typeof basis.version === 'number' &&
    (basis.value === null || typeof basis.value === 'number')
  )
}

/** Where a page keeps what is to outlive it: on the device for all its tabs, or in the tab alone. */
import { database } from './database.ts'
import type { DraftStorage } from './drafts.ts'
import { openShelf } from './shelf.ts'
import { type KeptTexts, openStrokes, STROKE } from './strokes.ts'
import { type DeviceTexts, openTexts } from './texts.ts'

/**
 * `kept` outlives the page; what it has no room for, and everything where there is none, lasts as long as the page.
 * `onElsewhere` registers for changes by other tabs.
 */
export function storageOver(
  kept: KeptTexts | null,
  onElsewhere: (changed: (key: string | null) => void) => void,
): DraftStorage {
  const unsaved = new Map<string, string>()
  const listeners = new Set<(key: string | null) => void>()
  const tell = (key: string | null) => {
    for (const listener of [...listeners]) listener(key)
  }
  onElsewhere((key) => {
    // what another tab has written is newer than what found no room here
    if (key !== null) unsaved.delete(key)
    tell(key)
  })
  return {
    get: (key) => unsaved.get(key) ?? kept?.getItem(key) ?? null,
    set(key, text) {
      let saved = false
      try {
        kept?.setItem(key, text)
        saved = kept !== null
      } catch {
        // no room: kept below
      }
      if (saved) unsaved.delete(key)
      else unsaved.set(key, text)
      tell(key)
    },
    remove(key) {
      unsaved.delete(key)
      kept?.removeItem(key)
      tell(key)
    },
    keys(prefix) {
      const found = new Set<string>([...unsaved.keys()].filter((key) => key.startsWith(prefix)))
      for (let i = 0; i < (kept?.length ?? 0); i++) {
        const key = kept?.key(i) ?? null
        if (key?.startsWith(prefix) === true) found.add(key)
      }
      return [...found]
    },
    written: () => Promise.resolve(),
    refresh: () => Promise.resolve(),
    unsaved(prefix) {
      const isOne = [...unsaved.keys()].some((key) => key.startsWith(prefix))
      return !isOne ? null : kept === null ? 'unavailable' : 'full'
    },
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** IndexedDB, where the page may use it; what is at hand is there once it is `ready`. */
export const deviceStorage: DeviceTexts = openTexts(
  database,
  otherTabs('texts'),
  (ms, run) => setTimeout(run, ms),
  openStrokes(allowed('localStorage')),
)
/** What the page opens with where there is no network. */
export const shelf = openShelf(database, () => Date.now())

/** Texts that an earlier version of the page has kept in `localStorage`: they are taken along, once. */
export async function takeAlong(from: KeptTexts | null, to: DeviceTexts): Promise<void> {
  await to.ready
  const keys = Array.from({ length: from?.length ?? 0 }, (_, i) => from?.key(i) ?? '').filter(
    (key) => key.includes('/') && !key.startsWith(STROKE),
  )
  for (const key of keys) if (to.get(key) === null) to.set(key, from?.getItem(key) ?? '')
  await to.written()
  for (const key of keys) if (to.unsaved(key) === null) from?.removeItem(key)
}

/** Everything that an earlier page has left is at hand. */
export const deviceReady = (): Promise<void> => takeAlong(allowed('localStorage'), deviceStorage)

/** The browser's other tabs, on a channel of that name. */
export function otherTabs<T>(name: string) {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`rollout/${name}`)
  return {
    tell: (said: T) => channel?.postMessage(said),
    hear(heard: (said: T) => void) {
      channel?.addEventListener('message', ({ data }: MessageEvent<T>) => heard(data))
    },
  }
}

/** `sessionStorage`: for one tab alone, as long as it is there: over reloads, signing in again, and when the browser wakes it. */
export const tabStorage: DraftStorage = storageOver(allowed('sessionStorage'), () => undefined)

function allowed(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind]
  } catch {
    return null
  }
}

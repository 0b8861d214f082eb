/** The device's own storage for drafts and waiting commands. */
import type { DraftStorage } from './drafts.ts'

/** Any place that keeps texts by key, as the browser's `localStorage` does. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

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
      return saved
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
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** `localStorage`, where the page may use it. */
export const deviceStorage: DraftStorage = storageOver(allowed('localStorage'), (changed) => {
  if (typeof window !== 'undefined') window.addEventListener('storage', (event) => changed(event.key))
})

/** The same for one tab alone, as long as it is there: over reloads, signing in again, and when the browser wakes it. */
export const tabStorage: DraftStorage = storageOver(allowed('sessionStorage'), () => undefined)

function allowed(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind]
  } catch {
    return null
  }
}

/**
 * The last strokes: what was written and is not in the device's database yet. It is kept here in the same moment, so that a
 * page that is left right after a key loses nothing; the next page reads it first.
 */

/** Any place that keeps texts by key, as the browser's `localStorage` does. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface Strokes {
  /** null = the text was taken away */
  put(key: string, text: string | null): void
  /** the database has it so, unless something newer was written, by this tab or another */
  settled(key: string, text: string | null): void
  /** it is still what was written last */
  isLast(key: string, text: string | null): boolean
  all(): [key: string, text: string | null][]
}

/** Of keys: such a one is no text by itself. */
export const STROKE = 'stroke:'
/** A longer text is a pasted file or list, and waits for the database alone. */
const MOST = 50_000

export function openStrokes(kept: KeptTexts | null): Strokes {
  const read = (key: string) => kept?.getItem(STROKE + key) ?? null
  return {
    put(key, text) {
      try {
        if (text === null || text.length <= MOST) return kept?.setItem(STROKE + key, JSON.stringify(text))
      } catch {
        // no room: the database may have some
      }
      kept?.removeItem(STROKE + key)
    },
    settled(key, text) {
      if (read(key) === JSON.stringify(text)) kept?.removeItem(STROKE + key)
    },
    isLast: (key, text) => read(key) === JSON.stringify(text),
    all() {
      const names = Array.from({ length: kept?.length ?? 0 }, (_, i) => kept?.key(i) ?? '')
      return names.flatMap((name): [string, string | null][] => {
        const text = name.startsWith(STROKE) ? textIn(kept?.getItem(name) ?? '') : undefined
        return text === undefined ? [] : [[name.slice(STROKE.length), text]]
      })
    },
  }
}

/** Undefined for what somebody else has written. */
function textIn(stored: string): string | null | undefined {
  try {
    const text: unknown = JSON.parse(stored)
    return typeof text === 'string' || text === null ? text : undefined
  } catch {
    return undefined
  }
}

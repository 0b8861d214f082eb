/** Texts of the tabs of one browser, over IndexedDB. */
import { type Connection, openDatabase } from '../../client/sync/database.ts'
import { type KeptTexts, openStrokes } from '../../client/sync/strokes.ts'
import { type DeviceTexts, type Elsewhere, openTexts } from '../../client/sync/texts.ts'

type Later = (ms: number, run: () => void) => void

/** As the browser's `localStorage`. */
export function keptIn(kept: Map<string, string>): KeptTexts {
  return {
    get length() {
      return kept.size
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

/** Tabs of one browser; what one tells, the others hear. */
export function browser(kept = new Map<string, string>()) {
  const all = new Set<(keys: readonly string[]) => void>()
  return (connection: Connection = openDatabase(), later: Later = () => undefined): DeviceTexts => {
    let own: (keys: readonly string[]) => void = () => undefined
    const elsewhere: Elsewhere = {
      tell: (keys) => [...all].filter((hear) => hear !== own).forEach((hear) => hear(keys)),
      hear: (heard) => all.add((own = heard)),
    }
    return openTexts(connection, elsewhere, later, openStrokes(keptIn(kept)))
  }
}

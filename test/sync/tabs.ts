/** Several tabs over one storage, as a browser has them: a change reaches the other tabs later, or not at all. */
import { storageOver } from '../../client/sync/device.ts'
import type { KeptTexts } from '../../client/sync/strokes.ts'
import type { DraftStorage } from '../../client/sync/drafts.ts'

export interface Tabs {
  texts: Map<string, string>
  open(): DraftStorage & { /** hears what the others have changed meanwhile */ hear(): void; close(): void }
}

/** `room`: texts that fit; unbounded by default. */
export function openTabs(room = Infinity): Tabs {
  const texts = new Map<string, string>()
  const queues = new Set<{ from: number; key: string }[]>()
  let count = 0
  return {
    texts,
    open() {
      const own = count++
      const queue: { from: number; key: string }[] = []
      queues.add(queue)
      const tell = (key: string) => {
        for (const q of queues) if (q !== queue) q.push({ from: own, key })
      }
      const kept: KeptTexts = {
        get length() {
          return texts.size
        },
        key: (i) => [...texts.keys()][i] ?? null,
        getItem: (key) => texts.get(key) ?? null,
        setItem(key, text) {
          if (!texts.has(key) && texts.size >= room) throw new Error('QuotaExceededError')
          if (texts.get(key) === text) return
          texts.set(key, text)
          tell(key)
        },
        removeItem(key) {
          if (texts.delete(key)) tell(key)
        },
      }
      let changed: (key: string) => void = () => undefined
      const storage = storageOver(kept, (listener) => (changed = listener))
      return {
        ...storage,
        hear() {
          for (const { key } of queue.splice(0)) changed(key)
        },
        close: () => queues.delete(queue),
      }
    },
  }
}

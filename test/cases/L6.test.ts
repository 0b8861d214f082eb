/** Two tabs of one person at one question: what one of them says is kept is not taken away by the other. */
import { describe, expect, test } from 'vitest'
import { storageOver } from '../../client/sync/device.ts'
import type { KeptTexts } from '../../client/sync/strokes.ts'
import { openDrafts } from '../../client/sync/drafts.ts'

/** one browser: what it keeps, and tabs that hear of each other's writing as browsers let them */
function browser() {
  const texts = new Map<string, string>()
  const tabs: ((key: string | null) => void)[] = []
  const kept: KeptTexts = {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
    key: (i) => [...texts.keys()][i] ?? null,
    get length() {
      return texts.size
    },
  }
  return {
    texts,
    tab() {
      const me = tabs.length
      const tell = (key: string) => tabs.forEach((hear, i) => i !== me && hear(key))
      const told: KeptTexts = {
        ...kept,
        key: (i) => kept.key(i),
        get length() {
          return kept.length
        },
        setItem: (key, text) => (kept.setItem(key, text), tell(key)),
        removeItem: (key) => (kept.removeItem(key), tell(key)),
      }
      return storageOver(told, (changed) => void tabs.push(changed))
    },
  }
}

describe('case L6', () => {
  test('G3 a cell that one tab types and takes back takes nothing that another has typed elsewhere', () => {
    const device = browser()
    const owner = { programme: 'p', member: 'anna' }
    const [first, second] = [openDrafts(device.tab(), owner, () => 1), openDrafts(device.tab(), owner, () => 2)]
    const cell = (counter: string) => ({ unit: 'S1', day: '2026-11-20' as const, counter })
    const draft = (text: string) => ({ text, basis: { version: 0, value: null }, confirmed: [], contest: false })
    first.put(cell('accepted'), draft('2101'))
    second.put(cell('issued'), draft('1'))
    second.remove(cell('issued'))
    const again = openDrafts(device.tab(), owner, () => 3)
    expect([...again.of('S1', '2026-11-20').values()].map((d) => d.text)).toEqual(['2101'])
  })

  test('G3 the other tab sees what is typed, so that what it takes back is what it saw', () => {
    const device = browser()
    const [first, second] = [device.tab(), device.tab()]
    let seen: string | null = ''
    second.onChange((key) => key !== null && (seen = second.get(key)))
    first.set('words', 'A considered answer')
    expect(seen).toBe('A considered answer')
  })
})

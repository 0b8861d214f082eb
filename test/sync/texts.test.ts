/** Texts on the device: IndexedDB, several tabs, no room, nothing at all. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Connection, openDatabase } from '../../client/sync/database.ts'
import { takeAlong } from '../../client/sync/device.ts'
import { openDrafts } from '../../client/sync/drafts.ts'
import { openShelf } from '../../client/sync/shelf.ts'
import { openStrokes } from '../../client/sync/strokes.ts'
import { type DeviceTexts, openTexts } from '../../client/sync/texts.ts'
import { browser, keptIn } from './browserTexts.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

/** A device that says no to texts longer than `room`, or to everything. */
function stingy(room: () => number): Connection {
  const { connect } = openDatabase()
  return {
    async connect() {
      if (room() < 0) throw new Error('nothing may be kept here')
      const database = await connect()
      return new Proxy(database, {
        get(target, name) {
          if (name !== 'transaction') return Reflect.get(target, name) as unknown
          return (...[stores, mode, options]: Parameters<typeof target.transaction>) => {
            const made = target.transaction(stores, mode, options)
            if (mode !== 'readwrite') return made
            const store = made.objectStore('texts') as { put?: (text: string, key: string) => Promise<unknown> }
            const put = (text: string, key: string) => {
              if (text.length <= room()) return store.put!(text, key)
              made.abort()
              return Promise.reject(new DOMException('no room', 'QuotaExceededError'))
            }
            return { done: made.done, store: { put, delete: (key: string) => made.objectStore('texts').delete!(key) } }
          }
        },
      })
    },
  }
}

describe('what outlives the page', () => {
  test('G9 what was written is there for the next page, and what was removed is not', async () => {
    const open = browser()
    const first = open()
    first.set('a/1', 'one')
    first.set('a/2', 'two')
    first.set('a/1', 'three')
    first.remove('a/2')
    expect([first.get('a/1'), first.get('a/2')]).toEqual(['three', null])
    await first.written()
    const next = open()
    expect(next.get('a/1'), 'not at hand yet').toBeNull()
    await next.ready
    expect([next.get('a/1'), next.keys('a/')]).toEqual(['three', ['a/1']])
  })

  test('G9 what was written before the page is ready is not undone by what was left', async () => {
    const open = browser()
    const first = open()
    first.set('k', 'old')
    await first.written()
    const next = open()
    next.set('k', 'new')
    await next.ready
    await next.written()
    expect(next.get('k')).toBe('new')
    const last = open()
    await last.ready
    expect(last.get('k')).toBe('new')
  })

  test('texts that an earlier version kept elsewhere are taken along once', async () => {
    const kept = new Map([
      ['draft/p/m/x', 'typed'],
      ['theme', 'dark'],
    ])
    const texts = browser()()
    await takeAlong(keptIn(kept), texts)
    expect([texts.get('draft/p/m/x'), [...kept.keys()]]).toEqual(['typed', ['theme']])
  })
})

describe('several tabs', () => {
  test('G10 a change reaches the other tabs, and `refresh` also one that heard nothing', async () => {
    const open = browser()
    const [a, b] = [open(), open()]
    const deaf = openTexts(
      openDatabase(),
      { tell: () => undefined, hear: () => undefined },
      () => undefined,
      openStrokes(null),
    )
    await Promise.all([a.ready, b.ready, deaf.ready])
    const heard: (string | null)[] = []
    b.onChange((key) => heard.push(key))
    a.set('k/1', 'x')
    await a.written()
    await vi.waitFor(() => expect([b.get('k/1'), heard]).toEqual(['x', ['k/1']]))
    expect(deaf.get('k/1')).toBeNull()
    await deaf.refresh('k/')
    expect(deaf.get('k/1')).toBe('x')
    a.remove('k/1')
    await a.written()
    await deaf.refresh('k/')
    expect(deaf.get('k/1')).toBeNull()
  })

  test('G10 whatever they write, in the end all tabs hold what the device holds', async () => {
    const step = fc.record({
      tab: fc.nat({ max: 2 }),
      key: fc.constantFrom('k/a', 'k/b'),
      text: fc.option(fc.string({ maxLength: 3 })),
      wait: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        globalThis.indexedDB = new IDBFactory()
        const open = browser()
        const tabs = [open(), open(), open()]
        await Promise.all(tabs.map((tab) => tab.ready))
        for (const { tab, key, text, wait } of steps) {
          if (text === null) tabs[tab]!.remove(key)
          else tabs[tab]!.set(key, text)
          if (wait) await tabs[tab]!.written()
        }
        await Promise.all(tabs.map((tab) => tab.written()))
        for (const tab of tabs) await tab.refresh('k/')
        const next = open()
        await next.ready
        for (const tab of tabs)
          for (const key of ['k/a', 'k/b']) expect([key, tab.get(key)]).toEqual([key, next.get(key)])
      }),
      { numRuns: 30 },
    )
  })
})

describe('no room', () => {
  test('G12 what finds no room lasts as long as the page, is said to, and goes in when there is some', async () => {
    let room = 5
    const open = browser()
    const texts = open(stingy(() => room))
    texts.set('draft/long', 'far too long')
    texts.set('draft/ok', 'short')
    await texts.written()
    expect([texts.unsaved('draft/'), texts.unsaved('outbox/')]).toEqual(['full', null])
    expect(texts.get('draft/long')).toBe('far too long')
    room = 100
    texts.remove('draft/ok')
    await texts.written()
    expect(texts.unsaved('')).toBeNull()
    const next = open()
    await next.ready
    expect(next.get('draft/long')).toBe('far too long')
  })

  test('G12 where nothing may be kept, everything works as long as the page, and says so', async () => {
    const texts = browser()(stingy(() => -1))
    await texts.ready
    const drafts = openDrafts(texts, { programme: 'p', member: 'm' }, () => 1)
    drafts.put(
      { unit: 'u', day: '2008-01-01', counter: 'c' },
      { text: '5', basis: { version: 0, value: null }, confirmed: [], contest: false },
    )
    await texts.written()
    expect([texts.unsaved('draft/'), drafts.full(), drafts.places()]).toEqual([
      'unavailable',
      true,
      [{ unit: 'u', day: '2008-01-01', cells: 1 }],
    ])
  })
})

describe('a device that does not answer at first, as when a browser that was killed still holds its files', () => {
  /** Says no until it is told to answer; `pass` lets the time go by that the page waits for. */
  async function awakening() {
    const open = browser()
    const before = open()
    before.set('outbox/1', 'waits')
    before.set('draft/1', 'typed')
    await before.written()
    let isUp = false
    const waits: [number, () => void][] = []
    const texts = open(
      stingy(() => (isUp ? 100 : -1)),
      (ms, run) => waits.push([ms, run]),
    )
    await texts.ready
    async function pass(): Promise<void> {
      for (const [, run] of waits.splice(0)) run()
      await vi.waitFor(() => texts.written())
      await new Promise((done) => setTimeout(done, 20))
    }
    return { open, texts, waits, pass, wake: () => (isUp = true) }
  }

  test('G9 what an earlier page has left is found as soon as it answers, and told', async () => {
    const { texts, pass, wake } = await awakening()
    expect(texts.keys('')).toEqual([])
    const told: (string | null)[] = []
    texts.onChange((key) => told.push(key))
    await pass()
    expect(told).toEqual([])
    wake()
    await pass()
    expect(told.sort()).toEqual(['draft/1', 'outbox/1'])
    expect(texts.get('outbox/1')).toBe('waits')
  })

  test('G9 G12 what was written and taken away meanwhile is so on the device, and nothing of it comes back', async () => {
    const { open, texts, pass, wake } = await awakening()
    texts.set('draft/1', 'typed anew')
    texts.set('outbox/2', 'sent')
    texts.set('outbox/3', 'sent')
    await texts.written()
    texts.remove('outbox/3')
    await texts.written()
    expect(texts.unsaved('')).toBe('unavailable')
    wake()
    await pass()
    expect(texts.unsaved('')).toBeNull()
    const next = open()
    await next.ready
    const all = (of: DeviceTexts) => Object.fromEntries(of.keys('').map((key) => [key, of.get(key)]))
    const expected = { 'draft/1': 'typed anew', 'outbox/1': 'waits', 'outbox/2': 'sent' }
    expect([all(texts), all(next)]).toEqual([expected, expected])
  })

  test('G9 what is taken away while it does not answer is gone when it does', async () => {
    const open = browser()
    let isUp = true
    const waits: (() => void)[] = []
    const texts = open(
      stingy(() => (isUp ? 100 : -1)),
      (_, run) => waits.push(run),
    )
    texts.set('outbox/1', 'answered')
    await texts.written()
    isUp = false
    texts.remove('outbox/1')
    await texts.written()
    expect(texts.get('outbox/1')).toBeNull()
    isUp = true
    for (const run of waits.splice(0)) run()
    await new Promise((done) => setTimeout(done, 20))
    await texts.written()
    const next = open()
    await next.ready
    expect([texts.keys(''), next.keys('')]).toEqual([[], []])
  })

  test('it is asked less and less often, and at least twice a minute', async () => {
    const { waits, pass } = await awakening()
    const asked: number[] = []
    for (let n = 0; n < 10; n++) {
      asked.push(...waits.map(([ms]) => ms))
      await pass()
    }
    expect(asked).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
  })
})

describe('rows on the device', () => {
  const anna = { programme: 'p', member: 'anna' }
  const row = ['k', 1] as never

  test('G13 rows are found by their own member alone, with their age, until that member leaves', async () => {
    let now = 1_000
    const shelf = openShelf(openDatabase(), () => now)
    await shelf.save('unit:A', { rows: [row], seq: 7, age: 0 })
    shelf.open(anna)
    expect(await shelf.load('unit:A'), 'nobody was signed in').toBeNull()
    await shelf.save('unit:A', { rows: [row], seq: 7, age: 100 })
    now = 5_000
    expect(await shelf.load('unit:A')).toEqual({ rows: [row], seq: 7, age: 4_100 })
    shelf.open({ ...anna, member: 'bo' })
    expect(await shelf.load('unit:A')).toBeNull()
    shelf.open(anna)
    await shelf.clear(anna)
    expect(await shelf.load('unit:A')).toBeNull()
  })

  test('G13 of many scopes the sixty are kept that were kept last', async () => {
    let now = 0
    const shelf = openShelf(openDatabase(), () => now)
    shelf.open(anna)
    for (now = 1; now <= 70; now++) await shelf.save(`unit:${String(now)}`, { rows: [row], seq: now, age: 0 })
    const found = await Promise.all([1, 10, 11, 70].map((n) => shelf.load(`unit:${String(n)}`)))
    expect(found.map((one) => one?.seq ?? null)).toEqual([null, null, 11, 70])
  })
})

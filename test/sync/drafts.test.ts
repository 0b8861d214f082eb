import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, clearDrafts, openDrafts, type Owner, rebaseDrafts } from '../../client/sync/drafts.ts'
import { openTabs } from './tabs.ts'

const owner: Owner = { programme: 'p', member: 'anna' }
const day = '2026-11-25'
const cell = (unit: string, counter = 'accepted'): Cell => ({ unit, day, counter })
const typed = (text: string) => ({ text, basis: { version: 0, value: null }, confirmed: [], contest: false })
const now = () => 1_000

describe('case E16: two tabs of one sheet', () => {
  test('each adds to the typing of the other, and nothing is wiped', () => {
    const tabs = openTabs()
    const one = openDrafts(tabs.open(), owner, now)
    const two = openDrafts(tabs.open(), owner, now)
    one.put(cell('S1'), typed('2101'))
    one.put(cell('S2'), typed('2202'))
    two.put(cell('S3'), typed('2303'))
    one.close()
    two.close()
    const again = openDrafts(tabs.open(), owner, now)
    expect(['S1', 'S2', 'S3'].map((unit) => again.get(cell(unit))?.text)).toEqual(['2101', '2202', '2303'])
  })

  test('the later typing of a cell wins, whatever the tabs have heard of each other', () => {
    const act = fc.record({
      tab: fc.nat(2),
      unit: fc.constantFrom('S1', 'S2'),
      counter: fc.constantFrom('accepted', 'issued'),
      text: fc.option(fc.integer({ min: 0, max: 99 }).map(String), { nil: null }),
      hear: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const tabs = openTabs()
        const open = [0, 1, 2].map(() => {
          const storage = tabs.open()
          return { storage, store: openDrafts(storage, owner, now) }
        })
        const last = new Map<string, string>()
        for (const { tab, unit, counter, text, hear } of acts) {
          const { store, storage } = open[tab]!
          if (hear) storage.hear()
          if (text === null) store.remove(cell(unit, counter))
          else store.put(cell(unit, counter), typed(text))
          if (text === null) last.delete(`${unit}/${counter}`)
          else last.set(`${unit}/${counter}`, text)
        }
        for (const { storage } of open) storage.hear()
        const all = (store: ReturnType<typeof openDrafts>) =>
          ['S1', 'S2'].flatMap((unit) => [...store.of(unit, day)].map(([c, d]) => [`${unit}/${c}`, d.text])).sort()
        const wanted = [...last].sort()
        for (const { store } of open) expect(all(store)).toEqual(wanted)
        expect(all(openDrafts(tabs.open(), owner, now))).toEqual(wanted)
      }),
    )
  })

  test('the other tab is told which cell has changed, and its own typing tells nobody', () => {
    const tabs = openTabs()
    const storage = tabs.open()
    const one = openDrafts(storage, owner, now)
    const two = openDrafts(tabs.open(), owner, now)
    const told: string[] = []
    one.onChange(({ unit, counter }) => told.push(`${unit}/${counter}`))
    one.put(cell('S1'), typed('1'))
    two.put(cell('S2', 'issued'), typed('2'))
    expect(told).toEqual([])
    storage.hear()
    expect(told).toEqual(['S2/issued'])
  })
})

describe('whose drafts and where', () => {
  test('another person and another programme have drafts of their own', () => {
    const tabs = openTabs()
    const storage = tabs.open()
    openDrafts(storage, owner, now).put(cell('S1'), typed('1'))
    expect(openDrafts(storage, { ...owner, member: 'bela' }, now).places()).toEqual([])
    expect(openDrafts(storage, { ...owner, programme: 'q' }, now).places()).toEqual([])
  })

  test('reports with drafts are listed by day and unit', () => {
    const store = openDrafts(openTabs().open(), owner, now)
    store.put(cell('S2'), typed('1'))
    store.put(cell('S1', 'issued'), typed('1'))
    store.put(cell('S1'), typed('1'))
    store.put({ unit: 'S9', day: '2026-11-24', counter: 'issued' }, typed('x'))
    expect(store.places()).toEqual([
      { unit: 'S9', day: '2026-11-24', cells: 1 },
      { unit: 'S1', day, cells: 2 },
      { unit: 'S2', day, cells: 1 },
    ])
    const [first] = store.texts()
    expect([store.texts().length, first]).toEqual([4, { unit: 'S9', day: '2026-11-24', counter: 'issued', text: 'x' }])
  })

  test('what finds no room lasts as long as the page, and says so', () => {
    const tabs = openTabs(1)
    const store = openDrafts(tabs.open(), owner, now)
    store.put(cell('S1'), typed('1'))
    expect(store.full()).toBe(false)
    store.put(cell('S2'), typed('2'))
    expect([store.full(), store.get(cell('S2'))?.text]).toEqual([true, '2'])
    expect(openDrafts(tabs.open(), owner, now).get(cell('S2'))).toBeUndefined()
  })

  test('what somebody else has written under a key is no draft', () => {
    const tabs = openTabs()
    tabs.texts.set(`draft/p/anna/S1/${day}/accepted`, '{"text":5}')
    tabs.texts.set(`draft/p/anna/S1/${day}/issued`, 'not json')
    tabs.texts.set('draft/p/anna/S1', 'null')
    expect(openDrafts(tabs.open(), owner, now).places()).toEqual([])
  })
})

describe('a command that was accepted', () => {
  test('clears the drafts that it carried, except those typed over meanwhile', () => {
    const storage = openTabs().open()
    const store = openDrafts(storage, owner, now)
    store.put(cell('S1'), typed('1'))
    store.put(cell('S2'), typed('2'))
    const marks = [store.mark(cell('S1'))!, store.mark(cell('S2'))!]
    store.put(cell('S2'), typed('22'))
    clearDrafts(storage, marks)
    expect([store.get(cell('S1')), store.get(cell('S2'))?.text]).toEqual([undefined, '22'])
  })

  test('gives the drafts made upon it the version of its figures', () => {
    const storage = openTabs().open()
    const store = openDrafts(storage, owner, now)
    store.put(cell('S1'), { ...typed('5'), basis: { version: 3, value: 4, command: 'c1' } })
    store.put(cell('S2'), { ...typed('6'), basis: { version: 3, value: 4, command: 'c2' } })
    rebaseDrafts(storage, owner, 'c1', (unit) => (unit === 'S1' ? 17 : 0))
    expect(store.get(cell('S1'))?.basis).toEqual({ version: 17, value: 4 })
    expect(store.get(cell('S2'))?.basis).toEqual({ version: 3, value: 4, command: 'c2' })
  })
})

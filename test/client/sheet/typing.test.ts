/** Typing over the device's drafts: several tabs of one sheet. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectScope } from 'vue'
import { useTyping } from '../../../client/features/sheet/useTyping.ts'
import type { Stored } from '../../../client/features/sheet/cells.ts'
import { openDrafts } from '../../../client/sync/drafts.ts'
import { openTabs, type Tabs } from '../../sync/tabs.ts'
import { day } from './sample.ts'

const owner = { programme: 'p', member: 'anna' }
const LINES = ['S1', 'S2', 'S3']
const blank = (): Stored => ({ value: null, state: 'blank', version: 0 })

function openTab(tabs: Tabs, stored: (key: string) => Stored = blank) {
  const scope = effectScope()
  const storage = tabs.open()
  const drafts = openDrafts(storage, owner, () => 1_000)
  const typing = scope.run(() => useTyping({ drafts, day, lines: () => LINES, stored }))!
  return {
    typing,
    hear: storage.hear,
    texts: () => Object.fromEntries([...typing.edits].map(([key, edit]) => [key, edit.text])),
    close: () => {
      scope.stop()
      drafts.close()
      storage.close()
    },
  }
}

describe('case E16: two tabs of one sheet', () => {
  test('as it was reported: 2101, 2202 and 2303 are all there after reopening', () => {
    const tabs = openTabs()
    const [one, two] = [openTab(tabs), openTab(tabs)]
    one.typing.set([{ key: 'S1/accepted', text: '2101' }])
    one.typing.set([{ key: 'S2/accepted', text: '2202' }])
    two.typing.set([{ key: 'S3/accepted', text: '2303' }])
    one.close()
    two.close()
    const again = openTab(tabs)
    expect(again.texts()).toEqual({ 'S1/accepted': '2101', 'S2/accepted': '2202', 'S3/accepted': '2303' })
    expect([...again.typing.edits.values()].every((edit) => edit.kept)).toBe(true)
  })

  test('tabs keep in step, and what the other has typed is no step of undo here', () => {
    const tabs = openTabs()
    const [one, two] = [openTab(tabs), openTab(tabs)]
    one.typing.set([{ key: 'S1/accepted', text: '1' }])
    two.hear()
    two.typing.set([{ key: 'S2/accepted', text: '2' }])
    one.hear()
    expect(one.texts()).toEqual({ 'S1/accepted': '1', 'S2/accepted': '2' })
    one.typing.undo()
    two.hear()
    expect([one.texts(), two.texts()]).toEqual([{ 'S2/accepted': '2' }, { 'S2/accepted': '2' }])
  })

  test('a figure in hand is on the device with every stroke', () => {
    const tabs = openTabs()
    const one = openTab(tabs)
    one.typing.type('S1/accepted', '21')
    expect(openTab(tabs).texts()).toEqual({ 'S1/accepted': '21' })
    one.typing.revert()
    expect(openTab(tabs).texts()).toEqual({})
  })

  test('G8 one cell in hand in two tabs: neither writes over the other until it is typed on or left', () => {
    const tabs = openTabs()
    const [one, two] = [openTab(tabs), openTab(tabs)]
    const kept = () => [...tabs.texts.values()].map((text) => (JSON.parse(text) as { text: string }).text)
    one.typing.type('S1/accepted', '12')
    two.typing.type('S1/accepted', '99')
    for (const tab of [one, two, one, two]) {
      tab.hear()
      expect(kept()).toEqual(['99'])
    }
    // nothing changes under the hands
    expect([one.texts(), two.texts()]).toEqual([{ 'S1/accepted': '12' }, { 'S1/accepted': '99' }])
    one.typing.type('S1/accepted', '123')
    expect(kept()).toEqual(['123'])
    two.hear()
    two.typing.commit()
    expect(kept()).toEqual(['99'])
    one.hear()
    one.typing.commit()
    two.hear()
    expect([one.texts(), two.texts()]).toEqual([{ 'S1/accepted': '123' }, { 'S1/accepted': '123' }])
  })

  test('whatever is typed, given up, undone and heard: the later typing of a cell wins in every tab', () => {
    const act = fc.record({
      tab: fc.nat(1),
      key: fc.constantFrom('S1/accepted', 'S1/issued', 'S2/accepted'),
      kind: fc.constantFrom('set' as const, 'set' as const, 'giveUp' as const, 'type' as const),
      text: fc.integer({ min: 1, max: 99 }).map(String),
      hear: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const tabs = openTabs()
        const open = [openTab(tabs), openTab(tabs)]
        const last = new Map<string, string>()
        for (const { tab, key, kind, text, hear } of acts) {
          const { typing, hear: listen } = open[tab]!
          if (hear) listen()
          const had = typing.edits.has(key)
          if (kind === 'giveUp') {
            typing.giveUp([key])
            // giving up what is not there on this screen does nothing
            if (had) last.delete(key)
          } else {
            const before = typing.edits.get(key)?.text
            if (kind === 'set') typing.set([{ key, text }])
            else {
              typing.type(key, text)
              typing.commit()
            }
            // typing what this screen shows already is no typing
            if (before !== text) last.set(key, text)
          }
        }
        for (const { hear } of open) hear()
        const wanted = Object.fromEntries([...last].sort())
        const sorted = (texts: Record<string, string>) => Object.fromEntries(Object.entries(texts).sort())
        for (const tab of open) expect(sorted(tab.texts())).toEqual(wanted)
        expect(sorted(openTab(tabs).texts())).toEqual(wanted)
        for (const tab of open) tab.close()
      }),
    )
  })
})

describe('what was sent', () => {
  test('typing over a command that waits is made upon it', () => {
    const waits = (): Stored => ({ value: 5, state: 'submitted', version: 3, command: 'c1' })
    const { typing } = openTab(openTabs(), waits)
    typing.set([{ key: 'S1/accepted', text: '6' }])
    expect(typing.edits.get('S1/accepted')!.basis).toEqual({ value: 5, version: 3, command: 'c1' })
  })

  test('a refused cell is typing again; what was typed over it stays, with the basis mended', () => {
    const { typing } = openTab(openTabs())
    typing.set([{ key: 'S1/accepted', text: '6' }])
    typing.restore('S1/accepted', { text: '5', basis: { version: 7, value: null }, from: { command: 'c1' } }, 3)
    typing.restore('S2/accepted', { text: '4', basis: { version: 0, value: null }, from: { command: 'c1' } }, 0)
    expect(typing.edits.get('S1/accepted')).toMatchObject({ text: '6', basis: { version: 7, value: null } })
    expect(typing.edits.get('S2/accepted')).toMatchObject({ text: '4', kept: true })
  })

  test('my newer figure from elsewhere: mine goes out upon what stands now', () => {
    const { typing } = openTab(openTabs(), () => ({ value: 8, state: 'approved', version: 9 }))
    typing.restore('S1/accepted', { text: '6', basis: { version: 3, value: 2 }, from: { command: 'c1' } }, 3)
    typing.keepMine('S1/accepted')
    expect(typing.edits.get('S1/accepted')!.basis).toEqual({ value: 8, version: 9 })
  })
})

describe('a figure that changes while it is typed over', () => {
  const KEY = 'S1/accepted'
  /** what stands can be changed by others */
  function over(first: Stored) {
    let stands = first
    const { typing } = openTab(openTabs(), () => stands)
    return { typing, stand: (next: Stored) => (stands = next) }
  }
  const figure = (value: number | null, version: number): Stored => ({ value, state: 'submitted', version })

  test('G8 what goes out is made upon what was seen when the typing began, not when the cell was left', () => {
    const { typing, stand } = over(blank())
    typing.type(KEY, '11')
    stand(figure(113, 5))
    typing.type(KEY, '114')
    expect(typing.edits.get(KEY)!.basis, 'in hand').toEqual({ value: null, version: 0 })
    typing.commit()
    expect(typing.edits.get(KEY)!).toMatchObject({ text: '114', basis: { value: null, version: 0 } })
  })

  test('G8 typed back to what was seen, or to what stands now, nothing is typed', () => {
    for (const text of ['112', '113']) {
      const { typing, stand } = over(figure(112, 3))
      typing.type(KEY, '11')
      stand(figure(113, 5))
      typing.type(KEY, text)
      typing.commit()
      expect(typing.edits.has(KEY)).toBe(false)
    }
    const { typing, stand } = over(blank())
    typing.type(KEY, '1')
    stand(figure(113, 5))
    typing.type(KEY, '')
    typing.commit()
    expect(typing.edits.has(KEY), 'nobody takes back what they have not seen').toBe(false)
  })

  test('G8 in hand when the own command that it was typed over is refused: made upon what stands', () => {
    const { typing, stand } = over({ ...figure(5, 3), command: 'c1' })
    typing.type(KEY, '6')
    expect(typing.edits.get(KEY)!.basis).toEqual({ value: 5, version: 3, command: 'c1' })
    stand(figure(2, 3))
    typing.restore(KEY, { text: '5', basis: { value: 2, version: 3 }, from: { command: 'c1' } }, 3)
    typing.commit()
    expect(typing.edits.get(KEY)!).toMatchObject({ text: '6', basis: { value: 2, version: 3 } })
  })

  test('G8 each typing for itself: left and begun again it is made upon what stands by then', () => {
    const { typing, stand } = over(figure(1, 1))
    typing.type(KEY, '2')
    typing.revert()
    stand(figure(3, 2))
    typing.type(KEY, '4')
    typing.commit()
    expect(typing.edits.get(KEY)!.basis).toEqual({ value: 3, version: 2 })
  })
})

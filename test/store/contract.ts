/** What every store must do; each backend runs the same suite. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { firstBroken, GENESIS } from '../../server/store/chain.ts'
import type { Entry, Store } from '../../server/store/store.ts'
import type { Placed } from '../../shared/event.ts'

/** `open` opens the same place again when called again; `wipe` makes it empty. */
export interface Backend {
  open(): Promise<Store>
  wipe(): Promise<void>
}

export const entry = (id: string, from: number, events: number, unit = 'A1'): Entry => ({
  id,
  fingerprint: `print of ${id}`,
  actor: '林晓岚',
  seq: from + events - 1,
  events: Array.from({ length: events }, (_, i): Placed => ({
    type: 'ReportSubmitted',
    data: { unit, day: '2008-01-02', values: { issued: from + i } },
    seq: from + i,
    at: '2008-01-02T09:00:00.000Z',
    actor: '林晓岚',
    command: id,
    v: 1,
  })),
  stood: null,
  refused: null,
})

export function storeContract(name: string, backend: Backend): void {
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      await backend.wipe()
      store = await backend.open()
    })
    afterEach(() => store.close())

    test('L1 an empty store has head 0 and nothing to read', async () => {
      expect(await store.head()).toBe(0)
      expect(await store.read(0, 10)).toEqual([])
      expect(await store.bySubject('report/A1/2008-01-02')).toEqual([])
      expect(await store.answers(['command-1'])).toEqual(new Map())
    })

    test('L1 what is appended is read back the same, by seq and by subject', async () => {
      const recorded = await store.append(0, [entry('command-1', 1, 2), entry('command-2', 3, 1, 'B1')])
      expect(await store.head()).toBe(3)
      expect(await store.read(0, 10)).toEqual(recorded)
      expect(await store.read(1, 1)).toEqual([(recorded as unknown[])[1]])
      expect((await store.bySubject('report/A1/2008-01-02')).map((e) => e.seq)).toEqual([1, 2])
      expect((await store.bySubject('report/B1/2008-01-02')).map((e) => e.seq)).toEqual([3])
    })

    test('L2 D7 the first answer of a command is kept: who asked, at which seq, what happened and what stood', async () => {
      const stood = { 'A1/2008-01-02': { issued: 2 } }
      await store.append(0, [entry('command-1', 1, 2), { ...entry('command-2', 3, 0), stood }])
      const answers = await store.answers(['command-1', 'command-2', 'command-3'])
      const about = { actor: '林晓岚', seq: 2 }
      const happened = [1, 2].map((version) => ({ subject: 'report/A1/2008-01-02', version }))
      expect([...answers]).toEqual([
        ['command-1', { ...about, fingerprint: 'print of command-1', happened, stood: null, refused: null }],
        ['command-2', { ...about, fingerprint: 'print of command-2', happened: [], stood, refused: null }],
      ])
    })

    test('L2 a command id that is there already refuses the whole transaction', async () => {
      await store.append(0, [entry('command-1', 1, 1)])
      await expect(store.append(1, [entry('command-2', 2, 1), entry('command-1', 3, 1)])).rejects.toThrow()
      expect(await store.head()).toBe(1)
      expect(await store.answers(['command-2'])).toEqual(new Map())
      expect(await store.append(1, [entry('command-2', 2, 1)])).toHaveLength(1)
    })

    test('L3 an append against another head is a conflict and writes nothing', async () => {
      await store.append(0, [entry('command-1', 1, 1)])
      expect(await store.append(0, [entry('command-2', 1, 1)])).toBe('conflict')
      expect(await store.head()).toBe(1)
      expect(await store.answers(['command-2'])).toEqual(new Map())
    })

    test('L3 whoever follows the log hears of every append with events, until he stops', async () => {
      const heard: number[] = []
      const stop = store.tail((head) => heard.push(head))
      await store.append(0, [entry('command-1', 1, 2)])
      await store.append(2, [entry('command-2', 3, 0)])
      await store.append(1, [entry('command-3', 3, 1)])
      await store.append(2, [entry('command-4', 3, 1)])
      stop()
      await store.append(3, [entry('command-5', 4, 1)])
      expect(heard).toEqual([2, 3])
    })

    test('L4 the hash chain holds from the first event on, over appends and reopening', async () => {
      await store.append(0, [entry('command-1', 1, 3)])
      await store.close()
      store = await backend.open()
      await store.append(3, [entry('command-2', 4, 2)])
      const log = await store.read(0, 10)
      expect(log).toHaveLength(5)
      expect(firstBroken(GENESIS, log)).toBeNull()
    })

    test('L4 any changed field, a missing or a swapped event breaks the chain at its place', async () => {
      await store.append(0, [entry('command-1', 1, 5)])
      const log = await store.read(0, 10)
      const changed = (patch: object) => log.map((e) => (e.seq === 3 ? { ...e, ...patch } : e)) as typeof log
      expect(firstBroken(GENESIS, changed({ actor: 'x' }))).toBe(3)
      expect(firstBroken(GENESIS, changed({ at: '2008-01-02T09:00:00.001Z' }))).toBe(3)
      expect(firstBroken(GENESIS, changed({ command: 'x' }))).toBe(3)
      expect(firstBroken(GENESIS, changed({ type: 'ReportDisputed' }))).toBe(3)
      expect(firstBroken(GENESIS, changed({ data: { unit: 'A1', day: '2008-01-02', values: { issued: 4 } } }))).toBe(3)
      expect(firstBroken(GENESIS, log.toSpliced(2, 1))).toBe(4)
      expect(firstBroken(GENESIS, [log[0]!, log[2]!, log[1]!, ...log.slice(3)])).toBe(3)
    })

    test('Z1 the last sign of life is kept beside the log, and is no part of it', async () => {
      expect(await store.life()).toBeNull()
      await store.append(0, [entry('command-1', 1, 2)])
      await store.alive('2008-01-02T09:00:00.000Z')
      await store.alive('2008-01-02T09:01:00.000Z')
      expect(await store.head()).toBe(2)
      await store.close()
      store = await backend.open()
      expect(await store.life()).toBe('2008-01-02T09:01:00.000Z')
    })

    test('L1 after reopening everything is there', async () => {
      const recorded = await store.append(0, [entry('command-1', 1, 2)])
      await store.close()
      store = await backend.open()
      expect(await store.head()).toBe(2)
      expect(await store.read(0, 10)).toEqual(recorded)
    })
  })
}

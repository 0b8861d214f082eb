/** The last strokes before a page goes, on the device as well. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../client/sync/database.ts'
import { openStrokes } from '../../client/sync/strokes.ts'
import { openTexts } from '../../client/sync/texts.ts'
import { browser, keptIn } from './browserTexts.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('the last strokes', () => {
  /** A database that answers nothing from when it is shut until it is opened again. */
  function slow() {
    const { connect } = openDatabase()
    let gate = Promise.resolve()
    let open: () => void = () => undefined
    return {
      connection: { connect: () => gate.then(connect) },
      shut: () => void (gate = new Promise<void>((go) => (open = go))),
      open: () => open(),
    }
  }

  test('G3 what was written in the moment before the page went is at hand at once in the next, and then in the database', async () => {
    const kept = new Map<string, string>()
    const open = browser(kept)
    const before = open()
    before.set('draft/1', 'typed')
    before.set('draft/2', 'accepted')
    await before.written()
    const device = slow()
    const first = open(device.connection)
    await first.ready
    device.shut()
    first.set('draft/1', 'typed on')
    first.remove('draft/2')
    first.set('draft/3', 'new')
    const next = open()
    expect([next.get('draft/1'), next.get('draft/3')]).toEqual(['typed on', 'new'])
    await next.ready
    await next.written()
    expect([next.get('draft/1'), next.get('draft/2'), next.get('draft/3')]).toEqual(['typed on', null, 'new'])
    expect([...kept.keys()], 'nothing of it is left behind').toEqual([])
    const last = open()
    await last.ready
    expect([last.get('draft/1'), last.get('draft/2'), last.get('draft/3')]).toEqual(['typed on', null, 'new'])
  })

  test('G10 what its own tab has written meanwhile is not written over by the one that found it', async () => {
    const kept = new Map<string, string>()
    const open = browser(kept)
    const device = slow()
    device.shut()
    const own = open()
    await own.ready
    kept.set('stroke:draft/1', JSON.stringify('6'))
    const next = open(device.connection)
    expect(next.get('draft/1')).toBe('6')
    own.set('draft/1', '61')
    await own.written()
    device.open()
    await next.ready
    await next.written()
    expect([own.get('draft/1'), next.get('draft/1')]).toEqual(['61', '61'])
    const last = open()
    await last.ready
    expect(last.get('draft/1')).toBe('61')
  })

  test('G12 no room for strokes, or what somebody else has left among them, holds nothing up', async () => {
    const kept = new Map([['stroke:draft/1', 'no text']])
    const full = {
      ...keptIn(kept),
      setItem: () => {
        throw new DOMException('no room', 'QuotaExceededError')
      },
    }
    const texts = openTexts(
      openDatabase(),
      { tell: () => undefined, hear: () => undefined },
      () => undefined,
      openStrokes(full),
    )
    texts.set('draft/2', 'typed')
    await texts.written()
    expect([texts.get('draft/1'), texts.get('draft/2')]).toEqual([null, 'typed'])
  })
})

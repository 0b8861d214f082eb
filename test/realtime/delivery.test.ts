import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDelivery, type Delivery, type DeliveryOptions } from '../../server/realtime/delivery.ts'
import type { Flushed } from '../../server/live/scopes.ts'
import type { Trouble } from '../../shared/view/patch.ts'
import { fakeReader, patchesOf, proofsOf } from './fakes.ts'

let delivery: Delivery
let seq: number
let open: Map<string, number>
/** what the next flush holds, by scope */
let changed: Map<string, NonNullable<Flushed['patch']>>

const patchOf = (scope: string, from: number, to: number, word = 'x') => ({ scope, from, to, rows: [['a', word]] })
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function change(scope: string, word?: string): void {
  seq++
  changed.set(scope, { from: seq - 1, text: JSON.stringify(patchOf(scope, seq - 1, seq, word)) })
}
async function flush(): Promise<void> {
  const flushed = [...open.keys()].map((scope) => ({
    ...{ scope, seq, digest: `digest of ${scope}` },
    patch: changed.get(scope) ?? null,
  }))
  changed.clear()
  await delivery.flushed(flushed)
}

const live: DeliveryOptions['live'] = {
  changesText: (scope, since) => JSON.stringify(patchOf(scope, since, seq, 'caught up')),
  open: (scope) => void open.set(scope, (open.get(scope) ?? 0) + 1),
  close: (scope) => void open.set(scope, open.get(scope)! - 1),
  scheduleFlush: () => void setImmediate(() => void flush()),
}

beforeEach(() => {
  vi.useFakeTimers()
  seq = 0
  changed = new Map()
  open = new Map()
  delivery = createDelivery({ now: () => performance.now(), live })
})
afterEach(() => {
  delivery.stop()
  vi.useRealTimers()
})

describe('what the server knows of itself', () => {
  it('S20 is in the proof, which everybody gets at once when it changes', async () => {
    let trouble: Trouble | null = null
    delivery = createDelivery({ now: () => performance.now(), live, trouble: () => trouble })
    const [a, b] = [fakeReader(), fakeReader()]
    delivery.join(a, 's', seq)
    delivery.join(b, 't', seq)
    await pass(1_000)
    const before = [proofsOf(a).length, proofsOf(b).length]
    trouble = 'damaged'
    delivery.proveAll()
    await pass(50)
    trouble = null
    delivery.proveAll()
    await pass(50)
    const told = [a, b].map((reader, i) => proofsOf(reader).slice(before[i]))
    for (const proofs of told) expect(proofs.map((proof) => proof.trouble)).toEqual(['damaged', undefined])
    expect(proofsOf(a)[0]).not.toHaveProperty('trouble')
  })
})

describe('patches', () => {
  it('S12 go to those who watch the scope, the same bytes to all of them', async () => {
    const [a, b, c] = [fakeReader(), fakeReader(), fakeReader()]
    delivery.join(a, 's', seq)
    delivery.join(b, 's', seq)
    delivery.join(c, 't', seq)
    await pass(100)
    change('s')
    await flush()
    expect(patchesOf(a)).toEqual([patchOf('s', 0, 1)])
    expect(a.bytes.at(-1)).toBe(b.bytes.at(-1))
    expect(patchesOf(c)).toEqual([])
  })

  it('S12 of all scopes of a reader come in one piece', async () => {
    const a = fakeReader()
    delivery.join(a, 's', seq)
    delivery.join(a, 't', seq)
    await pass(100)
    const before = a.bytes.length
    change('s')
    change('t')
    change('u')
    await flush()
    expect(a.bytes.length - before).toBe(1)
    expect(patchesOf(a).map((p) => p.scope)).toEqual(['s', 't'])
  })

  it('S12 are packed where that pays, and say the same', async () => {
    const a = fakeReader()
    delivery.join(a, 's', seq)
    await pass(100)
    const words = ['受理'.repeat(2_000), Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 10).join('')]
    for (const word of words) {
      change('s', word)
      await flush()
    }
    expect(patchesOf(a).map((p) => p.rows[0]![1])).toEqual(words)
    expect(a.bytes.at(-2)!.length).toBeLessThan(500)
  })

  it('S12 are counted by scope: it is open while somebody is in it', async () => {
    const [a, b] = [fakeReader(), fakeReader()]
    expect(delivery.join(a, 's', seq)).toBe(true)
    expect(delivery.join(a, 's', seq)).toBe(false)
    delivery.join(b, 's', seq)
    delivery.join(b, 't', seq)
    expect([...open]).toEqual([
      ['s', 2],
      ['t', 1],
    ])
    delivery.leave(a, 's')
    delivery.leave(a, 's')
    delivery.leave(a, 'never')
    delivery.gone(b)
    delivery.gone(b)
    expect([...open]).toEqual([
      ['s', 0],
      ['t', 0],
    ])
    change('s')
    await flush()
    expect([...a.heard, ...b.heard]).toEqual([])
  })

  it('S12 are written in slices, with a turn for others between', async () => {
    vi.useRealTimers()
    delivery.stop()
    let clock = 0
    let written = 0
    delivery = createDelivery({ now: () => clock, live })
    for (let i = 0; i < 400; i++)
      delivery.join(
        {
          backlog: () => 0,
          close: () => undefined,
          write() {
            written++
            clock += 0.25
          },
        },
        's',
        seq,
      )
    change('s')
    const seen: number[] = []
    const look = () => {
      seen.push(written)
      if (written < 400) setImmediate(look)
    }
    look()
    await flush()
    // a slice is 2 ms, looked at after every 16 writes of 0.25 ms
    const slices = seen.map((n, i) => n - (seen[i - 1] ?? 0))
    expect(Math.max(...slices)).toBe(16)
  })
})

describe('proofs', () => {
  it('S13 one for all scopes of a reader, soon after it has come', async () => {
    const a = fakeReader()
    delivery.join(a, 't', seq)
    delivery.join(a, 's', seq)
    await pass(60)
    expect(proofsOf(a)).toEqual([
      {
        sent: expect.any(Number),
        next: 5_000,
        heads: [
          ['s', 0, 'digest of s'],
          ['t', 0, 'digest of t'],
        ],
      },
    ])
  })

  it('S13 follow one another within the time that they name, and share their bytes', async () => {
    const [a, b] = [fakeReader(), fakeReader()]
    delivery.join(a, 's', seq)
    delivery.join(b, 's', seq)
    await pass(60_000)
    const sent = proofsOf(a).map((p) => p.sent)
    const gaps = sent.slice(2).map((at, i) => at - sent[i + 1]!)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000)
    expect(Math.min(...gaps)).toBeGreaterThan(4_000)
    expect(a.bytes.at(-1)).toBe(b.bytes.at(-1))
  })

  it('S13 come within a second of a change, together with patches where there are any, and after them', async () => {
    const a = fakeReader()
    delivery.join(a, 's', seq)
    await pass(60)
    const joined = proofsOf(a).length
    change('s')
    await flush()
    await pass(1_260)
    expect(proofsOf(a)).toHaveLength(joined + 1)
    change('s')
    await flush()
    change('s')
    await pass(1_260)
    const last = a.heard.slice(-2)
    expect(last).toMatchObject([{ patch: { to: 3 } }, { proof: { heads: [['s', 3, 'digest of s']] } }])
  })

  it('S13 of before an answer say nothing to whoever got it: the next one does', async () => {
    const a = fakeReader()
    delivery.join(a, 's', 7)
    seq = 6
    await pass(60)
    expect(proofsOf(a).map((p) => p.heads)).toEqual([[['s', 6, 'digest of s']]])
    seq = 7
    await pass(60)
    expect(
      proofsOf(a)
        .map((p) => p.heads)
        .slice(1),
    ).toEqual([[['s', 7, 'digest of s']]])
    await pass(1_000)
    expect(proofsOf(a)).toHaveLength(2)
  })

  it('S13 wake nobody while none is due', async () => {
    expect(vi.getTimerCount()).toBe(0)
    const a = fakeReader()
    delivery.join(a, 's', seq)
    await pass(100)
    const flushes = vi.spyOn(live, 'scheduleFlush')
    await pass(20_000)
    expect(flushes).toHaveBeenCalledTimes(4)
    flushes.mockRestore()
    delivery.gone(a)
    await pass(10_000)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('S13 speak of all scopes or are not sent', async () => {
    const a = fakeReader()
    delivery.join(a, 's', seq)
    delivery.join(a, 't', seq)
    await delivery.flushed([{ scope: 's', seq, digest: 'digest of s', patch: null }])
    expect(proofsOf(a)).toEqual([])
    await pass(60)
    expect(proofsOf(a)).toHaveLength(1)
  })

  it('S13 come soon to whoever asks again, which it does when it is not sure', async () => {
    const [a, b] = [fakeReader(), fakeReader()]
    delivery.join(a, 's', seq)
    delivery.join(b, 's', seq)
    await pass(60)
    const before = [proofsOf(a).length, proofsOf(b).length]
    delivery.join(a, 's', seq)
    await pass(60)
    expect([proofsOf(a).length, proofsOf(b).length]).toEqual([before[0]! + 1, before[1]])
  })
})

describe('readers that do not drain', () => {
  it('S14 get nothing until they do, then everything since in one patch, then a proof', async () => {
    const [slow, quick] = [fakeReader(), fakeReader()]
    delivery.join(slow, 's', seq)
    delivery.join(quick, 's', seq)
    await pass(100)
    slow.waiting = 40_000
    const before = slow.heard.length
    for (let i = 0; i < 5; i++) {
      change('s')
      await flush()
    }
    await pass(20_000)
    expect(slow.heard).toHaveLength(before)
    expect(patchesOf(quick)).toHaveLength(5)
    slow.waiting = 0
    await pass(400)
    expect(slow.heard.slice(before)).toEqual([
      { patch: patchOf('s', 0, 5, 'caught up') },
      { proof: { sent: expect.any(Number), next: 5_000, heads: [['s', 5, 'digest of s']] } },
    ])
    change('s')
    await flush()
    expect(patchesOf(slow).at(-1)).toEqual(patchOf('s', 5, 6))
  })

  it('S14 are closed after a minute', async () => {
    const slow = fakeReader()
    delivery.join(slow, 's', seq)
    await pass(100)
    slow.waiting = 40_000
    change('s')
    await flush()
    await pass(59_000)
    expect(slow.closed).toBe(false)
    await pass(2_000)
    expect(slow.closed).toBe(true)
  })

  it('S14 are not caught up with scopes that they have left', async () => {
    const slow = fakeReader()
    delivery.join(slow, 's', seq)
    delivery.join(slow, 't', seq)
    await pass(100)
    slow.waiting = 40_000
    change('s')
    change('t')
    await flush()
    delivery.leave(slow, 's')
    slow.waiting = 0
    const before = patchesOf(slow).length
    await pass(400)
    expect(patchesOf(slow).slice(before)).toEqual([patchOf('t', 1, 2, 'caught up')])
  })
})

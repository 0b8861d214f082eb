/** Scopes as they are kept: patches, removals, resets, what is let go, and histories that are read while others write. */
import { beforeEach, describe, expect, test } from 'vitest'
import { seqIn } from '../../server/live/addresses.ts'
import type { Recorded } from '../../shared/event.ts'
import { applyPatch, digestOf, type Patch, type Rows } from '../../shared/view/patch.ts'
import { began, event, opened } from '../domain/given.ts'
import { office } from '../support/people.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'

let log: WrittenLog

const begin = (options?: Parameters<typeof writtenLog>[0]) => {
  log = writtenLog(options)
  log.write(...opened(), began('2008-01-07'), began('2008-01-08'))
}
beforeEach(() => begin())

const live = () => log.projector.scopes
const seq = () => log.events.length
const report = (unit: string, issued: number, day = '2008-01-08') =>
  log.add('ReportSubmitted', { unit, day, values: { issued } }, 'districtA')
const withdraw = (unit: string, day: string) =>
  log.add('ReportWithdrawn', { unit, day, counters: ['issued'], reason: 'wrong day' }, 'districtA')
/** What the open scopes with changes are sent. */
const flushed = () =>
  [...live().flush()].flatMap(({ scope, seq: to, patch }) =>
    patch === null ? [] : [{ scope, to, from: patch.from, patch: JSON.parse(patch.text) as Patch }],
  )

describe('patches', () => {
  test('S15 a first load is a reset; from then on only what changed', () => {
    const first = live().changes('unit:A', 0)
    expect(first).toMatchObject({ scope: 'unit:A', from: 0, to: seq(), reset: true })
    const at = seq()
    expect(live().changes('unit:A', at)).toEqual({ scope: 'unit:A', from: at, to: at, rows: [] })
    report('A1', 5)
    const next = live().changes('unit:A', at)
    expect(next.reset).toBeUndefined()
    expect(next.rows.map(([key]) => key).sort()).toEqual(['s1', 's3', 'x0'])
    report('B1', 5)
    expect(live().changes('unit:A', seq() - 1).rows).toEqual([])
  })

  test('S15 a row that comes out as it was is not sent', () => {
    report('A1', 5)
    live().changes('unit:C', 0)
    const at = seq()
    report('A1', 6)
    report('A1', 5)
    const changed = live().changes('unit:C', at)
    expect(changed.rows.map(([key]) => key)).toEqual(['x1', 'x2'])
  })

  test('S15 a removal is a line of the patch, and leaves the digest', () => {
    report('A1', 5, '2008-01-07')
    const rows: Rows = new Map()
    let at = seq()
    applyPatch(rows, 0, live().changes('unit:A', 0))
    expect(rows.has('d13885')).toBe(true)
    withdraw('A1', '2008-01-07')
    const patch = live().changes('unit:A', at)
    expect(patch.gone).toEqual(['d13885'])
    const applied = applyPatch(rows, at, patch)
    if (applied.ok) at = applied.at
    expect(rows.has('d13885')).toBe(false)
    expect(live().head('unit:A')).toEqual({ seq: at, digest: digestOf(rows) })
    report('A1', 7, '2008-01-07')
    const back = live().changes('unit:A', at)
    expect(back.gone).toBeUndefined()
    expect(back.rows.map(([key]) => key)).toContain('d13885')
  })

  test('S15 removals are forgotten after ten thousand events: who was away for longer gets a reset', () => {
    report('A1', 5, '2008-01-07')
    const at = seq()
    live().changes('unit:A', at)
    withdraw('A1', '2008-01-07')
    live().changes('unit:A', at)
    const gone = seq()
    for (let i = 0; i < 10_000; i++) report('B1', i)
    expect(live().changes('unit:A', at)).toMatchObject({ gone: ['d13885'] })
    report('B1', 1)
    expect(live().changes('unit:A', at).reset).toBe(true)
    expect(live().changes('unit:A', gone).reset).toBeUndefined()
  })

  test('S15 before the scope was kept, and after the head, everything is sent', () => {
    const before = seq() - 1
    expect(live().changes('unit:A', before).reset).toBe(true)
    expect(live().changes('unit:A', seq()).reset).toBeUndefined()
    expect(live().changes('unit:A', seq() + 1)).toMatchObject({ from: seq() + 1, to: seq(), reset: true })
  })

  test('S16 when a month begins, the days of the month before the last go into a span', () => {
    report('A1', 5, '2008-01-07')
    log.write(began('2008-02-29'))
    const at = seq()
    expect(log.rows('day', 'unit:A').map((r) => r.day)).toContain('2008-01-07')
    expect(log.rows('span', 'unit:A')).toEqual([])
    log.write(began('2008-03-03'))
    const patch = live().changes('unit:A', at)
    expect(patch.gone).toContain('d13885')
    expect(log.rows('span', 'unit:A').map((r) => r.month)).toEqual(['2008-01'])
    expect(log.rows('day', 'unit:A').every((r) => r.day >= '2008-02-01')).toBe(true)
    const changedAt = () => seqIn(log.rows('span', 'unit:A')[0]!.address)
    const before = changedAt()
    report('A1', 6, '2008-01-07')
    expect(changedAt()).toBe(seq())
    expect(before).toBeLessThan(seq())
  })
})

describe('flushing', () => {
  test('S15 a thousand changes are one patch of each watched scope, and nothing of the others', () => {
    for (const scope of ['unit:A', 'unit:B', 'people']) live().open(scope)
    const head = seq()
    for (let i = 1; i <= 1_000; i++) report('A1', i)
    const patches = flushed()
    expect(patches.map((p) => [p.scope, p.from, p.to])).toEqual([['unit:A', head, head + 1_000]])
    expect(patches[0]!.patch.rows.find(([key]) => key === 's3')).toEqual(['s3', [1, 0, 1_000], [1, 0, 1_000], 5, [0]])
    expect(flushed()).toEqual([])
  })

  test('S15 the next one begins where the last ended, and leads whoever came between without a gap', () => {
    live().open('unit:A')
    const opened = seq()
    report('A1', 1)
    const rows: Rows = new Map()
    const first = live().changes('unit:A', 0)
    applyPatch(rows, 0, first)
    report('A1', 2)
    const [one] = flushed()
    report('A2', 3)
    const [two] = flushed()
    expect([one!.from, one!.to, two!.from, two!.to]).toEqual([opened, seq() - 1, seq() - 1, seq()])
    expect(applyPatch(rows, first.to, one!.patch)).toMatchObject({ ok: true, at: one!.to })
    expect(applyPatch(rows, one!.to, two!.patch)).toMatchObject({ ok: true, at: seq() })
    expect(live().head('unit:A').digest).toBe(digestOf(rows))
  })

  test('S15 the last one to leave counts', () => {
    live().open('unit:A')
    live().open('unit:A')
    live().close('unit:A')
    report('A1', 1)
    expect(flushed()).toHaveLength(1)
    live().close('unit:A')
    live().close('unit:A')
    report('A1', 2)
    expect(flushed()).toEqual([])
  })

  test('S15 the text is the patch', () => {
    report('A1', 1)
    expect(JSON.parse(live().changesText('unit:A', 0))).toEqual(live().changes('unit:A', 0))
  })
})

describe('what is kept', () => {
  test('a scope is kept for a minute after its last watcher, and while it is asked for', () => {
    live().open('unit:A')
    live().close('unit:A')
    log.clock.now = 59_000
    live().open('unit:B')
    live().close('unit:B')
    expect(live().size().scopes).toBe(2)
    log.clock.now = 61_000
    live().open('unit:C')
    live().close('unit:C')
    expect(live().size().scopes).toBe(2)
  })

  test('without watchers at most so many are kept, the latest; watched ones stay', () => {
    begin({ most: 2 })
    live().open('unit:C')
    for (const scope of ['unit:A1', 'unit:A2', 'unit:A3', 'unit:B1']) {
      log.clock.now += 1
      live().open(scope)
      live().close(scope)
    }
    expect(live().size().scopes).toBe(3)
    const at = seq()
    report('A1', 1)
    expect(live().changes('unit:C', at).reset).toBeUndefined()
    expect(live().changes('unit:B1', at).reset).toBeUndefined()
    expect(live().changes('unit:A1', at).reset).toBe(true)
  })

  test('whoever only asks leaves no more behind than whoever watches', () => {
    begin({ most: 3 })
    for (let day = 1; day < 29; day++) live().changes(`sheet:A/2008-02-${String(day).padStart(2, '0')}`, 0)
    expect(live().size().scopes).toBeLessThanOrEqual(4)
    log.clock.now = 120_000
    live().changes('unit:C', 0)
    expect(live().size().scopes).toBe(1)
  })

  test('what is no scope is none', () => {
    for (const scope of ['', 'unit:', 'everything', 'sheet:A'])
      expect(() => live().changes(scope, 0), scope).toThrow(RangeError)
    expect(live().changes('unit:Z', 0).rows).toEqual([])
    expect(live().changes('sheet:Z/2008-01-08', 0).rows).toEqual([])
  })
})

describe('histories', () => {
  const SCOPE = 'history:report/A1/2008-01-08'
  const stored = () => log.events.filter((e) => 'unit' in e.data && e.data.unit === 'A1')
  const open = () => live().readHistory(SCOPE, () => Promise.resolve(stored()))
  const told = () => log.rows('version', SCOPE).map((r) => r.changes[0]!.after)

  test('S18 a history waits for its stored events, then is live', async () => {
    report('A1', 1)
    expect(() => live().changes(SCOPE, 0)).toThrow('have not been read')
    await open()
    live().open(SCOPE)
    report('A1', 2)
    report('A2', 2)
    expect(flushed().map((p) => [p.scope, p.patch.rows.length])).toEqual([[SCOPE, 1]])
    expect(log.rows('version', SCOPE).map((r) => r.changes)).toEqual([
      [{ counter: 1, before: null, after: 1 }],
      [{ counter: 1, before: 1, after: 2 }],
    ])
  })

  test('S18 it is read once, however many wait; what happens meanwhile is neither lost nor told twice', async () => {
    report('A1', 1)
    const reads: ((events: readonly Recorded[]) => void)[] = []
    const read = () => new Promise<readonly Recorded[]>((done) => reads.push(done))
    const first = live().readHistory(SCOPE, read)
    report('A1', 2)
    const found = stored()
    const second = live().readHistory(SCOPE, read)
    report('A1', 3)
    expect(reads).toHaveLength(1)
    reads[0]!(found)
    report('A1', 4)
    await Promise.all([first, second])
    expect(told()).toEqual([1, 2, 3, 4])
    await live().readHistory(SCOPE, () => Promise.reject(new Error('read again')))
  })

  test('S18 what is stored and not yet folded is left to the fold', async () => {
    report('A1', 1)
    const ahead = { ...log.events.at(-1)!, seq: seq() + 1 }
    await live().readHistory(SCOPE, () => Promise.resolve([...stored(), ahead]))
    expect(told()).toEqual([1])
    report('A1', 9)
    expect(told()).toEqual([1, 9])
  })

  test('S18 a store that fails leaves nothing behind, and whoever asks again gets the history', async () => {
    report('A1', 1)
    const failing = live().readHistory(SCOPE, () => Promise.reject(new Error('disk')))
    expect(live().size().reading).toBe(1)
    await expect(failing).rejects.toThrow('disk')
    expect(live().size()).toEqual({ scopes: 0, rows: 0, reading: 0 })
    report('A1', 2)
    await open()
    expect(told()).toEqual([1, 2])
  })

  test('S18 other scopes are not read', async () => {
    await live().readHistory('unit:A', () => Promise.reject(new Error('read')))
    expect(live().size().scopes).toBe(0)
  })
})

test('S16 a programme that is opened, or gets another baseline, is told by its hash', () => {
  const [before] = log.rows('programme', 'programme')
  const baseline = {
    ...log.projector.state().world.setting!.programme.baselines[0]!,
    key: 'T2',
    inForceFrom: '2008-03-01',
  }
  log.write(event('BaselineAdded', { baseline, reason: 'decided' }, office))
  const [after] = log.rows('programme', 'programme')
  expect(after!.hash).toMatch(/^[0-9a-f]{32}$/)
  expect(after!.hash).not.toBe(before!.hash)
})

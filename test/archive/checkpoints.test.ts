import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CheckpointOptions, type Checkpoints, openCheckpoints } from '../../server/archive/checkpoints.ts'
import { newestState } from '../../server/archive/archive.ts'
import { foldCode } from '../../server/archive/code.ts'
import { after, BEGINNING, type Position } from '../../server/archive/position.ts'
import { emptyState, fold, type State } from '../../server/live/state.ts'
import type { Store } from '../../server/store/store.ts'
import type { Recorded } from '../../shared/event.ts'
import { chance } from '../support/chance.ts'
import { type Bench, startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES } from '../support/equation.ts'

let bench: Bench
let store: Store
let events: Recorded[]
beforeAll(async () => {
  bench = await startBench({ day: '2008-01-02' })
  const { act } = disorder(chance(3), '2008-01-02')
  for (let n = 0; n < 300; n++) await act(bench)
  store = bench.store
  events = await logOf(store)
})
afterAll(() => bench.close())

let folder: string
let said: string[]
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'rollout-checkpoints-')), 'kept')
  said = []
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const all = () => true
const open = (more: Partial<CheckpointOptions> = {}): Checkpoints =>
  openCheckpoints({
    folder,
    code: 'code',
    hashAt: async (seq) => events[seq - 1]?.hash,
    say: (_, { file, why }) => said.push(`${file.slice(folder.length + 1)}: ${why}`),
    least: 10,
    ...more,
  })
const files = () => readdirSync(folder).sort()

/** The fold up to a seq, with its place. */
function foldedTo(seq: number): { position: Position; state: State } {
  const state = emptyState()
  let position = BEGINNING
  for (const event of events.slice(0, seq)) {
    fold(state, event)
    position = after(position, event)
  }
  return { position, state }
}

/** Every scope's rows, folded on to the end of the log. */
function rowsFrom(state: State): unknown {
  for (const event of events.slice(state.world.seq)) fold(state, event)
  return SCOPES.map((scope) => rowsIn(state, scope, events))
}

describe('V5 a state that was kept', () => {
  test('Z3 is for nobody else to read', () => {
    open().save(foldedTo(9))
    expect(statSync(join(folder, '9.state')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test('folded on gives what a fold of the whole log gives, from any seq', async () => {
    const whole = rowsFrom(freshFold(events).state())
    for (const seq of [1, 9, 50, 177, events.length - 1, events.length]) {
      open().save(foldedTo(seq))
      const saved = await open().latest(all, 0)
      expect(saved?.position).toEqual(foldedTo(seq).position)
      expect(rowsFrom(saved!.state), `from ${seq}`).toEqual(whole)
      rmSync(folder, { recursive: true })
    }
    expect(said).toEqual([])
  })

  test('the latest one that is not too late is taken', async () => {
    const kept = open()
    for (const seq of [20, 60, 100]) kept.save(foldedTo(seq))
    const seqOf = async (reached: (position: Position) => boolean, above = 0) =>
      (await open().latest(reached, above))?.position.seq
    expect(await seqOf(all)).toBe(100)
    expect(await seqOf((position) => position.seq < 100)).toBe(60)
    expect(await seqOf((position) => position.seq < 20)).toBeUndefined()
    expect(await seqOf((position) => position.seq < 100, 60)).toBeUndefined()
    expect(await seqOf((position) => position.moment < 0)).toBeUndefined()
  })

  test('a start takes the newest that holds', async () => {
    const options = { folder, say: () => undefined }
    expect(await newestState(options, store)).toBeUndefined()
    const kept = open({ code: foldCode() })
    for (const seq of [50, 150]) kept.save(foldedTo(seq))
    expect((await newestState(options, store))!.world.seq).toBe(150)
    writeFileSync(join(folder, '150.state'), 'x')
    expect((await newestState(options, store))!.world.seq).toBe(50)
  })
})

describe('V6 one that does not hold is discarded with a line, and never used', () => {
  test('any change of any byte', async () => {
    open().save(foldedTo(40))
    open().save(foldedTo(80))
    const file = join(folder, '80.state')
    const good = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const damaged = Buffer.from(good)
        damaged[at]! ^= by
        writeFileSync(file, damaged)
        said = []
        expect((await open().latest(all, 0))?.position.seq).toBe(40)
        expect(said).toHaveLength(1)
        expect(said[0]).toMatch(/^80\.state: /)
        expect(files()).toEqual(['40.state'])
      }),
      { numRuns: 150 },
    )
  })

  test.each<[string, Partial<CheckpointOptions>, string]>([
    ['of another version of the code', { code: 'other' }, 'made by another version'],
    ['of a log that went another way', { hashAt: async () => 'f'.repeat(64) }, 'of another log'],
    ['of a log that is shorter now', { hashAt: async () => undefined }, 'of another log'],
  ])('%s', async (_, options, why) => {
    open().save(foldedTo(40))
    expect(await open(options).latest(all, 0)).toBeUndefined()
    expect(said).toEqual([`40.state: ${why}`])
    expect(files()).toEqual([])
  })

  test('under the name of another seq', async () => {
    open().save(foldedTo(40))
    writeFileSync(join(folder, '80.state'), readFileSync(join(folder, '40.state')))
    expect((await open().latest(all, 0))?.position.seq).toBe(40)
    expect(said).toEqual(['80.state: of another position in the log'])
  })

  test('cut short, empty, or something else altogether', async () => {
    open().save(foldedTo(40))
    const good = readFileSync(join(folder, '40.state'))
    writeFileSync(join(folder, '50.state'), good.subarray(0, good.length / 2))
    writeFileSync(join(folder, '60.state'), '')
    mkdirSync(join(folder, '70.state'))
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    expect((await open().latest(all, 0))?.position.seq).toBe(40)
    expect(said.map((line) => line.slice(0, 8)).sort()).toEqual(['50.state', '60.state', '70.state'])
    expect(files()).toContain('notes.txt')
  })
})

describe('V6 V7 two servers on one folder', () => {
  test('one that the other has removed is done without, and the next below is used', async () => {
    const [first, second] = [open(), open()]
    for (const seq of [40, 80, 120]) first.save(foldedTo(seq))
    for (const seq of [80, 120]) rmSync(join(folder, `${seq}.state`))
    expect((await first.latest(all, 0))?.position.seq).toBe(40)
    expect(said).toEqual(['120.state: no longer there', '80.state: no longer there'])
    expect(first.seqs()).toEqual([40])
    // of what the other has written since it was opened it knows nothing, and folds
    expect(await second.latest(all, 0)).toBeUndefined()
    rmSync(folder, { recursive: true })
    expect(await first.latest(all, 0)).toBeUndefined()
    first.save(foldedTo(40))
    expect((await first.latest(all, 0))?.position.seq).toBe(40)
  })

  test('each thins out what the other holds: what is found is right, at any time', async () => {
    const { below, next } = chance(11)
    let servers = [open(), open()]
    let found = 0
    const given = new Map<number, { position: Position; state: State }>()
    for (let round = 0; round < 120; round++) {
      const server = servers[round % 2]!
      const seq = 10 + below(events.length - 10)
      if (!given.has(seq)) given.set(seq, foldedTo(seq))
      if (next() < 0.6) server.save(given.get(seq)!)
      if (next() < 0.05) servers = [open(), server]
      const limit = below(events.length)
      const saved = await server.latest((position) => position.seq <= limit, 0)
      if (saved === undefined) continue
      found++
      expect(saved.position.seq).toBeLessThanOrEqual(limit)
      expect(rowsIn(saved.state, 'unit:C', events)).toEqual(
        rowsIn(foldedTo(saved.position.seq).state, 'unit:C', events),
      )
    }
    expect(found).toBeGreaterThan(60)
    expect(said.every((line) => line.endsWith('no longer there'))).toBe(true)
    expect(said.length, 'it did happen').toBeGreaterThan(0)
  })
})

describe('V7 checkpoints are few', () => {
  test('at most twelve, about evenly spread, the newest always there', () => {
    const { state, position } = foldedTo(10)
    const kept = open({ least: 10 })
    for (let seq = 10; seq <= 4_000; seq += 10)
      if (kept.wanted(seq, seq)) {
        kept.save({ state, position: { ...position, seq } })
        const seqs = kept.seqs()
        expect(seqs.length).toBeLessThanOrEqual(12)
        expect(seqs.at(-1)).toBe(seq)
      }
    const seqs = kept.seqs()
    const gaps = seqs.map((seq, i) => seq - (seqs[i - 1] ?? 0))
    expect(seqs.length).toBeGreaterThan(6)
    expect(Math.max(...gaps)).toBeLessThan(4_000 / 4)
    expect(files()).toEqual(seqs.map((seq) => `${seq}.state`).sort())
    expect(said).toEqual([])
  })

  test('none for a short log, and none where one is near', () => {
    const kept = open({ least: 100 })
    expect(kept.wanted(99, 99)).toBe(false)
    expect(kept.wanted(100, 100)).toBe(true)
    kept.save(foldedTo(100))
    expect(kept.wanted(150, 150)).toBe(false)
    expect(kept.wanted(60, 10_000)).toBe(false)
    expect(kept.wanted(950, 10_000)).toBe(true)
  })
})

describe('V8 one that cannot be written is said and done without', () => {
  test('where the folder cannot be made', async () => {
    writeFileSync(folder, 'in the way')
    const kept = open()
    kept.save(foldedTo(40))
    expect(said).toHaveLength(1)
    expect(await kept.latest(all, 0)).toBeUndefined()
  })

  test('where the disk refuses, nothing half written is left', () => {
    open().save(foldedTo(40))
    mkdirSync(join(folder, '80.state', 'x'), { recursive: true })
    const kept = open()
    said = []
    kept.save(foldedTo(80))
    expect(said).toHaveLength(1)
    expect(files().filter((name) => name.endsWith('.draft'))).toEqual([])
  })

  test('what a killed process has half written is cleared away', async () => {
    open().save(foldedTo(40))
    writeFileSync(join(folder, '80.state.123.draft'), 'half')
    expect((await open().latest(all, 0))?.position.seq).toBe(40)
    expect(files()).toEqual(['40.state'])
  })
})

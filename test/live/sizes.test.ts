/** How much is sent: of the built-in city, in full swing. Sizes are counted, not times. */
import { brotliCompressSync, deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../shared/progress/day.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { builtIn, city, firstLoad, valuesOf } from '../support/city.ts'
import type { WrittenLog } from '../support/log.ts'

const bytes = (text: string): number => Buffer.byteLength(text)

/** One more report of today, as the page of the whole is told by `changes` and by a flush. */
function oneReport(log: WrittenLog, unit: string, today: Day): { patch: Patch; size: number; flushed: number } {
  const { scopes } = log.projector
  const root = `unit:${log.projector.state().world.setting!.units.root}`
  scopes.changes(root, 0)
  scopes.open(root)
  const at = log.events.length
  const values = valuesOf(log.projector.state().world.setting!.programme, 412)
  log.add('ReportSubmitted', { unit, day: today, values }, 'districtA')
  const [flushed] = scopes.flush()
  const text = scopes.changesText(root, at)
  scopes.close(root)
  return { patch: JSON.parse(text) as Patch, size: bytes(text), flushed: bytes(flushed!.patch!.text) }
}

const sum = (sizes: number[]): number => sizes.reduce((s, n) => s + n, 0)

describe('without review', () => {
  const today = '2008-04-16'
  let log: WrittenLog
  let streets: readonly string[]
  beforeAll(() => {
    log = city(builtIn(0), '2007-09-12', today)
    const { units } = log.projector.state().world.setting!
    streets = units.leaves(units.root)
  })

  test('one report is at most 600 bytes, envelope included, the same by changes and by flush', () => {
    const { patch, size, flushed } = oneReport(log, streets[0]!, today)
    expect(patch.rows.map(([key]) => key[0]).sort()).toEqual(['s', 's', 's', 'x'])
    expect(size).toBeLessThanOrEqual(600)
    expect(flushed).toBe(size)
  })

  test('a hundred reports in a tick are at most 12 kB', () => {
    const { scopes } = log.projector
    const { root } = log.projector.state().world.setting!.units
    const at = log.events.length
    scopes.changes(`unit:${root}`, at)
    for (let i = 0; i < 100; i++) {
      const day = i < 55 ? today : addDays(today, -1 - (i % 6))
      log.add('ReportSubmitted', { unit: streets[i % streets.length]!, day, values: { issued: 300 + i } }, 'districtA')
    }
    const text = scopes.changesText(`unit:${root}`, at)
    expect(bytes(text)).toBeLessThanOrEqual(12_000)
  })

  test('a first load is at most 30 kB, compressed 8 kB', () => {
    const loaded = firstLoad(log)
    expect(sum(loaded.map(bytes))).toBeLessThanOrEqual(30_000)
    expect(sum(loaded.map((text) => deflateRawSync(text).length))).toBeLessThanOrEqual(8_000)
  })
})

test('with two years of days a first load is no larger', () => {
  const log = city(builtIn(0, '2006-04-01'), '2006-04-16', '2008-04-16')
  const loaded = firstLoad(log)
  expect(sum(loaded.map(bytes))).toBeLessThanOrEqual(30_000)
  expect(sum(loaded.map((text) => deflateRawSync(text).length))).toBeLessThanOrEqual(8_000)
})

test('with review, all five parts in every total, one report is at most 900 bytes', () => {
  const today = '2008-03-12'
  const log = city(builtIn(1), '2007-12-03', today)
  const { units } = log.projector.state().world.setting!
  const rich = units.leaves(units.root).find((leaf) => {
    const row = log.rows('sums', `unit:${leaf}`)[0]!
    const { waiting, disputed, returned, missing } = row.total
    return [waiting.up, disputed.up, returned.up, missing].every((counts) => counts.some((n) => n > 0))
  })!
  const { patch, size, flushed } = oneReport(log, rich, today)
  const masks = patch.rows.flatMap(([key, total]) => (key.startsWith('s') ? [(total as number[])[0]!] : []))
  // approved, waiting up, disputed up, returned up, missing
  for (const mask of masks) expect(mask & 0b1010_1011).toBe(0b1010_1011)
  expect(size).toBeLessThanOrEqual(900)
  expect(flushed).toBe(size)
})

test('the programme, which never changes under its hash and is compressed once, is at most 65 kB, compressed 6 kB', () => {
  const text = JSON.stringify(builtIn(0))
  expect(bytes(text)).toBeLessThanOrEqual(65_000)
  expect(brotliCompressSync(text).length).toBeLessThanOrEqual(6_000)
})

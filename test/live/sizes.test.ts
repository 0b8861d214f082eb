/** How much is sent: of the built-in city, in full swing. Sizes are counted, not times. */
import { brotliCompressSync, deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_PROGRAMME, programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import { addDays, type Day, daysBetween } from '../../shared/progress/day.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { began, joined } from '../domain/given.ts'
import { chance } from '../support/chance.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'

const bytes = (text: string): number => Buffer.byteLength(text)

function builtIn(reviewLevels: number, startsOn?: Day): Programme {
  const loaded = loadProgramme(programmeFolder(DEFAULT_PROGRAMME))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const { programme } = loaded
  return { ...programme, ...(startsOn && { startsOn }), reporting: { ...programme.reporting, reviewLevels } }
}

/** Every street reports nearly every working day of the days given; with review a part waits, is returned or disputed. */
function city(programme: Programme, from: Day, today: Day): WrittenLog {
  const log = writtenLog()
  log.add('ProgrammeOpened', { programme, origin: 'simulated' })
  log.write(...joined(PEOPLE.map((who) => ({ ...who, unit: programme.units[0]!.code }))))
  const { next, below } = chance(1)
  const { units, calendar } = log.projector.state().world.setting!
  const streets = units.leaves(units.root)
  for (const day of daysBetween(from, today)) {
    log.write(began(day))
    if (!calendar.isWork(day)) continue
    for (const unit of streets) {
      if (day < units.startsOn(unit) || (day !== today && next() < 0.03)) continue
      const seq = log.add('ReportSubmitted', { unit, day, values: valuesOf(programme, 300 + below(200)) }, 'districtA')
      const versions = Object.fromEntries(programme.counters.map(({ key }) => [key, seq]))
      if (programme.reporting.reviewLevels === 0) continue
      const dice = next()
      if (dice < 0.8) log.add('ReportApproved', { unit, day, versions, level: 1 }, 'office')
      if (dice < 0.1)
        log.add('ReportSubmitted', { unit, day, values: valuesOf(programme, 280 + below(200)) }, 'districtA')
      if (dice > 0.85 && dice < 0.9) log.add('ReportReturned', { unit, day, versions, reason: 'which?' }, 'office')
      if (dice > 0.95)
        log.add('ReportDisputed', { unit, day, values: valuesOf(programme, below(400)), basis: versions }, 'otherA')
    }
  }
  return log
}

const valuesOf = ({ counters }: Programme, n: number): Values =>
  Object.fromEntries(counters.map(({ key }, i) => [key, n + counters.length - i]))

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
  return { patch: JSON.parse(text) as Patch, size: bytes(text), flushed: bytes(flushed!.text) }
}

/** All scopes that a page of the whole loads. */
function firstLoad(log: WrittenLog): string[] {
  const { scopes } = log.projector
  const { root } = log.projector.state().world.setting!.units
  return [`unit:${root}`, 'programme', 'issues'].map((scope) => scopes.changesText(scope, 0))
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

test('the programme, which never changes under its hash and is compressed once, is at most 60 kB, compressed 6 kB', () => {
  const text = JSON.stringify(builtIn(0))
  expect(bytes(text)).toBeLessThanOrEqual(60_000)
  expect(brotliCompressSync(text).length).toBeLessThanOrEqual(6_000)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { type Core, openCore, SYSTEM } from '../../server/core/core.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { compareTotals } from '../../server/tools/replay/compare.ts'
import { createPlayer, prepare, ReplayRefused } from '../../server/tools/replay/player.ts'
import { publications, readReplay, readTotals } from '../../server/tools/replay/source.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'

const TRIAL = 'test/fixtures/trial-programme'
const loaded = loadProgramme(TRIAL)
if (!loaded.ok) throw new Error('the programme does not load; see test/programs')
const { programme: trial } = loaded
const replay = readReplay(TRIAL)

let dir: string
const open: Core[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'recorded-'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((core) => core.close()))
  rmSync(dir, { recursive: true })
})

/** Rows of a published file: `moment day unit accepted issued`. */
const file = (name: string, header: string, lines: readonly string[]): string => {
  const path = join(dir, name)
  writeFileSync(path, [header, ...lines.map((line) => line.replaceAll(' ', ','))].join('\n') + '\n')
  return path
}

interface Replayed {
  core: Core
  counts: { rows: number; restated: number; left: number }
  more(lines: readonly string[]): Promise<void>
}

async function replayed(lines: readonly string[], programme: Programme = trial): Promise<Replayed> {
  const clock = setClock()
  const core = await openCore({ store: openSqlite(':memory:'), now: clock.now })
  open.push(core)
  await prepare(core, clock, programme, replay)
  const player = createPlayer(core, clock, replay)
  const more = async (rows: readonly string[]) => {
    const reports = file('as-reported.csv', 'published_at,day,area,accepted,issued', rows)
    for await (const publication of publications(reports, replay)) await player.play(publication)
  }
  await more(lines)
  return { core, counts: player.counts(), more }
}

/** Units whose totals are not those of `unit accepted issued`; all others must be 0. */
async function differing(core: Core, totals: readonly string[]): Promise<string[]> {
  const all = ['S1', 'S2', 'S3', 'S4', 'S5'].map((s) => totals.find((t) => t.startsWith(s)) ?? `${s} 0 0`)
  const theirs = readTotals(file('totals.csv', 'area,accepted,issued', all), replay)
  const { rows } = await compareTotals(core, core.actor('office')!, theirs)
  return rows.filter((r) => !r.equal).map((r) => r.unit)
}

async function row<K extends RowKind>(core: Core, kind: K, unit: string): Promise<RowByKind<K>> {
  const seen = await core.changes(core.actor('office')!, `unit:${unit}`, 0)
  if (!seen.ok) throw new Error(`unit:${unit} is refused`)
  const found = [...rowsOf(kind, seen.value.rows, core.setting()!.units)]
  return found.find((r) => 'unit' in r && r.unit === unit)!
}

describe('a recorded source', () => {
  test('C10 a street that was merged owes nothing after its end, and its history stays in the sums (case E10)', async () => {
    const units = trial.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: '2026-11-10', into: 'S2' } : u))
    const lines = [...daysBetween('2026-11-02', '2026-11-24')].flatMap((day) =>
      [
        'S1 20 10',
        day <= '2026-11-10' ? 'S2 20 10' : 'S2 30 15',
        ...(day <= '2026-11-10' ? ['S3 10 5'] : []),
        'S4 14 7',
        'S5 14 7',
      ].map((figures) => `${day}T18:00Z ${day} ${figures}`),
    )
    const { core, counts, more } = await replayed(lines, { ...trial, units })
    expect(counts).toEqual({ rows: 101, restated: 0, left: 0, past: 0, early: 0 })
    expect(await differing(core, ['S1 460 230', 'S2 600 300', 'S3 90 45', 'S4 322 161', 'S5 322 161'])).toEqual([])

    await core.dispatch({ id: 'begin-25', kind: 'BeginDay', data: { day: '2026-11-25' } }, SYSTEM)
    await core.dispatch({ id: 'close-25', kind: 'PassDeadline', data: { day: '2026-11-25' } }, SYSTEM)
    expect((await row(core, 'closed', 'D1')).reports).toEqual({ expected: 57, in: 55, partial: 0, missing: 2 })
    expect((await row(core, 'sums', 'D1')).total).toMatchObject({ approved: [1_150, 575], missing: [50, 25] })
    expect(await row(core, 'closed', 'S3')).toMatchObject({
      reports: { expected: 9, in: 9, partial: 0, missing: 0 },
      owed: [],
      owedCount: 0,
    })
    const late = more(['2026-11-26T18:00Z 2026-11-11 S3 10 5'])
    await expect(late).rejects.toThrow(ReplayRefused)
    await expect(late).rejects.toThrow('unit.ended')
  })

  test('C10 days up to its end are put right after it, too', async () => {
    const units = trial.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: '2026-11-03', into: 'S2' } : u))
    const { core, more } = await replayed(['2026-11-03T18:00Z 2026-11-03 S3 10 5'], { ...trial, units })
    await more(['2026-11-09T18:00Z 2026-11-03 S3 12 6', '2026-11-09T18:00Z 2026-11-09 S2 1 1'])
    expect(await differing(core, ['S3 12 6', 'S2 1 1'])).toEqual([])
  })

  test('R10 R31 a second publication about the newest day is a restatement of it (case E18)', async () => {
    const corrected = await replayed([
      '2026-11-02T18:00Z 2026-11-02 S1 100 30',
      '2026-11-02T18:00Z 2026-11-02 S2 90 20',
      '2026-11-03T07:00Z 2026-11-02 S1 110 35',
      '2026-11-03T18:00Z 2026-11-03 S1 50 10',
    ])
    expect(await differing(corrected.core, ['S1 160 45', 'S2 90 20'])).toEqual([])
    expect(corrected.counts).toEqual({ rows: 4, restated: 1, left: 0, past: 0, early: 0 })
    const late = await replayed(['2026-11-02T18:00Z 2026-11-02 S1 100 30', '2026-11-02T20:00Z 2026-11-02 S2 90 20'])
    expect(await differing(late.core, ['S1 100 30', 'S2 90 20'])).toEqual([])
    expect(late.counts).toEqual({ rows: 2, restated: 1, left: 0, past: 0, early: 0 })
  })

  test('R25 a blank is left out, never 0, and the report is partial until it comes (case E21)', async () => {
    const { core, more } = await replayed([
      '2026-11-03T12:00Z 2026-11-02 S1 100 ',
      '2026-11-03T12:00Z 2026-11-02 S2 90 20',
    ])
    expect((await row(core, 'closed', 'S1')).reports).toEqual({ expected: 1, in: 0, partial: 1, missing: 0 })
    expect(await differing(core, ['S1 100 0', 'S2 90 20'])).toEqual([])
    await more(['2026-11-04T12:00Z 2026-11-02 S1 100 30'])
    expect((await row(core, 'closed', 'S1')).reports).toMatchObject({ partial: 0 })
    expect(await differing(core, ['S1 100 30', 'S2 90 20'])).toEqual([])
  })

  test('D14 only the counter that a person has disputed is left alone', async () => {
    const { core, more } = await replayed(['2026-11-02T18:00Z 2026-11-02 S1 100 30'])
    const claim = {
      unit: 'S1',
      day: '2026-11-02',
      values: { issued: 1 },
      basedOn: 0,
      type: 'corrected',
      reason: 'recount',
    }
    const command = { id: 'person-1', kind: 'SubmitReports', data: { items: [claim] } }
    expect(await core.dispatch(command, core.actor('office')!)).toMatchObject({ ok: true })
    await more(['2026-11-04T18:00Z 2026-11-02 S1 110 40', `2026-11-04T18:00Z ${addDays('2026-11-02', 1)} S1 1 1`])
    const { total } = await row(core, 'sums', 'S1')
    // what is disputed was approved by nobody but the sender
    expect(total.approved).toEqual([111, 1])
    expect(total.disputed.up[1]).toBe(30)
  })
})

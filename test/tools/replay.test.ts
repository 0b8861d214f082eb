import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ITEMS } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { type Core, openCore } from '../../server/core/core.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { compareTotals, comparisonTable } from '../../server/tools/replay/compare.ts'
import { createPlayer, prepare } from '../../server/tools/replay/player.ts'
import { publications, readReplay, readTotals } from '../../server/tools/replay/source.ts'
import { outcomeOf } from '../../server/tools/replay/outcome.ts'
import { localDay, setClock } from '../../server/tools/simulate/clock.ts'

const EXCERPT = 'test/fixtures/italy-excerpt.csv'
const FULL = '../shared/data/italy-2021'
const folder = programmeFolder('italy-2021')
const loaded = loadProgramme(folder)
if (!loaded.ok) throw new Error('the programme does not load; see test/programs')
const { programme } = loaded
const replay = readReplay(folder)
const COUNTERS = programme.counters.map((c) => c.key)

const open: Core[] = []
afterEach(() => Promise.all(open.splice(0).map((core) => core.close())))

async function empty() {
  const store = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  open.push(core)
  await prepare(core, clock, programme, replay)
  return { core, player: createPlayer(core, clock, replay) }
}

const publishedRows = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [at, day, unit, first, doses] = line.split(',') as [string, string, string, string, string]
      return { at, day, unit, values: { first: Number(first), doses: Number(doses) } }
    })

/** What every area must end at: the last figure of each of its days. */
function sumsOf(rows: ReturnType<typeof publishedRows>): Map<string, Values> {
  const last = new Map(rows.map((r) => [`${r.unit}/${r.day}`, r]))
  const sums = new Map<string, Values>()
  for (const unit of programme.units) if (unit.parent !== null) sums.set(unit.code, { first: 0, doses: 0 })
  for (const { unit, values } of last.values()) {
    const sum = sums.get(unit)!
    for (const k in values) sum[k]! += values[k as keyof typeof values]
  }
  return sums
}

describe('a replay', () => {
  test('R10 R31 of an excerpt ends at the exact totals, with every revision in the history of its cell', async () => {
    const { core, player } = await empty()
    for await (const publication of publications(EXCERPT, replay)) await player.play(publication)
    const rows = publishedRows(EXCERPT)
    const office = core.actor(replay.importer.member)!
    expect(player.counts()).toMatchObject({ rows: rows.length, left: 0 })
    const compared = await compareTotals(core, office, sumsOf(rows))
    expect(compared.rows.filter((r) => !r.equal)).toEqual([])
    expect(compared.exact).toBe(true)

    const cells = Map.groupBy(rows, (r) => `report/${r.unit}/${r.day}`)
    const types = { first: 0, late: 0, corrected: 0, reduced: 0 }
    const { units } = core.setting()!
    for (const [subject, published] of cells) {
      const seen = await core.changes(office, `history:${subject}`, 0)
      if (!seen.ok) throw new Error(subject)
      const entries = [...rowsOf('version', seen.value.rows, units)].sort((a, b) => a.seq - b.seq)
      const values: Values = {}
      const after = entries.map(({ changes }) => {
        for (const change of changes) values[COUNTERS[change.counter]!] = change.after!
        return { ...values }
      })
      expect(after).toEqual(published.map((r) => r.values))
      expect(entries.map((e) => e.at)).toEqual(published.map((r) => Date.parse(r.at)))
      entries.forEach((e, i) => {
        if (e.type !== 'ReportRestated') return types.first++
        types[e.restated as 'late' | 'corrected' | 'reduced']++
        expect(e.reason).toContain(published[i]!.at)
        if (i === 0) expect(e.restated).toBe('late')
        else if (published[i]!.values.doses !== published[i - 1]!.values.doses)
          expect(e.restated).toBe(published[i]!.values.doses < published[i - 1]!.values.doses ? 'reduced' : 'corrected')
      })
    }
    expect(types.reduced).toBeGreaterThan(30)
    expect(types.late).toBeGreaterThan(10)
    expect(types.corrected).toBeGreaterThan(200)
  })

  test('that ends elsewhere says where', async () => {
    const { core, player } = await empty()
    for await (const publication of publications(EXCERPT, replay)) await player.play(publication)
    const theirs = sumsOf(publishedRows(EXCERPT))
    theirs.get('MOL')!.doses! += 1
    const compared = await compareTotals(core, core.actor(replay.importer.member)!, theirs)
    expect(compared.exact).toBe(false)
    expect(compared.rows.filter((r) => !r.equal).map((r) => r.unit)).toEqual(['MOL'])
    expect(comparisonTable(compared, ['first', 'doses'])).toMatch(/^MOL .* differs$/m)
  })

  test('C13 (finding H11) a mistyped day neither moves the clock nor is anything exact then: it says how many rows', async () => {
    const { core, player } = await empty()
    let n = 0
    for await (const publication of publications(EXCERPT, replay)) {
      const [first, ...others] = publication.rows
      n++
      const day = n === 2 ? '2202-01-06' : n === 4 ? '2021-06-07' : first!.day
      await player.play({ ...publication, rows: [{ ...first!, day }, ...others] })
      const published = localDay(Date.parse(publication.at), programme.timeZone)
      expect(core.now().today! <= published).toBe(true)
    }
    expect(player.counts()).toMatchObject({ past: 1, early: 1, left: 0 })
    const compared = await compareTotals(core, core.actor('office')!, sumsOf(publishedRows(EXCERPT)))
    expect(outcomeOf({ ...compared, exact: true }, player.counts(), programme.endsOn)).toEqual({
      exact: false,
      lines: [
        `1 rows lie past the programme's end (${programme.endsOn}) and were left out`,
        '1 rows are of days that had not come when they were published, and were left out',
        'exact: no',
      ],
    })
  })

  test('C13 (finding H11) nothing that was left out lets the result be exact', () => {
    const none = { left: 0, past: 0, early: 0 }
    const isExact = (counts: typeof none) => outcomeOf({ exact: true }, counts, programme.endsOn).exact
    expect(isExact(none)).toBe(true)
    for (const what of ['left', 'past', 'early'] as const) expect(isExact({ ...none, [what]: 1 }), what).toBe(false)
  })

  test('D14 leaves a report alone that a person has disputed', async () => {
    const { core, player } = await empty()
    let n = 0
    for await (const publication of publications(EXCERPT, replay)) {
      await player.play(publication)
      if (++n > 1) continue
      const item = {
        unit: 'MOL',
        day: '2021-01-05',
        values: { doses: 1 },
        basedOn: 0,
        type: 'corrected',
        reason: 'recount',
      }
      const confirmed = ['report.unusual', 'report.exceeds', 'report.coverageOver']
      const command = { id: 'person-1', kind: 'SubmitReports', data: { items: [{ ...item, confirmed }] } }
      expect(await core.dispatch(command, core.actor('office')!)).toMatchObject({ ok: true })
    }
    expect(player.counts().left).toBeGreaterThan(0)
    const compared = await compareTotals(core, core.actor('office')!, sumsOf(publishedRows(EXCERPT)))
    expect(compared.exact).toBe(false)
  })

  test('L12 a publication of more rows than a command holds is entered in several', async () => {
    const { core, player } = await empty()
    const areas = programme.units.filter((u) => u.parent !== null).map((u) => u.code)
    const days = [...daysBetween('2021-01-01', addDays('2021-01-01', Math.ceil(ITEMS / areas.length)))]
    const values = { first: 1, doses: 2 }
    const rows = days.flatMap((day) => areas.map((unit) => ({ unit, day, values })))
    expect(rows.length).toBeGreaterThan(ITEMS)
    await player.play({ at: `${days.at(-1)!}T12:00Z`, rows })
    const theirs = new Map(areas.map((unit) => [unit, { first: days.length, doses: 2 * days.length }]))
    expect((await compareTotals(core, core.actor('office')!, theirs)).exact).toBe(true)
  })

  const missing = existsSync(join(FULL, replay.reports)) ? '' : ` (skipped: ${FULL} is not there)`
  test.skipIf(missing !== '')(
    `of all 269 publications ends at the exact totals${missing}`,
    { timeout: 240_000 },
    async () => {
      const began = process.cpuUsage()
      const { core, player } = await empty()
      for await (const publication of publications(join(FULL, replay.reports), replay)) await player.play(publication)
      expect(player.counts()).toMatchObject({ rows: 246_461, left: 0 })
      const theirs = readTotals(join(FULL, replay.totals), replay)
      const compared = await compareTotals(core, core.actor(replay.importer.member)!, theirs)
      expect(compared.rows.filter((r) => !r.equal)).toEqual([])
      expect(compared.rows.reduce((sum, r) => sum + r.ours.doses!, 0)).toBe(84_757_634)
      // work done, not time passed: other tests run at the same time
      const { user, system } = process.cpuUsage(began)
      expect((user + system) / 1e6).toBeLessThan(60)
    },
  )
})

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ITEMS } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import { settingOf } from '../../shared/domain/world.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { type Core, openCore } from '../../server/core/core.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { compareFigures, compareTotals, comparisonTable } from '../../server/tools/replay/compare.ts'
import { contradictions } from '../../server/tools/replay/expected.ts'
import { readFormat } from '../../server/tools/replay/format.ts'
import { createPlayer, prepare } from '../../server/tools/replay/player.ts'
import type { Publication } from '../../server/tools/replay/rows.ts'
import { readSource, type Source } from '../../server/tools/replay/source.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'

const EXCERPT = 'test/fixtures/italy-excerpt.csv'
const FULL = '../shared/data/italy-2021'
const folder = programmeFolder('italy-2021')
const loaded = loadProgramme(folder)
if (!loaded.ok) throw new Error('the programme does not load; see test/programs')
const { programme } = loaded
const setting = settingOf(programme, 'replayed')
const format = readFormat(folder, setting)
const COUNTERS = programme.counters.map((c) => c.key)

const open: Core[] = []
let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'replay-'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((core) => core.close()))
  rmSync(data, { recursive: true })
})

/** The excerpt with the totals that it adds up to. */
function excerpt(text = readFileSync(EXCERPT, 'utf8')): Source {
  writeFileSync(join(data, format.reports), text)
  const totals = [...sumsOf(publishedRows(EXCERPT))].map(([unit, { first, doses }]) => `${unit},${first},${doses}`)
  writeFileSync(join(data, format.totals), ['area,first_doses,doses', ...totals].join('\n'))
  return readSource(data, format, setting)
}

async function empty() {
  const store = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  open.push(core)
  await prepare(core, clock, programme, format)
  return { core, player: createPlayer(core, clock, format) }
}

async function played(
  { publications }: Pick<Source, 'publications'>,
  between: (core: Core) => Promise<void> = async () => undefined,
) {
  const { core, player } = await empty()
  for (const [i, publication] of publications.entries()) {
    await player.play(publication)
    if (i === 0) await between(core)
  }
  await player.finish()
  return { core, player, office: core.actor(format.importer.member)! }
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
    const source = excerpt()
    expect(contradictions(source, setting)).toEqual([])
    const { core, player, office } = await played(source)
    const rows = publishedRows(EXCERPT)
    expect(source.rows).toBe(rows.length)
    const compared = await compareTotals(core, office, source.totals, COUNTERS)
    expect(compared).toMatchObject({ compared: 42, differing: 0, without: 0 })
    const figures = await compareFigures(core, office, source.publications)
    expect(figures.differing).toEqual([])

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
    const { first, ...restated } = types
    expect(player.counts()).toMatchObject({ given: first, edited: 0, restated, left: 0, blanked: 0 })
  })

  test('K1 R31 into a programme with a level of review is approved by its reviewer and ends exact; what falls says so and why', async () => {
    const source = excerpt()
    const reviewed = { ...programme, reporting: { ...programme.reporting, reviewLevels: 1 } }
    const reviewer = { member: 'reviewer', name: 'Reviewer', role: 'office', unit: 'ITA' } as const
    const store = openSqlite(':memory:')
    const clock = setClock()
    const core = await openCore({ store, now: clock.now })
    open.push(core)
    await prepare(core, clock, reviewed, { ...format, reviewer })
    const player = createPlayer(core, clock, { ...format, reviewer })
    for (const publication of source.publications) await player.play(publication)
    await player.finish()
    const office = core.actor(format.importer.member)!
    expect(await compareTotals(core, office, source.totals, COUNTERS)).toMatchObject({ compared: 42, differing: 0 })
    expect((await compareFigures(core, office, source.publications)).differing).toEqual([])
    const seen = await core.changes(office, 'unit:ITA', 0)
    if (!seen.ok) throw new Error('refused')
    const sums = [...rowsOf('sums', seen.value.rows, core.setting()!.units)]
    expect(sums.every(({ total: { waiting } }) => [...waiting.up, ...waiting.down].every((n) => n === 0))).toBe(true)

    const values = new Map<string, number>()
    let falls = 0
    for (const { type, data } of await store.read(0, 1_000_000)) {
      if (type !== 'ReportSubmitted' && type !== 'ReportRestated') continue
      for (const counter of COUNTERS) {
        const key = `${data.unit}/${data.day}/${counter}`
        const [was, is] = [values.get(key), data.values[counter]]
        if (is === undefined) continue
        values.set(key, is)
        if (was === undefined || is >= was) continue
        falls++
        // one report has one type, by the counter that decides
        const type = expect.stringMatching(
          counter === format.direction ? /^reduced$/ : /^(reduced|corrected)$/,
        ) as string
        expect(data).toMatchObject({ type, reason: expect.stringMatching(/\S/) as string })
      }
    }
    expect(falls).toBeGreaterThan(30)
  })

  test('that ends elsewhere says where, before it begins and when it has ended', async () => {
    const source = excerpt()
    const theirs = new Map(source.totals)
    theirs.set('MOL', { ...theirs.get('MOL'), doses: theirs.get('MOL')!.doses! + 1 })
    const sum = source.totals.get('MOL')!.doses!
    expect(contradictions({ ...source, totals: theirs }, setting)).toEqual([
      `${format.totals}: MOL doses is ${sum + 1}; its reports add up to ${sum}`,
    ])
    const { core, office } = await played(source)
    const compared = await compareTotals(core, office, theirs, COUNTERS)
    expect(compared).toMatchObject({ compared: 42, differing: 1, without: 0 })
    expect(compared.rows.filter((r) => !r.equal).map((r) => r.unit)).toEqual(['MOL'])
    const leaves = setting.units.leaves(setting.units.root)
    expect(comparisonTable(compared, leaves, COUNTERS)).toMatch(/^MOL .* differs$/m)
  })

  test('C13 (finding H11) a mistyped day moves no clock: its row is left out, and is named', async () => {
    const lines = readFileSync(EXCERPT, 'utf8').split('\n')
    const moments = [...new Set(lines.slice(1).map((line) => line.split(',')[0]!))]
    const first = (n: number) => lines.findIndex((line) => line.startsWith(`${moments[n]!},`))
    const [past, early] = [first(1), first(3)]
    const mistyped = (at: number, day: string) => (lines[at] = lines[at]!.replace(/,\d{4}-\d\d-\d\d,/, `,${day},`))
    mistyped(past, '2202-01-06')
    mistyped(early, '2021-06-07')
    const source = excerpt(lines.join('\n'))
    expect(source).toMatchObject({ past: [past + 1], early: [early + 1] })
    const { core } = await played(source)
    const days = source.publications.flatMap((p) => p.rows.map((r) => r.day)).sort()
    expect(core.now().today).toBe(days.at(-1))
    expect(core.now().today! < '2021-06-07').toBe(true)
  })

  test('D14 leaves a report alone that a person has disputed', async () => {
    const values = { doses: 1 }
    const item = { unit: 'MOL', day: '2021-01-05', values, basedOn: 0, type: 'corrected', reason: 'recount' }
    const confirmed = ['report.unusual', 'report.exceeds', 'report.coverageOver']
    const command = { id: 'person-1', kind: 'SubmitReports', data: { items: [{ ...item, confirmed }] } }
    const source = excerpt()
    const { core, player, office } = await played(source, async (core) => {
      expect(await core.dispatch(command, core.actor('office')!)).toMatchObject({ ok: true })
    })
    expect(player.counts().left).toBeGreaterThan(0)
    expect((await compareTotals(core, office, source.totals, COUNTERS)).differing).toBeGreaterThan(0)
  })

  test('L12 a publication of more rows than a command holds is entered in several', async () => {
    const areas = programme.units.filter((u) => u.parent !== null).map((u) => u.code)
    const days = [...daysBetween('2021-01-01', addDays('2021-01-01', Math.ceil(ITEMS / areas.length)))]
    const values = { first: 1, doses: 2 }
    const rows = days.flatMap((day) => areas.map((unit) => ({ unit, day, values, row: 1 })))
    expect(rows.length).toBeGreaterThan(ITEMS)
    const at = `${days.at(-1)!}T12:00Z`
    const publication: Publication = { at, moment: Date.parse(at), rows }
    const { core, office } = await played({ publications: [publication] })
    const theirs = new Map(areas.map((unit) => [unit, { first: days.length, doses: 2 * days.length }]))
    expect(await compareTotals(core, office, theirs, COUNTERS)).toMatchObject({ compared: 42, differing: 0 })
  })

  const missing = existsSync(join(FULL, format.reports)) ? '' : ` (skipped: ${FULL} is not there)`
  test.skipIf(missing !== '')(
    `of all 269 publications ends at the exact totals${missing}`,
    { timeout: 240_000 },
    async () => {
      const began = process.cpuUsage()
      const source = readSource(FULL, format, setting)
      expect(source).toMatchObject({ rows: 246_461, past: [], early: [] })
      expect(contradictions(source, setting)).toEqual([])
      const { core, office } = await played(source)
      const compared = await compareTotals(core, office, source.totals, COUNTERS)
      expect(compared).toMatchObject({ compared: 42, differing: 0, without: 0 })
      expect(compared.rows.reduce((sum, r) => sum + r.ours.doses!, 0)).toBe(84_757_634)
      // work done, not time passed: other tests run at the same time
      const { user, system } = process.cpuUsage(began)
      expect((user + system) / 1e6).toBeLessThan(60)
    },
  )
})

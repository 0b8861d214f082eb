/** Recorded sources of the trial town, written as files and replayed. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import { settingOf } from '../../shared/domain/world.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { type Core, openCore } from '../../server/core/core.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { compareFigures, compareTotals } from '../../server/tools/replay/compare.ts'
import { readFormat } from '../../server/tools/replay/format.ts'
import { type Outcome, outcomeOf } from '../../server/tools/replay/outcome.ts'
import { type Counts, createPlayer, prepare } from '../../server/tools/replay/player.ts'
import { readSource, type Source } from '../../server/tools/replay/source.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'

export const TRIAL = join(import.meta.dirname, '../fixtures/trial-programme')
const loaded = loadProgramme(TRIAL)
if (!loaded.ok) throw new Error('the programme does not load; see test/programs')
export const trial = loaded.programme

const STREETS = ['S1', 'S2', 'S3', 'S4', 'S5']
const REPORTS = 'published_at,day,area,accepted,issued'
const TOTALS = 'area,accepted,issued'

export interface Recorded {
  /** rows of the file, cells parted by commas or blanks; the first row is the usual one unless told */
  reports: readonly string[]
  reportsHead?: string
  /** of units that are not at 0; null = the file has its first row alone */
  totals?: readonly string[] | null
  totalsHead?: string
  /** fields of `replay.json` that are others than the trial's; undefined = left out */
  format?: Record<string, unknown>
  programme?: Partial<Programme>
}

export interface Replayed {
  core: Core
  store: Store
  source: Source
  counts(): Counts
  /** further publications */
  more(reports: readonly string[]): Promise<void>
  /** compares with the totals that the source gives, or with others */
  outcome(): Promise<Outcome>
  /** units whose totals are not those of `unit accepted issued`; all others must be 0 */
  differing(totals: readonly string[]): Promise<string[]>
}

const open: Core[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((core) => core.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder with the trial's programme and a source, for tools that are run. */
export function recordedFolder({ reports, totals = [], format = {}, ...more }: Recorded): string {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'))
  folders.push(folder)
  cpSync(TRIAL, folder, { recursive: true })
  const usual = JSON.parse(readFileSync(join(TRIAL, 'replay.json'), 'utf8')) as object
  writeFileSync(join(folder, 'replay.json'), JSON.stringify({ ...usual, ...format }))
  const write = (name: string, head: string, rows: readonly string[]) =>
    writeFileSync(join(folder, name), [head, ...rows.map(celled)].join('\n') + '\n')
  write('as-reported.csv', more.reportsHead ?? REPORTS, reports)
  write('totals.csv', more.totalsHead ?? TOTALS, totals === null ? [] : withZeros(totals))
  return folder
}

/** Cells that are parted by blanks. */
const celled = (row: string): string => (/[,;]/.test(row) ? row : row.replaceAll(' ', ','))

const withZeros = (totals: readonly string[]): string[] => [
  ...totals,
  ...STREETS.filter((street) => !totals.some((t) => t.startsWith(street))).map((street) => `${street} 0 0`),
]

/** What a source is read as; throws a SourceRefused. */
export function read(recorded: Recorded) {
  const folder = recordedFolder(recorded)
  const setting = settingOf({ ...trial, ...recorded.programme }, 'replayed')
  const format = readFormat(folder, setting)
  return { setting, format, source: readSource(folder, format, setting) }
}

/** Faults of a source as lines, without the file's name where it is that of the reports. */
export function refusedBy(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^as-reported\.csv /, ''))
  }
  return []
}

/** Replays a source into a log in memory. */
export async function replayed(recorded: Recorded): Promise<Replayed> {
  const { setting, format, source } = read(recorded)
  const { programme } = setting
  const clock = setClock()
  const store = openSqlite(':memory:')
  const core = await openCore({ store, now: clock.now })
  open.push(core)
  await prepare(core, clock, programme, format, source.publications[0]?.moment)
  const player = createPlayer(core, clock, format)
  const all = [...source.publications]
  for (const publication of source.publications) await player.play(publication)
  await player.finish()
  const by = () => core.actor(format.importer.member)!
  const counters = format.counters.map((c) => c.key)
  const outcome = async (totals = source.totals) =>
    outcomeOf({
      source,
      totals: await compareTotals(core, by(), totals, counters),
      figures: await compareFigures(core, by(), all),
      counts: player.counts(),
      format,
      programme,
    })
  return {
    core,
    store,
    source,
    counts: player.counts,
    outcome: () => outcome(),
    async more(reports) {
      const next = read({ ...recorded, reports }).source.publications
      all.push(...next)
      for (const publication of next) await player.play(publication)
      await player.finish()
    },
    async differing(totals) {
      const theirs = new Map(
        withZeros(totals).map((line) => {
          const [unit, accepted, issued] = line.split(' ') as [string, string, string]
          return [unit, { accepted: Number(accepted), issued: Number(issued) }]
        }),
      )
      const { rows } = await compareTotals(core, by(), theirs, counters)
      return rows.filter((r) => !r.equal).map((r) => r.unit)
    },
  }
}

/** The row of that kind about a unit, as the office sees it. */
export async function rowAbout<K extends RowKind>(core: Core, kind: K, unit: string): Promise<RowByKind<K>> {
  const seen = await core.changes(core.actor('office')!, `unit:${unit}`, 0)
  if (!seen.ok) throw new Error(`unit:${unit} is refused`)
  const found = [...rowsOf(kind, seen.value.rows, core.setting()!.units)]
  return found.find((r) => 'unit' in r && r.unit === unit)!
}

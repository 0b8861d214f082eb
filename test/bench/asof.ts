/** How long any moment of a long log takes to be shown, once the past has been asked for: through the thread, as the server has it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startArchive } from '../../server/archive/archive.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { createPlayer, prepare } from '../../server/tools/replay/player.ts'
import { readFormat } from '../../server/tools/replay/format.ts'
import { readSource } from '../../server/tools/replay/source.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { settingOf } from '../../shared/domain/world.ts'
import { addDays } from '../../shared/progress/day.ts'
import { chance } from '../support/chance.ts'
import { type Benchmark, type BenchOptions, type Metric, metricOf } from './measure.ts'
import { createSender, openWorkload, programmeOf, publicationsOf } from './workload.ts'

const FOLDER = './data/bench-asof'
const RECORDED = { programme: 'italy-2021', data: '../shared/data/italy-2021' }
const AIM = '≤ 300'

export async function asof({ quick }: BenchOptions): Promise<Benchmark> {
  const metrics: Metric[] = []
  const setting = [
    `all rows of the whole programme's page as of random seqs and moments, in any order, in ms, after the first one`,
  ]
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  if (existsSync(RECORDED.data)) metrics.push(...(await measured('recorded', await recorded(), quick, setting)))
  else setting.push(`${RECORDED.data} is not there: without the recorded log`)
  metrics.push(...(await measured('reviewed', await reviewed(quick ? 60 : 300), quick, setting)))
  rmSync(FOLDER, { recursive: true })
  return { setting, metrics }
}

interface Log {
  path: string
  events: number
  root: string
  /** a moment within the log, by a share of its seqs */
  momentOf(share: number): Promise<string>
  close(): Promise<void>
}

async function measured(name: string, log: Log, quick: boolean, setting: string[]): Promise<Metric[]> {
  const say = (line: string, about: object) => console.error(line, about)
  const past = startArchive({ data: log.path, folder: `${log.path}.checkpoints`, say })
  const scope = `unit:${log.root}`
  const timed = async (asOf: number | string) => {
    const began = performance.now()
    const answer = await past.changes(scope, asOf)
    if (!answer.ok) throw new Error(`${asOf}: ${JSON.stringify(answer.refusals)}`)
    return performance.now() - began
  }
  const first = await timed(log.events)
  const luck = chance(1)
  const bySeq: number[] = []
  const byMoment: number[] = []
  for (let n = 0; n < (quick ? 15 : 60); n++) {
    bySeq.push(await timed(20 + luck.below(log.events - 20)))
    byMoment.push(await timed(await log.momentOf(luck.next())))
  }
  // another page of the same moment, as somebody who looks around in it asks for
  const same: number[] = []
  for (let n = 0; n < 10; n++) same.push(await timed(log.events >> 1))
  await past.close()
  await log.close()
  setting.push(`${name}: ${log.events} events; the first view, which leaves the checkpoints: ${Math.round(first)} ms`)
  const metric = (what: string, times: number[], aim: string | null) =>
    metricOf({ name: `${name}: ${what}`, unit: 'ms', aim }, times, null)
  return [
    metric('any seq, median', bySeq, AIM),
    metric('any seq, slowest', [Math.max(...bySeq)], AIM),
    metric('any moment, median', byMoment, AIM),
    metric('any moment, slowest', [Math.max(...byMoment)], AIM),
    metric('the same moment again', same.slice(1), null),
  ]
}

/** The recorded programme as it was published. */
async function recorded(): Promise<Log> {
  const folder = programmeFolder(RECORDED.programme)
  const loaded = loadProgramme(folder)
  if (!loaded.ok) throw new Error(`${folder} does not load`)
  const setting = settingOf(loaded.programme, 'replayed')
  const format = readFormat(folder, setting)
  const source = readSource(RECORDED.data, format, setting)
  const path = join(FOLDER, 'recorded.db')
  const store = openSqlite(path)
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  await prepare(core, clock, loaded.programme, format)
  const player = createPlayer(core, clock, format)
  for (const publication of source.publications) await player.play(publication)
  await player.finish()
  await core.close()
  return logAt(path, store)
}

/** A level of review, disputes, withdrawals, streets that end, and a re-baselining halfway. */
async function reviewed(days: number): Promise<Log> {
  const path = join(FOLDER, 'reviewed.db')
  const store = openSqlite(path)
  let now = Date.parse('2008-01-01T00:00:00Z')
  const core = await openCore({ store, now: () => new Date((now += 1_000)) })
  const half = addDays('2008-01-01', days >> 1)
  const programme = programmeOf({ reviewLevels: 1, ended: { every: 10, on: half } })
  const sender = createSender(core)
  const { office, reviewer } = await openWorkload(core, sender, programme)
  for (const [n, { day, items }] of publicationsOf(days, 3).entries()) {
    now = Date.parse(`${day}T06:00:00Z`)
    await sender.send(SYSTEM, 'BeginDay', { day })
    const alive = items.filter((i) => i.day <= half || Number(i.unit.slice('street-'.length)) % 10 !== 1)
    const { happened } = await sender.submit(office, alive)
    const approved = happened.slice(0, (happened.length * 3) >> 2).flatMap(({ subject, version }) => {
      const [, unit, about] = subject!.split('/') as [string, string, string]
      const values = alive.find((i) => i.unit === unit && i.day === about)!.values
      return [{ unit, day: about, versions: Object.fromEntries(Object.keys(values).map((key) => [key, version])) }]
    })
    await sender.send(reviewer, 'ApproveReports', { items: approved })
    const back = alive.slice(-5).map(({ unit, day: about }) => ({ unit, day: about, basedOn: sender.seen() }))
    await sender.send(office, 'WithdrawReports', { items: back, reason: 'wrong street' })
    if (n === days >> 1) {
      const baseline = { ...programme.baselines[0]!, key: 'again', inForceFrom: addDays(day, 1) }
      await sender.send(office, 'AddBaseline', { baseline, reason: 'decided' })
    }
  }
  await core.close()
  return logAt(path, store)
}

async function logAt(path: string, store: ReturnType<typeof openSqlite>): Promise<Log> {
  const events = await store.head()
  const opened = (await store.read(0, 1))[0]!
  if (opened.type !== 'ProgrammeOpened') throw new Error('the log begins with something else')
  const { units } = opened.data.programme
  return {
    path,
    events,
    root: units.find((unit) => unit.parent === null)!.code,
    momentOf: async (share) => (await store.read(Math.floor(share * (events - 1)), 1))[0]!.at,
    close: () => store.close(),
  }
}

/** What quality questions ask about in a log as it was left, and what they find of faults planted into it (R44–R50). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openCore } from '../../server/core/core.ts'
import { DEFAULT_PROGRAMME, programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { createPlayer, prepare } from '../../server/tools/replay/player.ts'
import { readFormat } from '../../server/tools/replay/format.ts'
import { readSource } from '../../server/tools/replay/source.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { fillHistory, openSimulated } from '../../server/tools/simulate/history.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'
import { emptyWorld, settingOf, type World } from '../../shared/domain/world.ts'
import { evolve } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { QUALITY_CODES } from '../../shared/quality/question.ts'
import { qualityQuestions } from '../../shared/quality/questions.ts'
import { sceneIn } from '../../shared/quality/scene.ts'
import { chance } from '../support/chance.ts'
import { askedOf, placesOf, plantedOf } from '../support/planted.ts'
import { type Benchmark, type BenchOptions, type Metric, metricOf } from './measure.ts'

const RECORDED = { program: 'italy-2021', data: '../shared/data/italy-2021' }
const PLANTED = 200
/** of planted faults: the figures differ with what is planted, so one seed says little by itself */
const SEEDS = [1, 2, 3]
const EVENTS = 10_000
const ONE = '≤ 0.5'
const ALL = '≤ 1.5'
const FOUND = '≥ 80'

/** A log by name, and how its world is filled. */
interface Log {
  name: string
  fill(store: Store): Promise<void>
}

export async function questions({ program, data }: BenchOptions): Promise<Benchmark> {
  const logs: Log[] = program === undefined ? [simulated()] : [recorded(program, data ?? programmeFolder(program))]
  const setting = [
    `shares are of the figures with a value; found: of ${PLANTED} planted faults, the median of seeds ${SEEDS.join(', ')}`,
    'a digit too many or too few, and corrections to 3 to 10 times the figure or as small a part, in figures of 100 and more',
  ]
  if (program === undefined) {
    if (existsSync(RECORDED.data)) logs.push(recorded(RECORDED.program, RECORDED.data))
    else setting.push(`${RECORDED.data} is not there: without the recorded log`)
  }
  const metrics: Metric[] = []
  for (const log of logs) metrics.push(...(await measured(log, setting)))
  return { setting, metrics }
}

async function measured({ name, fill }: Log, setting: string[]): Promise<Metric[]> {
  const store = openSqlite(':memory:')
  await fill(store)
  const world = emptyWorld()
  const ever = new Map<string, Set<string>>()
  for (let seq = 0; ; seq += EVENTS) {
    const events = await store.read(seq, EVENTS)
    for (const event of events) {
      evolve(world, event)
      if ('values' in event.data && 'unit' in event.data && 'day' in event.data)
        note(world, event.data as { unit: string; day: string }, ever)
    }
    if (events.length < EVENTS) break
  }
  await store.close()
  const scene = sceneIn(world, world.setting!)
  const cells = placesOf(scene).length
  const asked = askedOf(scene)
  setting.push(`${name}: ${cells} figures as they stand at the end of ${world.seq} events`)
  const share = (n: number) => [(100 * n) / cells]
  const metric = (what: string, unit: string, values: number[], aim: string | null) =>
    metricOf({ name: `${name}: ${what}`, unit, aim }, values, null)
  return [
    ...QUALITY_CODES.flatMap((code) => {
      const found = SEEDS.map((seed) => {
        const counts = plantedOf(scene, code, PLANTED, chance(seed))
        return counts.planted === 0 ? NaN : (100 * counts.found) / counts.planted
      })
      return [
        metric(`${code} asked`, '%', share(asked[code]), ONE),
        metric(`${code} asked at any time`, '%', share(ever.get(code)?.size ?? 0), null),
        // a log may have no room for a kind of fault
        ...(found.some(Number.isNaN) ? [] : [metric(`${code} found`, '%', found, FOUND)]),
      ]
    }),
    metric('all asked', '%', share(asked.any), ALL),
    metric('all asked at any time', '%', share(new Set([...ever.values()].flatMap((set) => [...set])).size), null),
  ]
}

/** Figures that are asked about at the moment at which their report came or changed. */
function note(world: World, { unit, day }: { unit: string; day: string }, ever: Map<string, Set<string>>): void {
  for (const { code, counter } of qualityQuestions(sceneIn(world, world.setting!), unit, day)) {
    const places = ever.get(code) ?? new Set()
    ever.set(code, places.add(`${unit}/${dayNumber(day)}/${counter}`))
  }
}

function simulated(): Log {
  const folder = programmeFolder(DEFAULT_PROGRAMME)
  const loaded = loadProgramme(folder)
  const simulation = loadSimulation(folder)
  if (!loaded.ok || !simulation.ok) throw new Error(`${folder} does not load`)
  return {
    name: 'simulated',
    async fill(store) {
      const clock = setClock()
      const core = await openCore({ store, now: clock.now })
      await openSimulated({ core, clock }, loaded.programme)
      await fillHistory({ core, clock, simulation: simulation.simulation, seed: 1 })
      await core.close()
    },
  }
}

function recorded(program: string, data: string): Log {
  const folder = programmeFolder(program)
  const loaded = loadProgramme(folder)
  if (!loaded.ok) throw new Error(`${folder} does not load`)
  const setting = settingOf(loaded.programme, 'replayed')
  const format = readFormat(folder, setting)
  const source = readSource(join(data), format, setting)
  return {
    name: loaded.programme.key,
    async fill(store) {
      const clock = setClock()
      const core = await openCore({ store, now: clock.now })
      await prepare(core, clock, loaded.programme, format)
      const player = createPlayer(core, clock, format)
      for (const publication of source.publications) await player.play(publication)
      await player.finish()
      await core.close()
    },
  }
}

/** The simulated city as a file that a server can be started on. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openCore } from '../../../server/core/core.ts'
import { DEFAULT_PROGRAMME, programmeFolder } from '../../../server/programs/find.ts'
import { loadProgramme } from '../../../server/programs/load.ts'
import { openSqlite } from '../../../server/store/sqlite.ts'
import { copyLog } from '../../../server/tools/copy.ts'
import { setClock } from '../../../server/tools/simulate/clock.ts'
import { fillHistory, openSimulated } from '../../../server/tools/simulate/history.ts'
import { loadSimulation } from '../../../server/tools/simulate/simulation.ts'
import type { Programme } from '../../../shared/domain/programme.ts'

const FOLDER = './data/bench'

export interface CityLog {
  /** a fresh copy of the file */
  copy(): string
  programme: Programme
  /** ms since epoch of its last moment */
  end: number
  events: number
  /** of the office, who may report for any street */
  office: string
  /** two others, who only look */
  others: string[]
  remove(): void
}

export async function cityLog(): Promise<CityLog> {
  const folder = programmeFolder(DEFAULT_PROGRAMME)
  const loaded = loadProgramme(folder)
  const simulation = loadSimulation(folder)
  if (!loaded.ok || !simulation.ok) throw new Error(`${folder} does not load`)
  const { programme } = loaded
  const memory = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store: memory, now: clock.now })
  await openSimulated({ core, clock }, programme)
  await fillHistory({ core, clock, simulation: simulation.simulation, seed: 1 })
  const { root } = core.setting()!.units
  const office = simulation.simulation.people.find((p) => p.role === 'office' && p.unit === root)!.member
  const others = simulation.simulation.people
    .map((p) => p.member)
    .filter((member) => member !== office)
    .slice(0, 2)
  await core.close()
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const path = join(FOLDER, 'city.db')
  const file = openSqlite(path)
  const events = await copyLog(memory, file)
  await file.close()
  await memory.close()
  let copies = 0
  return {
    copy() {
      const name = join(FOLDER, `city-${++copies}.db`)
      copyFileSync(path, name)
      return name
    },
    programme,
    end: clock.now().getTime(),
    events,
    office,
    others,
    remove: () => rmSync(FOLDER, { recursive: true, force: true }),
  }
}

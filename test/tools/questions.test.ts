/** Quality questions about the simulated city: how much they ask, and what they find of planted faults. */
import { expect, test } from 'vitest'
import { openCore } from '../../server/core/core.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { fillHistory, openSimulated } from '../../server/tools/simulate/history.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'
import { emptyWorld } from '../../shared/domain/world.ts'
import { evolve } from '../../shared/event.ts'
import { QUALITY_CODES } from '../../shared/quality/question.ts'
import { sceneIn } from '../../shared/quality/scene.ts'
import { chance } from '../support/chance.ts'
import { askedOf, placesOf, plantedOf } from '../support/planted.ts'

const folder = programmeFolder('shenzhen-2008')
const loaded = loadProgramme(folder)
const simulation = loadSimulation(folder)
if (!loaded.ok || !simulation.ok) throw new Error('the programme does not load; see test/programs')

/** Of each kind. */
const PLANTED = 50

test('R45–R50 of the simulated city each test asks about at most 0.5% of figures, all about 1.5%, and finds 80% of its faults', async () => {
  const store = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store, now: clock.now })
  await openSimulated({ core, clock }, loaded.programme)
  await fillHistory({
    core,
    clock,
    simulation: { ...simulation.simulation, until: { day: '2008-03-14', time: '18:00' } },
    seed: 1,
  })
  const world = emptyWorld()
  for (const event of await store.read(0, 1_000_000)) evolve(world, event)
  await core.close()
  await store.close()
  const scene = sceneIn(world, world.setting!)
  const figures = placesOf(scene).length
  expect(figures).toBeGreaterThan(8_000)
  const asked = askedOf(scene)
  for (const code of QUALITY_CODES) {
    expect(asked[code] / figures, code).toBeLessThanOrEqual(0.005)
    const { planted, found } = plantedOf(scene, code, PLANTED, chance(1))
    expect(planted, code).toBe(PLANTED)
    expect(found / planted, code).toBeGreaterThanOrEqual(0.8)
  }
  expect(asked.any / figures).toBeLessThanOrEqual(0.015)
}, 120_000)

/** What simulated people say is about the figure that they say it of. */
import { expect, test } from 'vitest'
import { programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { fitting } from '../../server/tools/simulate/review.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'

test('a returned figure is not told what is wrong with another counter', () => {
  const folder = programmeFolder('shenzhen-2008')
  const [loaded, found] = [loadSimulation(folder), loadProgramme(folder)]
  if (!loaded.ok || !found.ok) throw new Error('the programme does not load; see test/programs')
  const { counters } = found.programme
  for (const said of [loaded.simulation.words.returned, loaded.simulation.words.asked])
    for (const { key, name } of counters) {
      const texts = fitting(said, [{ counter: key }])
      expect(texts).not.toEqual([])
      const others = counters.filter((c) => c.key !== key).map((c) => `${c.name.zh}数`)
      expect(
        texts.filter((text) => others.some((other) => text.includes(other))),
        name.zh,
      ).toEqual([])
    }
  expect(fitting(['any', { of: ['a'], text: 'of a' }], [{ counter: 'a' }, { counter: 'b' }])).toEqual(['any'])
})

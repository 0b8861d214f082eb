/** The page about the figures, of the built-in programmes: all of their names, sources and holidays, also in the hand. */
import { loadProgramme } from '../../server/programs/load.ts'
import { PEOPLE } from '../support/people.ts'
import { startServer } from '../support/server.ts'
import { faultsOn } from './geometry/look.ts'
import { expect, remember, test } from './support.ts'

for (const key of ['shenzhen-2008', 'italy-2021'])
  test(`Q9 it is whole on a phone and on a desk: ${key}`, async ({ enter }) => {
    const loaded = loadProgramme(`server/programs/${key}`)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
    const { programme } = loaded
    const server = await startServer({ authClock: () => new Date(), people: false, programme })
    const { id, name } = PEOPLE.find(({ role }) => role === 'office')!
    const office = { id, name, role: 'office' as const, unit: programme.units.find((u) => u.parent === null)!.code }
    const { unit, role } = office
    const data = { member: id, name, role, unit }
    const system = { id: 'system', name: 'system', role: 'system' as const, unit: '' }
    await server.server.core.dispatch({ id: `add-${id}-person`, kind: 'AddMember', data }, system)
    await server.account(office, id)
    for (const locale of ['zh', 'en'] as const) {
      const page = await enter(server, id, 'about:blank', { reducedMotion: 'reduce' })
      await remember(page, { locale, theme: 'light' })
      await page.goto('/figures')
      await page.locator('main table').last().waitFor()
      for (const [width, height] of [
        [390, 844],
        [1280, 720],
      ] as const) {
        await page.setViewportSize({ width, height })
        expect.soft(await faultsOn(page), `${locale}, ${String(width)}`).toEqual([])
      }
      await page.context().close()
    }
    await server.close()
  })

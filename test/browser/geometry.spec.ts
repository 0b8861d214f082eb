/** Every figure is whole: the pages of the programme with the longest names, at the sizes that desks and phones have. */
import { faultsOn } from './geometry/look.ts'
import { setLongScene } from './longScene.ts'
import type { Stop } from './scene.ts'
import { expect, remember, serverForFile, test } from './support.ts'

const FULL = process.env.FULL === '1'
const SIZES = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
  ...(FULL
    ? [
        { width: 1366, height: 768 },
        { width: 1440, height: 900 },
        { width: 1920, height: 1080 },
      ]
    : []),
]
const THEMES = FULL ? (['light', 'dark'] as const) : (['light'] as const)

const server = serverForFile({ programme: 'long' })
let stops: readonly Stop[] = []
test.beforeAll(async () => {
  stops = await setLongScene(server)
})

for (const locale of ['zh', 'en'] as const)
  test(`Q9: no text is cut or lies over another, no mark leaves its chart, no control is too small: ${locale}`, async ({
    enter,
  }) => {
    test.setTimeout(FULL ? 900_000 : 240_000)
    for (const stop of stops) {
      const page = await enter(server, stop.login, 'about:blank', { reducedMotion: 'reduce' })
      await remember(page, { locale, theme: 'light' })
      await page.goto(stop.path)
      await page.locator(stop.last).first().waitFor()
      for (const size of SIZES) {
        await page.setViewportSize(size)
        for (const theme of THEMES) {
          await page.evaluate((wanted) => {
            document.documentElement.dataset.theme = wanted
          }, theme)
          const at = `${stop.name}, ${String(size.width)}×${String(size.height)}, ${locale}, ${theme}`
          expect.soft(await faultsOn(page), at).toEqual([])
        }
      }
      await page.context().close()
    }
  })

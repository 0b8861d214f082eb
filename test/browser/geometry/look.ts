/** Looks at a page as it stands, from its top to its end, and says everything that is not whole. */
import type { Page } from '@playwright/test'
import { markFaults } from './marks.ts'
import { targetFaults } from './targets.ts'
import { textFaults } from './texts.ts'
import { installTools } from './tools.ts'

/** ms without a change of size or place after which a page is taken to be drawn: charts rest 300 ms before they draw again */
const STILL_MS = 900

/** Resolves when nothing on the page has changed its place for a while. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async (still) => {
    await document.fonts.ready
    const places = () =>
      [...document.querySelectorAll('body *')]
        .map((e) => {
          const { x, y, width, height } = e.getBoundingClientRect()
          return `${String(x)} ${String(y)} ${String(width)} ${String(height)}`
        })
        .join()
    let before = ''
    for (let waited = 0; waited < still; waited += 150) {
      const now = places()
      if (now !== before) waited = 0
      before = now
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }, STILL_MS)
}

/** Every fault once, in words. */
export async function faultsOn(page: Page): Promise<string[]> {
  await settled(page)
  await page.evaluate(installTools)
  const found = new Set<string>(await page.evaluate(wideFaults))
  for (;;) {
    for (const read of [textFaults, markFaults, targetFaults])
      for (const fault of await page.evaluate(read)) found.add(fault)
    const more = await page.evaluate(() => {
      const before = scrollY
      scrollBy({ top: innerHeight * 0.6, behavior: 'instant' })
      return scrollY > before
    })
    if (!more) break
  }
  await page.evaluate(() => {
    scrollTo({ top: 0, behavior: 'instant' })
    window.geometry.remove()
  })
  return [...found]
}

/** What sticks out at the right and makes the page scroll sideways. */
function wideFaults(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth > clientWidth ? [`the page is ${String(scrollWidth - clientWidth)} px too wide`] : []
}

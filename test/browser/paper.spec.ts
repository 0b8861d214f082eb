/** What is put on paper is light, whole, and says by itself what it shows (case L5, finding U10). */
import type { Page } from '@playwright/test'
import { textFaults } from './geometry/texts.ts'
import { markFaults } from './geometry/marks.ts'
import { installTools } from './geometry/tools.ts'
import { settled } from './geometry/look.ts'
import { setScene, type Stop } from './scene.ts'
import { expect, remember, serverForFile, test } from './support.ts'

const server = serverForFile()
let stops: readonly Stop[] = []
test.beforeAll(async () => {
  stops = await setScene(server)
})

const PAGES = ['overview', 'district', 'street', 'sheet of a past day', 'issues', 'issue', 'people', 'operation']

/** Words of charts that a reader of white paper could not make out, and large areas that would be black. */
const heavyOn = (page: Page) =>
  page.evaluate(() => {
    const rgb = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const light = (colour: string) => {
      const [r, g, b] = rgb(colour).map((v) =>
        v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const words = [...document.querySelectorAll('main svg text')]
    const faint = words.filter((word) => 1.05 / (light(getComputedStyle(word).fill) + 0.05) < 3)
    const black = [...document.querySelectorAll('main svg :is(rect, path)')].filter((shape) => {
      const { fill, stroke } = getComputedStyle(shape)
      const { width, height } = shape.getBoundingClientRect()
      return (
        stroke === 'none' && rgb(fill).length >= 3 && rgb(fill)[3] !== 0 && light(fill) < 0.03 && width * height > 1_500
      )
    })
    return {
      words: words.length,
      faint: faint.map((word) => word.textContent),
      black: black.map((shape) => shape.outerHTML.slice(0, 90)),
    }
  })

for (const locale of ['zh', 'en'] as const)
  test(`Q10: every page is light on paper, whole, and says what it is: ${locale}`, async ({ enter }) => {
    test.setTimeout(180_000)
    for (const { name, login, path, last } of stops.filter((stop) => PAGES.includes(stop.name))) {
      const page = await enter(server, login, 'about:blank', { reducedMotion: 'reduce' })
      await remember(page, { locale, theme: 'dark' })
      await page.goto(path)
      await page.locator(last).first().waitFor()
      await settled(page)
      await page.emulateMedia({ media: 'print' })
      await settled(page)
      const head = page.locator('.paper-head')
      await expect.soft(head, name).toContainText('Tiny programme')
      await expect.soft(head, name).toContainText(/Unit [ABC]/)
      await expect.soft(head, name).toContainText(locale === 'zh' ? /日志第 \d+ 条/ : /line \d+ of the log/)
      await expect.soft(page.getByRole('navigation').filter({ hasText: /填报|Report/ }), name).toBeHidden()
      const { faint, black } = await heavyOn(page)
      expect.soft({ faint, black }, name).toEqual({ faint: [], black: [] })
      await page.evaluate(installTools)
      const faults = [...(await page.evaluate(textFaults)), ...(await page.evaluate(markFaults))]
      expect.soft(faults, name).toEqual([])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect.soft(wide, `${name}: too wide by`).toBeLessThanOrEqual(0)
      await page.context().close()
    }
  })

test('Q10: charts are drawn for paper before the browser goes on, whatever the screen shows', async ({ enter }) => {
  const page = await enter(server, 'office', 'about:blank', { viewport: { width: 1920, height: 1080 } })
  await remember(page, { locale: 'en', theme: 'dark' })
  await page.goto('/u/C')
  await page.locator('.chart svg').first().waitFor()
  await settled(page)
  const drawn = () => {
    const chart = document.querySelector('.echarts-host svg')!
    return {
      colour: getComputedStyle([...chart.querySelectorAll('text')].find((t) => t.textContent === 'Today')!).fill,
      isRoomy: chart.getBoundingClientRect().right <= chart.closest('.panel')!.getBoundingClientRect().right + 1,
      width: chart.getAttribute('width'),
    }
  }
  const before = await page.evaluate(drawn)
  await page.evaluate(`globalThis.drawn = ${drawn.toString()}`)
  const onPaper = await page.evaluate(async () => {
    dispatchEvent(new Event('beforeprint'))
    // no frame and no timer comes between this and the paper
    for (let turn = 0; turn < 100; turn++) await Promise.resolve()
    return (globalThis as unknown as { drawn: () => unknown }).drawn()
  })
  expect(onPaper).toMatchObject({ colour: 'rgb(25, 30, 36)', isRoomy: true })
  expect(onPaper).not.toMatchObject({ width: before.width })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect.poll(() => page.evaluate(drawn)).toEqual(before)
})

test('Q10: paper is laid out for its own width, whatever the browser takes for the width of the screen', async ({
  enter,
}) => {
  const page = await enter(server, 'legal', 'about:blank', { viewport: { width: 780, height: 600 } })
  await remember(page, { locale: 'en', theme: 'dark' })
  await page.goto('/issues/1')
  const left = page.getByRole('heading', { level: 1 })
  const right = page.getByRole('heading', { name: 'Figures concerned' })
  await right.waitFor()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  const [question, figures] = await Promise.all([left.boundingBox(), right.boundingBox()])
  expect(figures!.x).toBeGreaterThan(question!.x + 400)
  await expect(page.getByText('All legal questions')).toBeHidden()
  await page.goto('/issues')
  await page.locator('main ol').waitFor()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('main .list .head')).toBeVisible()
  await page.goto('/u/C')
  await page.locator('.chart svg').first().waitFor()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('.ranking')).not.toContainText(/of \d+ shown/)
})

test('Q10: a page on paper that cannot prove to be current says so, in figures that can be read', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C')
  await page.locator('.chart svg').first().waitFor()
  await server.kill()
  await expect(page.getByRole('status').filter({ hasText: '不能证明为最新' })).toBeVisible({ timeout: 20_000 })
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('status').filter({ hasText: '不能证明为最新' })).toBeVisible()
  const figure = page.locator('.figure').first()
  await expect(figure).toHaveCSS('-webkit-text-stroke-width', '0px')
  await expect(figure).toHaveCSS('color', 'rgb(74, 82, 91)')
  await server.start()
})

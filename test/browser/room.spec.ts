/** Room on a screen (L11): what matters is in sight, whole, and stays where it is. */
import { setScene, WARNED } from './scene.ts'
import { expect, remember, sender, serverForFile, test } from './support.ts'

const server = serverForFile()
test.beforeAll(async () => {
  await setScene(server)
})

test('At 1280×720 what wants somebody is in sight, and nothing of today or of the chosen counter is cut', async ({
  enter,
}) => {
  for (const locale of ['zh', 'en'] as const) {
    const page = await enter(server, 'office', 'about:blank', { viewport: { width: 1280, height: 720 } })
    await remember(page, { locale, theme: 'light' })
    for (const path of ['/u/C?target=count', '/u/A?target=count', '/u/A1?target=count']) {
      await page.goto(path)
      await page.locator('.place .chart svg').waitFor()
      const attention = (await page.locator('#attention').boundingBox())!
      expect(attention.y + attention.height, `${locale} ${path}`).toBeLessThan(720)
      const cut = await page.evaluate(() => {
        const found: string[] = []
        const inside = (selector: string, box: DOMRect, what: string) => {
          for (const e of document.querySelectorAll<HTMLElement>(selector)) {
            const { left, right, bottom, width } = e.getBoundingClientRect()
            if (width > 0 && (left < box.left - 1 || right > box.right + 1 || bottom > box.bottom + 1))
              found.push(`${what}: ${e.textContent}`)
          }
        }
        const today = document.querySelector('section.today')!
        inside(
          'section.today :is(li, .legend li, .lines p)',
          new DOMRect(0, 0, innerWidth, document.documentElement.scrollHeight),
          'today',
        )
        const days = document.querySelector('section.days .window')
        if (days !== null) inside('section.days :is(th, td).chosen', days.getBoundingClientRect(), 'days')
        if (today.scrollHeight > today.clientHeight + 1) found.push('today is longer than its panel')
        return found
      })
      expect(cut, `${locale} ${path}`).toEqual([])
    }
  }
})

test('A page of a question does not scroll where there is room for it', async ({ enter }) => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ]) {
    const page = await enter(server, 'legal', '/issues/1', { viewport })
    await page.locator('.picture svg').waitFor()
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ])
    expect(size).toEqual([viewport.width, viewport.height])
    const [text, box] = await Promise.all([
      page.locator('.timeline').boundingBox(),
      page.locator('form.composer').boundingBox(),
    ])
    expect(box!.y - (text!.y + text!.height), 'the box follows what is answered').toBeLessThan(24)
  }
})

test('The axis names every amount whole, however large', async ({ enter }) => {
  const send = await sender(server, 'otherA')
  const item = {
    unit: 'A3',
    day: '2008-01-07',
    reason: 'a slip',
    confirmed: WARNED,
  }
  await send('SubmitReports', {
    items: [{ ...item, values: { accepted: 999_000_000, issued: 999_000_000 }, basedOn: 0 }],
  })
  for (const locale of ['zh', 'en'] as const) {
    const page = await enter(server, 'office', 'about:blank')
    await remember(page, { locale, theme: 'light' })
    for (const path of ['/u/A3?target=count', '/u/C?target=count', '/issues/1']) {
      await page.goto(path)
      await page.locator('.picture svg').waitFor()
      const cut = () =>
        page.evaluate(() => {
          const svg = document.querySelector('div[role=img] svg')!
          const box = svg.getBoundingClientRect()
          return [...svg.querySelectorAll('text')].flatMap((text) => {
            const { left, right } = text.getBoundingClientRect()
            return left < box.left || right > box.right + 0.5 ? [text.textContent] : []
          })
        })
      await expect.poll(cut, `${locale} ${path}`).toEqual([])
    }
  }
})

test('Q6 while reports stream in, what has not changed stays where it is', async ({ enter }) => {
  const page = await enter(server, 'office', 'about:blank')
  await page.context().addInitScript(() => {
    const held = window as unknown as { shifted: number }
    held.shifted = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) held.shifted += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto('/u/C?target=count')
  await page.locator('.place .chart svg').waitFor()
  await page.waitForTimeout(3_000)
  const shifted = () => page.evaluate(() => (window as unknown as { shifted: number }).shifted)
  const before = await shifted()
  const [a, b] = [await sender(server, 'otherA'), await sender(server, 'districtB')]
  const version = new Map<string, number>()
  for (let i = 0; i < 60; i++) {
    const unit = (['A1', 'B1', 'A2', 'A3'] as const)[i % 4]!
    const known = version.get(unit)
    const item = {
      ...{ unit, day: '2008-01-02', reason: 'counted again', basedOn: known ?? 0, confirmed: WARNED },
      ...(known === undefined ? {} : { type: 'corrected' as const }),
      values: { accepted: 200 + 13 * i, issued: 150 + 11 * i },
    }
    version.set(unit, await (unit === 'B1' ? b : a)('SubmitReports', { items: [item] }))
    await page.waitForTimeout(250)
    // a burst leaves no hole: lines lie one under the other from the top of their window
    const gaps = await page.evaluate(() => {
      const list = [...document.querySelectorAll('section.changes li')].map((li) => li.getBoundingClientRect())
      return list.slice(1).filter((box, n) => Math.abs(box.top - list[n]!.bottom) > 1).length
    })
    expect(gaps).toBe(0)
  }
  expect((await shifted()) - before, 'in a quarter of a minute').toBeLessThan(0.0025)
})

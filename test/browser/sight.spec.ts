/** A page that nobody looks at for long: its timers are slowed or stand still, days pass; then it is looked at again. */
import type { Page } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expect, markPage, sender, sheetOf, test, watchOf } from './support.ts'

const HOUR = 3_600_000
let server: TestServer
let elapsed: number
test.beforeEach(async () => {
  elapsed = 1e6
  server = await startServer({ elapsed: () => elapsed, authClock: () => new Date() })
  for (const person of PEOPLE) await server.account(person, person.id)
})
test.afterEach(() => server.close())

/** from 10:00 of 10 January on */
function pass(hours: number): void {
  elapsed += hours * HOUR
  server.clock.now = new Date(server.clock.now.getTime() + hours * HOUR)
}

interface Sight {
  look(seen: boolean): void
}
const inSight = (page: Page, seen: boolean) => page.evaluate((is) => (window as unknown as Sight).look(is), seen)

/**
 * Before a page is loaded: it can be put out of sight as browsers do it. It is told so, nothing is drawn, and timers wait for a
 * moment that comes every `every` ms (in a browser: every minute).
 */
async function prepare(page: Page, every: number): Promise<void> {
  await page.addInitScript((ms) => {
    let seen = true
    let frames: FrameRequestCallback[] = []
    const { requestAnimationFrame: frame, setTimeout: timeout, clearTimeout: clear, setInterval: interval } = window
    /** timers that wait for a moment, by the number that the page knows */
    const late = new Map<number, number>()
    const moment = () => Math.floor(performance.now() / ms)
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (seen ? 'visible' : 'hidden') })
    Object.defineProperty(Document.prototype, 'hidden', { get: () => !seen })
    window.requestAnimationFrame = (run) => (seen ? frame(run) : -frames.push(run))
    const slowTimeout = (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]): number => {
      const id = timeout(() => {
        if (seen) run(...args)
        else late.set(id, timeout(run, (moment() + 1) * ms - performance.now(), ...args))
      }, delay)
      return id
    }
    const slowInterval = (run: () => void, delay = 0): number => {
      let last = 0
      return interval(() => {
        if (!seen && last === moment()) return
        last = moment()
        run()
      }, delay)
    }
    const clearBoth = (id: number) => {
      clear(late.get(id))
      late.delete(id)
      clear(id)
    }
    Object.assign(window, { setTimeout: slowTimeout, setInterval: slowInterval, clearTimeout: clearBoth })
    ;(window as unknown as Sight).look = (is) => {
      seen = is
      document.dispatchEvent(new Event('visibilitychange'))
      if (!is) return
      for (const run of frames) frame(run)
      frames = []
    }
  }, every)
}

/** All that the watching page says, part by part. */
const said = (page: Page) =>
  page.evaluate(() =>
    ['h1', '.meta', '#attention', '.cards', '.place .picture']
      .concat(['ranking', 'today', 'changes', 'days', 'strip'].map((name) => `section.${name}`))
      .map((part) => document.querySelector(`main ${part}`)?.textContent ?? ''),
  )

/** Both say the same, and it is live. */
async function expectSame(page: Page, fresh: Page): Promise<void> {
  for (const tab of [page, fresh])
    await expect(tab.getByRole('banner').getByText('实时', { exact: true })).toBeVisible({ timeout: 15_000 })
  await fresh.locator('.place .chart svg').waitFor()
  await expect
    .poll(async () => {
      const [now, right] = [await said(page), await said(fresh)]
      return now.flatMap((text, i) => (text === right[i] ? [] : [`${text} ≠ ${String(right[i])}`]))
    })
    .toEqual([])
}
const PAGE = '/u/C?target=count'

test('G7 Out of sight with slowed timers while reports stream in: looked at again, every figure is that of now', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const page = await enter(server, 'office', 'about:blank')
  await prepare(page, 8_000)
  await page.goto(PAGE)
  await page.locator('.place .chart svg').waitFor()
  const same = await markPage(page)
  const [a, b] = [await sender(server, 'districtA'), await sender(server, 'districtB')]
  const basis = new Map<string, number>()
  const stream = async (times: number, from: number) => {
    for (let i = 0; i < times; i++) {
      const unit = (['A1', 'B1', 'A2', 'A3'] as const)[i % 4]!
      const values = { accepted: 100 + from + i, issued: 60 + from + i }
      const item = { unit, day: '2008-01-10', values, basedOn: basis.get(unit) ?? 0 }
      basis.set(unit, await (unit === 'B1' ? b : a)('SubmitReports', { items: [item] }))
      await page.waitForTimeout(50)
    }
  }
  await stream(8, 0)
  await expect(watchOf(page).changes.first()).toBeVisible()
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length)
  const before = await nodes()
  await inSight(page, false)
  await stream(160, 8)
  // no more lines, rows and marks than there is room for
  expect((await nodes()) - before).toBeLessThan(200)
  // all has come in before it is looked at, and nothing comes after that
  await expect(watchOf(page).approved('count', 902)).toBeAttached()
  await inSight(page, true)
  await expectSame(page, await enter(server, 'office', PAGE))
  await same()
})

test('G7 Hours of sleep over midnight: what was typed is there, the new day is said, and every figure is that of now', async ({
  enter,
}) => {
  const page = await enter(server, 'office', 'about:blank')
  const typing = await enter(server, 'districtA', 'about:blank')
  for (const tab of [page, typing]) await tab.clock.install()
  await page.goto(PAGE)
  await typing.goto('/sheet/A')
  await page.locator('.place .chart svg').waitFor()
  await sheetOf(typing).cell('A1', 'accepted').click()
  await typing.keyboard.type('43')
  const same = [await markPage(page), await markPage(typing)]
  const send = await sender(server, 'districtB')
  for (let hour = 0; hour < 15; hour++) {
    pass(1)
    if (hour < 6)
      await send('SubmitReports', {
        items: [
          {
            ...{ unit: 'B1', day: '2008-01-0' + String(4 + hour), values: { accepted: 50, issued: 33 + hour } },
            ...{ basedOn: 0, reason: 'the line was down' },
          },
        ],
      })
    for (const tab of [page, typing]) await tab.clock.fastForward(HOUR)
  }
  await expect(page.getByText('2008年1月11日').first()).toBeVisible({ timeout: 20_000 })
  await expectSame(page, await enter(server, 'office', PAGE))
  await expect(typing.getByRole('status').filter({ hasText: '今天已是1月11日' })).toBeVisible()
  const sheet = sheetOf(typing)
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('43')
  await expect(sheet.cell('A1', 'accepted')).toBeFocused()
  await typing.keyboard.type('1')
  await typing.keyboard.press('Tab')
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('431')
  for (const check of same) await check()
})

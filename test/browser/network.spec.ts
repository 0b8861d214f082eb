/** A network that swallows everything and says nothing: the page stops claiming to be current, and heals by itself. */
import type { Page } from '@playwright/test'
import { expect, markPage, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()

/** A network in which nothing arrives and nothing is refused while `on` is true, as behind a firewall that drops packets. */
async function blackHole(page: Page): Promise<{ on: boolean }> {
  const hole = { on: false }
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const up = socket.connectToServer()
    socket.onMessage((message) => {
      if (!hole.on) up.send(message)
    })
    up.onMessage((message) => {
      if (!hole.on) socket.send(message)
    })
  })
  // never answered, also not after the network is back
  await page.route('**/api/**', (route) => (hole.on ? undefined : route.continue()))
  return hole
}

const mark = (page: Page, word: string) => page.getByRole('banner').getByText(word, { exact: true })
const banner = (page: Page) => page.getByRole('status').filter({ hasText: '不能证明为最新' })
const solid = (page: Page) => expect(page.locator('html')).not.toHaveClass(/stale/)

test('When the network swallows everything the page says that it checks, then that it is stale, and heals by itself', async ({
  enter,
}) => {
  const page = await enter(server, 'office', 'about:blank')
  const hole = await blackHole(page)
  await page.goto('/u/C?target=count')
  await expect(watchOf(page).approved('count', 0)).toBeVisible()
  await expect(mark(page, '实时')).toBeVisible()
  const stayed = await markPage(page)

  const began = Date.now()
  hole.on = true
  await expect(mark(page, '核对中')).toBeVisible({ timeout: 8_000 })
  await solid(page)
  await expect(banner(page)).toHaveCount(0)
  await expect(banner(page)).toBeVisible({ timeout: 8_000 })
  const staleAfter = Date.now() - began
  expect(staleAfter, 'ten seconds after the last proof, which is at most five seconds old').toBeGreaterThan(4_000)
  expect(staleAfter).toBeLessThan(12_500)
  await expect(page.locator('html'), 'nothing looks solid').toHaveClass(/stale/)

  // meanwhile the world goes on
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [{ unit: 'A1', day: '2008-01-10', values: { accepted: 300, issued: 250 }, basedOn: 0 }],
  })
  await expect(watchOf(page).approved('count', 0)).toBeVisible()
  hole.on = false
  await expect(mark(page, '实时')).toBeVisible({ timeout: 5_000 })
  await expect(banner(page)).toHaveCount(0)
  await expect(watchOf(page).approved('count', 250)).toBeVisible()
  await expect(watchOf(page).changes).toHaveCount(1)
  await solid(page)
  await stayed()
})

test('A page that was gone to meanwhile is there as soon as the network is', async ({ enter }) => {
  const page = await enter(server, 'office', 'about:blank')
  const hole = await blackHole(page)
  await page.goto('/u/C?target=count')
  await page.locator('.chart svg').first().waitFor()
  hole.on = true
  await watchOf(page).ranking('B').getByRole('link', { name: 'B', exact: true }).click()
  await expect(banner(page)).toBeVisible({ timeout: 20_000 })
  hole.on = false
  await expect(watchOf(page).headline).toContainText('Unit B', { timeout: 5_000 })
  await expect(mark(page, '实时')).toBeVisible({ timeout: 5_000 })
})

test('What is sent into a network that swallows everything waits and has one effect', async ({ enter }) => {
  const page = await enter(server, 'districtB', 'about:blank')
  const hole = await blackHole(page)
  await page.goto('/sheet/B')
  const sheet = sheetOf(page)
  await sheet.report('B1', 90, 61)
  hole.on = true
  await sheet.send.click()
  const strip = page.getByRole('status').filter({ hasText: '本机草稿' })
  await expect(strip).toContainText('等待上报', { timeout: 25_000 })
  await expect(sheet.cell('B1', 'issued')).toHaveValue('61')
  await expect(sheet.line('B1')).not.toContainText('审定')

  hole.on = false
  await expect(sheet.line('B1')).toContainText('审定', { timeout: 15_000 })
  await expect(strip).toHaveCount(0)
  await sheet.cell('B1', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText(/61\s*上报\s*District B/)
})

test('S11 A page that the browser says is offline says so at once, and is current a moment after it is online again', async ({
  enter,
}) => {
  const page = await enter(server, 'viewer', '/u/B?target=count')
  await page.locator('.chart svg').first().waitFor()
  await expect(mark(page, '实时')).toBeVisible()
  const stayed = await markPage(page)
  /** what the mark says first of all that is not live, and whether the page is called old by then */
  const first = page.evaluate(
    () =>
      new Promise<string>((said) => {
        const look = () => {
          const mark = document.querySelector('.freshness')!
          if (!mark.classList.contains('live')) said(mark.querySelector('b')!.textContent)
        }
        new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, childList: true })
      }),
  )
  await page.context().setOffline(true)
  expect(await first, 'S11 not "checking", and not after ten seconds').toBe('离线')
  const send = await sender(server, 'districtB')
  await send('SubmitReports', {
    items: [{ unit: 'B1', day: '2008-01-09', values: { accepted: 50, issued: 9 }, basedOn: 0, reason: 'late' }],
  })
  await page.context().setOffline(false)
  await expect(watchOf(page).changes.filter({ hasText: '1/9' })).toHaveCount(1, { timeout: 5_000 })
  await expect(mark(page, '实时')).toBeVisible()
  await stayed()
})

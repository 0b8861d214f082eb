/** No page keeps anybody out: axe finds nothing serious, in light and in dark. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { setScene, type Stop } from './scene.ts'
import { expect, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()
let stops: readonly Stop[] = []
test.beforeAll(async () => {
  stops = await setScene(server)
})

/** Pages made of the same parts as others. */
const SAME = ['sheet of a past day', 'closed issue']

/** Holds that axe finds nothing serious or critical on the page as it stands. */
async function clear(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate(async (wanted) => {
      document.documentElement.dataset.theme = wanted
      // what fades in is judged when it is there
      await Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined)))
    }, theme)
    // no frames here, so nothing is missed by looking from inside the page, and it is three times as fast
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    // in the dark nothing but the colours is another
    if (theme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    const found = violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .flatMap((v) => v.nodes.map((n) => `${v.id} ${n.target.join(' ')}: ${n.failureSummary ?? v.help}`))
    expect.soft(found, `${name}, ${theme}`).toEqual([])
  }
}

test('Every page can be used by everybody', async ({ enter }) => {
  test.setTimeout(240_000)
  const pages = new Map<string | null, Page>()
  for (const stop of stops.filter((s) => !SAME.includes(s.name))) {
    const page = pages.get(stop.login) ?? (await enter(server, stop.login, 'about:blank'))
    pages.set(stop.login, page)
    await page.goto(stop.path)
    await page.locator(stop.last).first().waitFor()
    await clear(page, stop.name)
  }
})

test('So can what opens on them', async ({ enter }) => {
  test.setTimeout(120_000)
  const office = await enter(server, 'office', '/people')
  await office.getByRole('button', { name: '邀请人员' }).click()
  await clear(office, 'invitation')
  await office.keyboard.press('Escape')
  await office.getByRole('button', { name: '我的账户' }).click()
  await office.getByRole('button', { name: '修改密码' }).click()
  await clear(office, 'password')
  await office.goto('/u/C?target=count')
  await watchOf(office).table.click()
  await office.getByRole('button', { name: '我的账户' }).click()
  await clear(office, 'table of the chart, menu')
  await office.goto('/sheet/A')
  await office.getByRole('button', { name: '锁定', exact: true }).click()
  await clear(office, 'lock')
})

test('So can what takes figures back, moves them and settles them', async ({ enter }) => {
  test.setTimeout(120_000)
  const page = await enter(server, 'otherA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.todos.getByRole('button', { name: '采用我的数' }).first().click()
  await clear(page, 'settling a dispute')
  await page.keyboard.press('Escape')
  await sheet.cell('A1', 'issued').click()
  await page.getByRole('button', { name: '调整到别的单位或日期……' }).click()
  await page.getByRole('dialog').getByLabel('调整到').selectOption({ label: 'Unit A3' })
  await clear(page, 'moving a figure')
  await page.keyboard.press('Escape')
  await sheet.cell('A1', 'issued').click()
  await page.keyboard.press('Delete')
  await clear(page, 'a figure to be taken back')
  await sheet.send.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await clear(page, 'taking a figure back')
})

test('So can refusals, warnings and what is asked before sending', async ({ enter }) => {
  test.setTimeout(120_000)
  const page = await enter(server, 'districtB', '/sheet/B/2008-01-09')
  const sheet = sheetOf(page)
  await sheet.type('B1', 'accepted', '15O8')
  await sheet.cell('B1', 'accepted').click()
  await clear(page, 'refusal')
  await page.keyboard.type('10')
  await sheet.type('B1', 'issued', '900')
  await clear(page, 'warning')
  for (const tick of await sheet.todos.getByLabel('确认属实').all()) await tick.check()
  await sheet.send.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await clear(page, 'sending a late report')
  await page.goto('/sheet/B/2008-01-08')
  await sheet.todos.getByRole('button', { name: '不同意' }).click()
  await clear(page, 'an offer, and no to it')
  const form = await enter(server, 'districtB', '/issues/new')
  await form.getByRole('button', { name: '提交' }).click()
  await clear(form, 'an empty form')
})

test('So can a page that cannot prove to be current, and figures that wait for an answer', async ({ enter }) => {
  test.setTimeout(120_000)
  const overview = await enter(server, 'office', '/u/C?target=count')
  await overview.locator('.chart svg').first().waitFor()
  const page = await enter(server, 'districtB', '/sheet/B')
  const sheet = sheetOf(page)
  await sheet.report('B1', 120, 81)
  await server.kill()
  await sheet.send.click()
  await expect(page.getByRole('status').filter({ hasText: '等待上报' })).toBeVisible({ timeout: 20_000 })
  for (const stale of [overview, page])
    await expect(stale.getByRole('status').filter({ hasText: '不能证明为最新' })).toBeVisible({ timeout: 20_000 })
  await clear(overview, 'stale overview')
  await clear(page, 'stale sheet with waiting figures')
  await server.start()
  await expect(sheet.line('B1')).toContainText('审定', { timeout: 20_000 })
})

/** One browser, several tabs: one draft, one outbox, and commands that outlive the page that sent them. */
import type { BrowserContext, Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, signInAs, test } from './support.ts'

const server = serverForFile()

async function tabOf(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(path)
  return page
}

/**
 * Loses every answer to a command, by socket and by HTTP, until the returned function is called; the server has got the
 * command and carries it out. `ids` are those of the commands that went out, each time that they did.
 */
async function loseAnswers(page: Page): Promise<{ find(): void; ids: string[] }> {
  const ids: string[] = []
  let lost = true
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const up = socket.connectToServer()
    const asked = new Set<string>()
    socket.onMessage((message) => {
      const [, ack, id] = /^42(\d+)\["command",\{"id":"([^"]+)"/.exec(String(message)) ?? []
      if (id !== undefined) ids.push(id)
      if (ack !== undefined) asked.add(ack)
      up.send(message)
    })
    up.onMessage((message) => {
      const [, ack] = /^43(\d+)/.exec(String(message)) ?? []
      if (!lost || ack === undefined || !asked.has(ack)) socket.send(message)
    })
  })
  await page.route('**/api/v1/commands', async (route) => {
    ids.push((route.request().postDataJSON() as { id: string }).id)
    if (!lost) return route.continue()
    await route.fetch()
    await route.abort()
  })
  return { ids, find: () => (lost = false) }
}

test('Two tabs of one sheet keep one draft: nothing typed in either is lost, and the later typing of a cell wins', async ({
  enter,
}) => {
  const first = await enter(server, 'districtA', '/sheet/A/2008-01-10')
  const context = first.context()
  const second = await tabOf(context, '/sheet/A/2008-01-10')
  await expect(sheetOf(second).cell('A3', 'accepted')).toBeVisible()
  await sheetOf(first).type('A1', 'accepted', '2101')
  await sheetOf(first).type('A2', 'accepted', '2202')
  // opened before, untouched since
  await sheetOf(second).type('A3', 'accepted', '2303')
  for (const page of [first, second]) {
    const { cell } = sheetOf(page)
    await expect(cell('A1', 'accepted')).toHaveValue('2,101')
    await expect(cell('A2', 'accepted')).toHaveValue('2,202')
    await expect(cell('A3', 'accepted')).toHaveValue('2,303')
  }
  await sheetOf(first).type('A3', 'accepted', '2304')
  await expect(sheetOf(second).cell('A3', 'accepted')).toHaveValue('2,304')
  await first.close()
  await second.close()

  const again = await tabOf(context, '/sheet/A/2008-01-10')
  const { cell, line } = sheetOf(again)
  await expect(cell('A1', 'accepted')).toHaveValue('2,101')
  await expect(cell('A2', 'accepted')).toHaveValue('2,202')
  await expect(cell('A3', 'accepted')).toHaveValue('2,304')
  for (const unit of ['A1', 'A2', 'A3']) await expect(line(unit)).toContainText('未上报')

  // sent from one tab, it is a draft in none
  const other = await tabOf(context, '/sheet/A/2008-01-10')
  await expect(sheetOf(other).cell('A1', 'accepted')).toHaveValue('2,101')
  await sheetOf(again).send.click()
  await expect(sheetOf(again).accepted(3)).toBeVisible()
  for (const unit of ['A1', 'A2', 'A3']) await expect(sheetOf(other).line(unit)).toContainText('部分上报')
  await expect(other.getByRole('status').filter({ hasText: '本机草稿' })).toHaveCount(0)
  await expect(sheetOf(other).send).toBeDisabled()
})

test('A draft is nobody else’s on the same device', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-09')
  await sheetOf(page).type('A1', 'accepted', '77')
  await signInAs(page.context(), 'otherA')
  const other = await tabOf(page.context(), '/sheet/A/2008-01-09')
  await expect(other.getByRole('button', { name: '我的账户' })).toContainText('Other A')
  await expect(sheetOf(other).cell('A1', 'accepted')).toHaveValue('')
  await expect(other.getByRole('status').filter({ hasText: '本机草稿' })).toHaveCount(0)
})

test('A report without an answer goes out again with the same id after the page was loaded again, once', async ({
  enter,
}) => {
  const page = await enter(server, 'districtB', 'about:blank')
  const answers = await loseAnswers(page)
  await page.goto('/sheet/B')
  const sheet = sheetOf(page)
  await sheet.report('B1', 80, 33)
  await sheet.send.click()
  await expect.poll(() => answers.ids.length).toBe(1)
  await page.reload()
  await expect(sheet.cell('B1', 'issued')).toHaveValue('33')
  await expect.poll(() => answers.ids.length, { timeout: 30_000 }).toBeGreaterThan(1)
  answers.find()
  await expect(sheet.line('B1')).toContainText('审定', { timeout: 30_000 })
  await expect(page.getByRole('status').filter({ hasText: '本机草稿' })).toHaveCount(0)
  expect(new Set(answers.ids).size, 'one command, however often it went out').toBe(1)
  await sheet.cell('B1', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText(/33\s*上报\s*District B/)
})

test('A dialog waits for an answer that does not come, says so, and is done when it has come', async ({ enter }) => {
  const page = await enter(server, 'office', 'about:blank')
  const answers = await loseAnswers(page)
  await page.goto('/sheet/B')
  await page.getByRole('button', { name: '锁定', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '锁定与解锁' })
  await dialog.getByLabel('锁定至').fill('2008-01-02')
  await dialog.getByRole('button', { name: '锁定', exact: true }).click()
  const waiting = dialog.getByRole('status').filter({ hasText: '恢复连接后自动提交' })
  await expect(waiting).toBeVisible({ timeout: 12_000 })
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  answers.find()
  await expect(dialog.getByText(/^已完成 · #\d+$/)).toBeVisible({ timeout: 12_000 })
  await expect(waiting).toHaveCount(0)
  expect(new Set(answers.ids).size).toBe(1)
  await expect(dialog.getByRole('listitem').filter({ hasText: '锁定至2008年1月2日' })).toHaveCount(1)
})

test('A lock that the page does not wait for is one line of the log', async ({ enter }) => {
  const page = await enter(server, 'office', 'about:blank')
  const answers = await loseAnswers(page)
  await page.goto('/sheet/B')
  await page.getByRole('button', { name: '锁定', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '锁定与解锁' })
  await dialog.getByLabel('锁定至').fill('2008-01-03')
  await dialog.getByRole('button', { name: '锁定', exact: true }).click()
  await expect.poll(() => answers.ids.length).toBe(1)
  // who does not trust it loads the page again
  await page.reload()
  await page.getByRole('button', { name: '锁定', exact: true }).click()
  await expect(dialog).toContainText('锁定至 2008年1月3日（含）。')
  await expect.poll(() => answers.ids.length, { timeout: 30_000 }).toBeGreaterThan(1)
  answers.find()
  await expect(page.getByRole('button', { name: /^本机待送/ })).toHaveCount(0, { timeout: 30_000 })
  expect(new Set(answers.ids).size, 'one command, however often it went out').toBe(1)
  await expect(dialog.getByRole('listitem').filter({ hasText: '锁定至2008年1月3日' })).toHaveCount(1)
})

/** A server that knows of something wrong with itself: every page says so, and nothing wrong looks right. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from '@playwright/test'
import { type CrowdedProcess, startProcess } from '../support/process.ts'
import { expect, sheetOf, test } from './support.ts'

let server: CrowdedProcess
test.beforeEach(async () => void (server = await startProcess()))
test.afterEach(() => server.close())

const log = () => join(server.folder, 'rollout.db')
const mark = (page: Page, word: string) => page.getByRole('banner').getByText(word, { exact: true })
const banner = (page: Page, word: string) => page.getByRole('status').filter({ hasText: word })
const PAGES = [
  ['office', '/u/C'],
  ['office', '/people'],
  ['districtA', '/sheet/A'],
  ['legal', '/issues'],
] as const

test('S20 While the file cannot be written every page says so, the sheet waits with what was typed, and then it goes out', async ({
  enter,
}) => {
  const pages: Page[] = []
  for (const [login, path] of PAGES) pages.push(await enter(server, login, path))
  const sheet = sheetOf(pages[2]!)
  await sheet.report('A1', 90, 40)
  await expect(sheet.send).toBeEnabled()

  chmodSync(log(), 0o400)
  for (const page of pages) {
    await expect(mark(page, '暂停接收')).toBeVisible()
    await expect(banner(page, '暂停接收')).toContainText('本页的数字不受影响')
    await expect(mark(page, '实时')).toBeHidden()
  }
  await expect(sheet.send).toBeDisabled()
  await sheet.cell('A1', 'issued').press('Control+Enter')
  await expect(sheet.line('A1')).toContainText('未上报')
  const office = banner(pages[0]!, '暂停接收')
  await office.getByRole('link', { name: '查看原因' }).click()
  await expect(pages[0]!).toHaveURL(/operation/)
  await expect(banner(pages[2]!, '暂停接收').getByRole('link')).toHaveCount(0)

  chmodSync(log(), 0o600)
  for (const page of pages) await expect(mark(page, '实时')).toBeVisible()
  await sheet.send.click()
  await expect(sheet.accepted(2)).toBeVisible()
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
})

test('S20 When the log is found to be damaged every page says that its figures may be wrong, and none looks proven', async ({
  enter,
}) => {
  await server.stop()
  const db = new DatabaseSync(log())
  db.exec(`UPDATE event SET subject = 'member/somebody' WHERE type = 'MemberAdded' AND seq = 3`)
  db.close()
  await server.start()
  for (const [login, path] of PAGES) {
    const page = await enter(server, login, path)
    await expect(mark(page, '日志有损坏')).toBeVisible({ timeout: 20_000 })
    await expect(banner(page, '本页的数字可能有误')).toBeVisible()
    await expect(page.locator('html')).toHaveClass(/stale/)
  }
})

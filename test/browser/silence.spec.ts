/** Silence: a number on the chase list, one reminder to many, seen by its official; an item of supervision that only an approved report closes. */
import { expect, remember, type Send, sender, serverForFile, test } from './support.ts'

const server = serverForFile({ reviewLevels: 1, programme: 'silent' })
const DAY = '2008-01-10'
let a: Send
let office: Send
test.beforeAll(async () => {
  a = await sender(server, 'districtA')
  office = await sender(server, 'office')
})

test('E7 E10 E13 E14 a reminder is sent and seen, and an item closes when its report is reported and approved', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/silence')
  const line = page.locator('.chase li').filter({ hasText: 'A1 1/10' })
  await expect(line).toContainText('督办')
  await expect(line).toContainText('District A')
  const people = await enter(server, 'office', '/people')
  const member = people.getByRole('row').filter({ hasText: 'District A' })
  await member.getByRole('button', { name: '登记电话' }).click()
  await people.getByLabel('电话', { exact: true }).fill('0755－0000 3061 转 2')
  await people.getByRole('button', { name: '保存' }).click()
  await expect(member.getByRole('button', { name: '0755-0000 3061 转 2' })).toBeVisible()
  await page.reload()
  const call = line.getByRole('link', { name: '0755-0000 3061 转 2' })
  await expect(call).toHaveAttribute('href', 'tel:075500003061;ext=2')
  const account = await enter(server, 'districtA', '/account')
  await account.getByRole('button', { name: '删去号码' }).click()
  await expect(account.getByText('已删去')).toBeVisible()
  await page.reload()
  await expect(line).toContainText('District A')
  await expect(call).toHaveCount(0)
  await line.getByRole('checkbox').check()
  await page.getByLabel('催报的话').fill('六点前请报')
  await page.getByRole('button', { name: '催 2 人' }).click()
  await expect(page.getByText('已催报')).toBeVisible()
  await expect(line).toContainText('未读')

  const sheet = await enter(server, 'districtA', '/sheet/A')
  const banner = sheet.locator('.reminder')
  await expect(banner).toContainText('六点前请报')
  await expect(banner.getByRole('link', { name: 'A1 1/10' })).toHaveAttribute('href', `/sheet/A/${DAY}?at=A1`)
  await banner.getByRole('button').click()
  await expect(banner).toBeHidden()
  await expect(line).toContainText('已读')

  const item = page.locator('.items > li').filter({ hasText: 'A1 1/10' })
  await expect(item).toContainText('缺报')
  const values = { accepted: 20, issued: 10 }
  const seq = await a('SubmitReports', { items: [{ unit: 'A1', day: DAY, values, basedOn: 0, reason: 'late' }] })
  await expect(item).toContainText('待审，不销号')
  await expect(line).toHaveCount(0)
  await office('ApproveReports', { items: [{ unit: 'A1', day: DAY, versions: { accepted: seq, issued: seq } }] })
  await expect(item).toContainText('审定，销号')
})

test('E17 on a phone the share in time is in sight, and a panel’s title is one line', async ({ enter }) => {
  const phone = await enter(server, 'office', '/silence', { viewport: { width: 360, height: 800 }, hasTouch: true })
  await remember(phone, { locale: 'en', theme: 'light' })
  await phone.reload()
  const panel = phone.locator('section').filter({ has: phone.getByRole('heading', { name: 'Complete and in time' }) })
  const { x, width } = (await panel.getByRole('columnheader', { name: '% in time' }).boundingBox())!
  expect(x + width).toBeLessThanOrEqual(360)
  const title = panel.getByRole('heading')
  expect((await title.boundingBox())!.height).toBeLessThan(24)
})

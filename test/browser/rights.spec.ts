/** A task that is taken, or given, while a page is open. */
import { expect, panel, sender, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()
const REASON = '您的角色、任务和单位不包括此事，请由有权限的人员办理'

test('G9 G19 A right that was lost refuses at sending, with the text kept and the true reason', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  const boss = await sender(server, 'office')
  await expect(sheet.cell('A1', 'accepted')).toBeEditable()
  await page.context().setOffline(true)
  await sheet.report('A1', 90, 40)
  await sheet.send.click()
  const waiting = page.getByRole('list', { name: '本机待送' }).getByRole('listitem')
  await expect(waiting).toHaveCount(1, { timeout: 20_000 })
  await boss('AssignTasks', { member: 'districtA', tasks: ['review'], reason: 'reviews from now on' })
  await page.context().setOffline(false)

  await expect(page.getByText('只读：您没有填报任务')).toBeVisible({ timeout: 20_000 })
  await expect(panel(page, '未办事项')).toContainText(REASON)
  await expect(page.getByText('不在您的管辖范围')).toHaveCount(0)
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
  await expect(sheet.line('A1')).not.toContainText('审定')
  await page.reload()
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
  await expect(panel(page, '未办事项')).toContainText(REASON)

  await boss('AssignTasks', { member: 'districtA', tasks: ['report'], reason: 'reports again' })
  await expect(sheet.send).toBeEnabled()
  await sheet.send.click()
  await expect(sheet.accepted(2)).toBeVisible()
})

test('G19 A task that is taken while the sheet is open makes it read-only within moments; given back it goes on', async ({
  enter,
}) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const sheet = sheetOf(page)
  const boss = await sender(server, 'office')
  const paste = page.getByRole('button', { name: '粘贴' })
  await sheet.type('B1', 'accepted', '70')
  await expect(paste).toBeEnabled()
  await boss('AssignTasks', { member: 'districtB', tasks: ['review'], reason: 'reviews from now on' })
  await expect(page.getByText('只读：您没有填报任务')).toBeVisible()
  await expect(paste).toHaveCount(0)
  await expect(page.getByRole('button', { name: '导入' })).toHaveCount(0)
  await expect(sheet.send).toHaveCount(0)
  await expect(sheet.cell('B1', 'issued')).not.toBeEditable()
  await expect(sheet.cell('B1', 'accepted')).toHaveValue('70')
  await expect(panel(page, '未办事项')).toContainText(REASON)

  await boss('AssignTasks', { member: 'districtB', tasks: ['report', 'review'], reason: 'reports again' })
  await expect(paste).toBeEnabled()
  await expect(sheet.cell('B1', 'accepted')).toHaveValue('70')
  await expect(sheet.send).toBeEnabled()
})

/** A block that can be read in two ways: asked about by keys and by touch, before anything is placed (J5, cases E1, E3, E5). */
import type { Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()

const dialogOf = (page: Page) => page.getByRole('dialog', { name: '粘贴前请确认' })

async function copied(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((t) => navigator.clipboard.writeText(t), text)
}

test('J5 Headings that are not known are asked about by keys alone, and the columns go where it was said', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const { cell } = sheetOf(page)
  await copied(page, 'Street\tPermits issued\tAll applications\r\nA1\t30\t100\r\nA2\t20\t90')
  await cell('A1', 'accepted').click()
  await page.keyboard.press('Control+V')
  const dialog = dialogOf(page)
  const [first, second] = [0, 1].map((i) => dialog.getByRole('group').nth(i))
  await expect(first!).toContainText('第 2 列的列名是“Permits issued”（30 · 20），对应哪一项指标？')
  await expect(first!.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(first!.getByRole('alert'), 'what is open is said').toHaveText('请选择一项')
  await expect(cell('A1', 'accepted')).toHaveValue('')
  await page.keyboard.press('ArrowDown')
  await expect(first!.getByRole('radio', { name: 'issued' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(second!.getByRole('radio', { name: 'accepted' })).toBeChecked()
  await expect(dialog.getByRole('button', { name: '粘贴 4 格' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(cell('A1', 'accepted')).toHaveValue('100')
  await expect(cell('A1', 'issued')).toHaveValue('30')
  await expect(cell('A2', 'accepted')).toHaveValue('90')
  await expect(page.getByRole('status').filter({ hasText: '已粘贴 4 格' })).toBeVisible()
})

test('J5 Where nothing is asked, Ctrl+V and Enter paste what fits', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const { cell } = sheetOf(page)
  await copied(page, 'B1\t12\t3\r\nZ9\t45\t6')
  await cell('B1', 'accepted').click()
  await page.keyboard.press('Control+V')
  await expect(dialogOf(page)).toContainText('第 2 行“Z9”：本表没有这个单位')
  await page.keyboard.press('Enter')
  await expect(dialogOf(page)).toBeHidden()
  await expect(cell('B1', 'accepted')).toHaveValue('12')
  await expect(cell('B1', 'issued')).toHaveValue('3')
})

test('J5 Enter gives up nothing where nothing fits, nor closes the dialog', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  await copied(page, '街道\taccepted\r\n火星\t12')
  await sheetOf(page).cell('B1', 'accepted').click()
  await page.keyboard.press('Control+V')
  await expect(dialogOf(page)).toContainText('火星')
  await page.keyboard.press('Enter')
  await expect(dialogOf(page)).toContainText('火星')
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()
})

test('J5 Escape places nothing, and the focus goes back to the cell', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const { cell } = sheetOf(page)
  await copied(page, 'Street\taccepted\tissued\taccepted\r\nB1\t100\t30\t4100')
  await cell('B1', 'accepted').click()
  await page.keyboard.press('Control+V')
  await expect(dialogOf(page)).toContainText('第 2, 4 列都是“accepted”，采用哪一列？')
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()
  await expect(cell('B1', 'accepted')).toHaveValue('')
  await expect(cell('B1', 'issued')).toHaveValue('')
  await expect(cell('B1', 'accepted')).toBeFocused()
})

test('J2 A dot that may group is asked about when it is pasted and when it is typed', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const { cell, todos } = sheetOf(page)
  await copied(page, 'B1\t2.000\t1.000')
  await cell('B1', 'accepted').click()
  await page.keyboard.press('Control+V')
  const dialog = dialogOf(page)
  await dialog.getByRole('group', { name: '第 2 列（2.000）是 2,000 吗？' }).getByLabel('是，2,000').check()
  await dialog
    .getByRole('group', { name: '第 3 列（1.000）是 1,000 吗？' })
    .getByLabel(/按原样粘贴/)
    .check()
  await page.keyboard.press('Enter')
  await expect(cell('B1', 'accepted')).toHaveValue('2,000')
  await expect(cell('B1', 'issued')).toHaveAttribute('aria-invalid', 'true')
  await expect(todos).toContainText('“1.000”可能是 1,000，也可能带小数')
  await todos.getByRole('button', { name: '改为 1,000' }).click()
  await expect(cell('B1', 'issued')).toHaveValue('1,000')
})

test('J5 On the phone a block is asked about as well, and one figure is the field’s own', async ({ enter }) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-02', phone)
  const field = (counter: string) => page.locator(`input[data-cell$="/${counter}"]`)
  await copied(page, '7')
  await field('accepted').click()
  await page.keyboard.press('Control+V')
  await expect(field('accepted')).toHaveValue('7')
  await page.keyboard.press('Escape')
  await copied(page, 'accepted\tissued\taccepted\n100\t30\t4100')
  await page.keyboard.press('Control+V')
  const dialog = dialogOf(page)
  await dialog.getByLabel('第 1 列“accepted”：100').check()
  await dialog.getByRole('button', { name: '粘贴 2 格' }).click()
  await expect(field('accepted')).toHaveValue('100')
  await expect(field('issued')).toHaveValue('30')
  await expect(page.getByRole('status').filter({ hasText: '已粘贴 2 格' })).toBeVisible()
})

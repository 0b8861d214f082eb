/** The daily sheet as it is worked with: paste, refusals, warnings, zero and blank, undo, drafts, late reports. */
import type { Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()

/** Puts a block on the real clipboard, as a spreadsheet would, and pastes it into a cell. */
async function pasteAt(page: Page, unit: string, counter: string, rows: readonly string[][]): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const text = rows.map((row) => row.join('\t')).join('\r\n')
  await page.evaluate((t) => navigator.clipboard.writeText(t), text)
  await sheetOf(page).cell(unit, counter).click()
  await page.keyboard.press('Control+V')
}

test('A block from a spreadsheet finds its rows by name, is undone and redone, and is sent; zero is no blank', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const { cell, line, send, accepted } = sheetOf(page)
  await pasteAt(page, 'A1', 'accepted', [
    ['A3', '1,234', '７８'],
    ['A1', '１，２３４', '56'],
    ['A2', '0', ''],
  ])
  await expect(page.getByRole('status').filter({ hasText: '按名称匹配 3 行' })).toBeVisible()
  const pasted = async () => {
    await expect(cell('A1', 'accepted')).toHaveValue('1,234')
    await expect(cell('A1', 'issued')).toHaveValue('56')
    await expect(cell('A2', 'accepted')).toHaveValue('0')
    await expect(cell('A2', 'issued')).toHaveValue('')
    await expect(cell('A3', 'accepted')).toHaveValue('1,234')
    await expect(cell('A3', 'issued')).toHaveValue('78')
  }
  await pasted()
  await page.keyboard.press('Control+Z')
  for (const unit of ['A1', 'A2', 'A3']) await expect(cell(unit, 'accepted')).toHaveValue('')
  await page.keyboard.press('Control+Y')
  await pasted()

  await expect(cell('A2', 'accepted')).toHaveAccessibleDescription(/零报告/)
  await expect(cell('A2', 'issued')).not.toHaveAccessibleDescription(/零报告/)
  await expect(send).toHaveText(/上报 3 个/)
  await page.keyboard.press('Control+Enter')
  await expect(accepted(5)).toBeVisible()
  await page.reload()
  await pasted()
  for (const unit of ['A1', 'A3']) await expect(line(unit)).toContainText('审定')
  await expect(line('A2'), 'a blank counter makes it partial').toContainText('部分上报')
  await expect(cell('A2', 'accepted')).toHaveAccessibleDescription(/零报告/)
  await expect(cell('A2', 'issued')).toHaveAccessibleDescription(/空白/)
})

test('What a pasted block cannot do is told before anything is dropped', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  await pasteAt(page, 'B1', 'accepted', [
    ['B1', '12', '3'],
    ['Z9', '45', '6'],
  ])
  const dialog = page.getByRole('dialog', { name: '粘贴前请确认' })
  await expect(dialog).toContainText('第 2 行“Z9”：本表没有这个单位')
  await expect(sheetOf(page).cell('B1', 'accepted')).toHaveValue('')
  await dialog.getByRole('button', { name: '粘贴 2 格' }).click()
  await expect(sheetOf(page).cell('B1', 'accepted')).toHaveValue('12')
  await expect(sheetOf(page).cell('B1', 'issued')).toHaveValue('3')
})

test('A figure that is none is refused beside its cell, with what was probably meant', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const { cell, todos, line, send } = sheetOf(page)
  await cell('B1', 'accepted').click()
  await page.keyboard.type('15O8')
  await page.keyboard.press('Tab')
  await expect(cell('B1', 'accepted')).toHaveAttribute('aria-invalid', 'true')
  await expect(cell('B1', 'accepted')).toHaveAccessibleDescription(/校验未通过 应填整数，不带小数点和文字/)
  await expect(line('B1')).toContainText('校验未通过')
  await expect(todos.getByRole('listitem').first()).toContainText('“15O8”不是整数。')
  await expect(send).toBeDisabled()
  await todos.getByRole('button', { name: '重新录入' }).click()
  await expect(cell('B1', 'accepted')).toBeFocused()
  await expect(line('B1').getByText('应填整数，不带小数点和文字；没有办理请填 0').last()).toBeInViewport()
  await todos.getByRole('button', { name: '改为 1,508' }).click()
  await expect(cell('B1', 'accepted')).toHaveValue('1,508')
  await expect(cell('B1', 'accepted')).toHaveAttribute('aria-invalid', 'false')
  await expect(send).toBeEnabled()
})

test('An unlikely figure is asked about and goes out after a tick', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const { report, todos, line, send, accepted, cell } = sheetOf(page)
  await report('B1', 5, 9)
  await expect(todos.getByRole('listitem').first()).toContainText('issued累计 9，超过accepted累计 5')
  await expect(cell('B1', 'issued')).toHaveAccessibleDescription(/提醒 issued累计 9，超过accepted累计 5/)
  await expect(send).toBeDisabled()
  await todos.getByLabel('确认属实').check()
  await expect(send).toHaveText(/上报 1 个/)
  await send.click()
  await expect(accepted(2)).toBeVisible()
  await expect(line('B1')).toContainText('审定')
  await expect(cell('B1', 'issued')).toHaveValue('9')
})

test('A draft outlives a reload and can be given up', async ({ enter }) => {
  const page = await enter(server, 'otherA', '/sheet/A/2008-01-03')
  const { report, cell, line } = sheetOf(page)
  await report('A2', 70, 7)
  await page.reload()
  await expect(cell('A2', 'accepted')).toHaveValue('70')
  await expect(cell('A2', 'issued')).toHaveValue('7')
  await expect(cell('A2', 'issued')).toHaveAccessibleDescription(/本机已存/)
  await expect(line('A2')).toContainText('未上报')
  const strip = page.getByRole('status').filter({ hasText: '本机草稿' })
  await expect(strip).toContainText('2 格')
  // on another day it is told of
  await page.getByRole('button', { name: '后一天' }).click()
  await expect(page.getByRole('link', { name: /^\s*A2 1月3日/ })).toBeVisible()
  await page.getByRole('link', { name: /^\s*A2 1月3日/ }).click()
  await strip.getByRole('button', { name: '全部放弃' }).click()
  await expect(cell('A2', 'accepted')).toHaveValue('')
  await expect(strip).toHaveCount(0)
  await page.reload()
  await expect(cell('A2', 'accepted')).toHaveValue('')
})

test('A late report asks for a reason, a correction for its kind too, and the versions keep both', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-08')
  const { report, type, cell, send, accepted, versions, line } = sheetOf(page)
  const dialog = page.getByRole('dialog', { name: '上报对 1月8日 的改动' })
  await expect(line('A1')).toContainText('缺报')
  await report('A1', 60, 55)
  await send.click()
  await expect(dialog).toContainText('首次上报，自动记为补报')
  await expect(dialog.getByLabel('类型')).toHaveCount(0)
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(dialog.getByRole('alert')).toHaveText('请填写理由')
  await dialog.getByLabel('理由').fill('the line was down')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(accepted(2)).toBeVisible()

  await type('A1', 'issued', '58')
  await send.click()
  await dialog.getByLabel('类型').selectOption({ label: '更正' })
  await dialog.getByLabel('理由').fill('three forms under the desk')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(accepted(1)).toBeVisible()
  await expect(dialog).toHaveCount(0)

  await cell('A1', 'issued').click()
  await expect(cell('A1', 'issued')).toHaveValue('58')
  await expect(versions.getByRole('listitem')).toHaveText([
    /55 → 58\s*更正\s*District A\s*three forms under the desk/,
    /55\s*补报\s*District A\s*the line was down/,
  ])
})

test('The rest of a sheet is filled with zeros, and a zero is taken away again', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-04')
  const { report, cell, send, line } = sheetOf(page)
  await report('A1', 20, 10)
  await page.getByRole('button', { name: '其余为零' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '填 4 个 0' }).click()
  await expect(page.getByRole('status').filter({ hasText: '4 个空白已填 0' })).toBeVisible()
  await cell('A3', 'issued').click()
  await page.keyboard.press('Delete')
  await expect(cell('A3', 'issued')).toHaveValue('')
  await send.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('office closed')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(line('A2')).toContainText('审定')
  await page.reload()
  for (const zero of [cell('A2', 'accepted'), cell('A2', 'issued'), cell('A3', 'accepted')])
    await expect(zero).toHaveAccessibleDescription(/零报告/)
  await expect(cell('A3', 'issued')).toHaveAccessibleDescription(/空白/)
})

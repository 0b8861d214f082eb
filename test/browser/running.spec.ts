/**
 * Running totals (累计) as an official gives them: typed beside the days' own figures, pasted, in a file, and of a counter that its
 * programme keeps so (F21–F29, F32, F33).
 */
import { strToU8, zipSync } from 'fflate'
import type { Page } from '@playwright/test'
import { workbook } from '../../client/ui/workbook.ts'
import { expect, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()
const said = 'counted again'

/** Types texts over cells and reports them; days that are over want a reason. */
async function report(page: Page, day: string, texts: Record<string, string>, counter = 'issued'): Promise<void> {
  const sheet = sheetOf(page)
  for (const [unit, text] of Object.entries(texts)) await sheet.type(unit, counter, text)
  await sheet.send.click()
  if (day < '2008-01-10') await reasoned(page)
  await expect(page.getByRole('status').filter({ hasText: /已接收/ })).toBeVisible()
}
async function reasoned(page: Page): Promise<void> {
  await page.getByRole('dialog').getByLabel('理由').fill(said)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
/** What stands in a cell: its figure, and the small one beside it. */
const both = (page: Page, unit: string, counter = 'issued') => {
  const cell = page.getByRole('gridcell').filter({ has: sheetOf(page).cell(unit, counter) })
  return expect.poll(async () => [
    await sheetOf(page).cell(unit, counter).inputValue(),
    (await cell.locator('.under').allInnerTexts()).join(''),
  ])
}
const on = (page: Page, day: string) => page.goto(`/sheet/A/${day}`)

test('F22–F25 F28 A street that knows its totals: opening, a day’s figure, a gap, a fall, a correction, and what does not come out', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-07')
  const sheet = sheetOf(page)

  await test.step('the first one is the opening balance, and it is said that the day stays missing', async () => {
    await sheet.type('A1', 'issued', 'Σ500')
    await sheet.type('A2', 'issued', '累计 100')
    await sheet.send.click()
    await expect(page.getByRole('dialog').getByText('只报期初数，当日数仍空缺')).toHaveCount(2)
    await reasoned(page)
    await both(page, 'A1').toEqual(['', '期初数 500'])
    await expect(sheet.line('A1').locator('.report')).toContainText('缺报')
  })

  await test.step('the next one gives the day its figure, which stands there before it is sent', async () => {
    await on(page, '2008-01-08')
    await sheet.type('A1', 'issued', 'Σ520')
    await both(page, 'A1').toEqual(['20', '累计 520'])
    await sheet.send.click()
    await reasoned(page)
    await both(page, 'A1').toEqual(['20', '累计 520'])
    await on(page, '2008-01-09')
    await report(page, '2008-01-09', { A1: 'Σ540' })
  })

  await test.step('after days without a figure it is asked, and confirmed with a reason', async () => {
    await on(page, '2008-01-10')
    await sheet.type('A2', 'issued', 'Σ160')
    await both(page, 'A2').toEqual(['60', '累计 160'])
    const card = sheet.todos.getByRole('listitem').filter({ hasText: '累计的差额 60 属于这几天' })
    await card.getByRole('checkbox').check()
    await sheet.send.click()
    await reasoned(page)
    await both(page, 'A2').toEqual(['60', '累计 160'])
  })

  await test.step('what has fallen leads to the day that it takes from, and then says what it holds', async () => {
    await sheet.type('A1', 'issued', 'Σ535')
    const card = sheet.todos.getByRole('listitem').filter({ hasText: '少 5，当日数不能为负' })
    await card.getByRole('link', { name: /1月9日/ }).click()
    await expect(page).toHaveURL(/2008-01-09/)
    await report(page, '2008-01-09', { A1: '10' })
    await on(page, '2008-01-10')
    await sheet.todos.getByRole('button', { name: '已含更正，当日 5' }).click()
    await both(page, 'A1').toEqual(['5', '累计 535'])
    await sheet.send.click()
    await expect(sheet.accepted(1)).toBeVisible()
  })

  await test.step('the corrected day keeps its total, is asked about, and an answer quiets it', async () => {
    await on(page, '2008-01-09')
    await both(page, 'A1').toEqual(['10', '累计 540'])
    await sheet.cell('A1', 'issued').click()
    const asked = page.getByRole('img', { name: /自1月8日以来累计增加 20，各日的数共 10/ })
    await expect(asked.first()).toBeVisible()
    await page.getByRole('button', { name: '答复疑问' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(said)
    await page.keyboard.press('Enter')
    await expect(sheet.todos.getByText('与累计不符')).toHaveCount(0)
  })
})

test('F29 F32 A column of totals is pasted, and comes in a workbook', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-07')
  const sheet = sheetOf(page)
  await report(page, '2008-01-07', { A1: 'Σ900', A3: 'Σ700' }, 'accepted')
  await on(page, '2008-01-08')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('街道\taccepted（累计）\nA1\t930\nA3\t711'))
  await sheet.cell('A1', 'accepted').click()
  await page.keyboard.press('Control+V')
  const dialog = page.getByRole('dialog', { name: '粘贴前请确认' })
  await dialog.getByRole('radio', { name: /accepted的累计数/ }).check()
  await dialog.getByRole('button', { name: '粘贴 2 格' }).click()
  await both(page, 'A1', 'accepted').toEqual(['30', '累计 930'])
  await both(page, 'A3', 'accepted').toEqual(['11', '累计 711'])
  await sheet.send.click()
  await reasoned(page)

  const rows = [
    ['A1', '2008-01-09', 950],
    ['A3', '2008-01-09', 720],
  ]
  const file = workbook({ head: [], headings: ['编码', '日期', 'accepted（累计）'], rows })
  const buffer = Buffer.from(
    zipSync(Object.fromEntries(Object.entries(file).map(([name, xml]) => [name, strToU8(xml)]))),
  )
  await page.getByRole('button', { name: '导入' }).click()
  const bring = page.getByRole('dialog', { name: '导入文件' })
  await bring.locator('input[type=file]').setInputFiles({ name: 'totals.xlsx', mimeType: '', buffer })
  await expect(bring.getByText('20（累计 950）')).toBeVisible()
  await bring.getByLabel('理由').fill(said)
  await page.keyboard.press('Enter')
  await expect(bring.getByRole('status')).toHaveText('已接收 2 个数。')
  await page.keyboard.press('Enter')
  await on(page, '2008-01-09')
  await both(page, 'A3', 'accepted').toEqual(['9', '累计 720'])
})

test.describe('a programme that keeps a counter as its running total', () => {
  const keeps = serverForFile({ programme: 'kept' })
  const COUNTER = 'issued（累计）'

  test('F33 its column takes totals without a sign, by hand, paste and file; the watching page has days', async ({
    enter,
  }) => {
    const [page, watching] = await Promise.all([
      enter(keeps, 'districtA', '/sheet/A/2008-01-09'),
      enter(keeps, 'viewer', '/u/A'),
    ])
    const sheet = sheetOf(page)
    await expect(page.getByRole('columnheader', { name: COUNTER })).toBeVisible()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() => navigator.clipboard.writeText('街道\tissued\nA1\t500\nA2\t300'))
    await sheet.cell('A1', COUNTER).click()
    await page.keyboard.press('Control+V')
    await both(page, 'A2', COUNTER).toEqual(['300', '期初数'])
    await sheet.send.click()
    await reasoned(page)
    await both(page, 'A1', COUNTER).toEqual(['500', '期初数'])

    await on(page, '2008-01-10')
    await report(page, '2008-01-10', { A1: '520', A3: '+7' }, COUNTER)
    await both(page, 'A1', COUNTER).toEqual(['520', '+20'])
    await both(page, 'A3', COUNTER).toEqual(['+7', ''])
    // again it says nothing
    await sheet.type('A1', COUNTER, '520')
    await expect(sheet.send).toBeDisabled()

    await page.getByRole('button', { name: '导出' }).click()
    await page.getByRole('dialog', { name: '导出填报表' }).getByLabel('格式').selectOption('csv')
    const [taken] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载' }).click(),
    ])
    await page.getByRole('button', { name: '导入' }).click()
    const bring = page.getByRole('dialog', { name: '导入文件' })
    await bring.locator('input[type=file]').setInputFiles(await taken.path())
    await expect(bring.getByRole('status')).toHaveText(/将改 0 个数.*2 个/)
    await page.keyboard.press('Escape')

    await watchOf(watching).table.click()
    await expect(watchOf(watching).day('1月10日').first()).toHaveText('1月10日')
    await expect(watchOf(watching).day('1月10日').nth(1)).toHaveText('27')
  })
})

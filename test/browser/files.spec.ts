/** Reports in files: a form taken along, filled in with a library, and brought back; and what happens when somebody was faster (F14–F20). */
import { readFile } from 'node:fs/promises'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()

const take = (page: Page) => page.getByRole('dialog', { name: '导出填报表' })
const bring = (page: Page) => page.getByRole('dialog', { name: '导入文件' })

/** Downloads the form of the sheet's day. */
async function download(page: Page, kind: 'xlsx' | 'csv'): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: '导出' }).click()
  await take(page).getByLabel('格式').selectOption(kind)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    take(page).getByRole('button', { name: '下载' }).click(),
  ])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

async function give(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.getByRole('button', { name: '导入' }).click()
  await bring(page)
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
}

/** The same workbook with figures in the cells named. */
function filled(bytes: Buffer, values: Record<string, number>): Buffer {
  const parts = unzipSync(new Uint8Array(bytes))
  const path = 'xl/worksheets/sheet1.xml'
  let xml = strFromU8(parts[path]!)
  for (const [ref, value] of Object.entries(values)) {
    const cell = `<c r="${ref}"><v>${value}</v></c>`
    const [, row] = /(\d+)$/.exec(ref)!
    xml = new RegExp(`<c r="${ref}"[^>]*>.*?</c>`).test(xml)
      ? xml.replace(new RegExp(`<c r="${ref}"[^>]*>.*?</c>`), cell)
      : xml.replace(new RegExp(`(<row r="${row}">(?:<c r="[A-C]${row}".*?</c>)*)`), `$1${cell}`)
  }
  return Buffer.from(zipSync({ ...parts, [path]: strToU8(xml) }))
}

test('F14 F15 An official takes the form along, fills it in, sees what it changes, and sends it', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const { cell } = sheetOf(page)
  await expect(cell('A1', 'accepted')).toBeVisible()
  const form = await download(page, 'xlsx')
  expect(form.name).toMatch(/^Unit A .*\.xlsx$/)
  await give(page, form.name, filled(form.bytes, { D4: 12, E4: 11 }))
  await expect(bring(page).getByRole('status')).toHaveText(/将改 2 个数/)
  await expect(cell('A1', 'accepted'), 'nothing is written by looking').toHaveValue('')
  await page.keyboard.press('Enter')
  await expect(bring(page).getByRole('status')).toHaveText('已接收 2 个数。')
  await page.keyboard.press('Enter')
  await expect(bring(page)).toBeHidden()
  await expect(cell('A1', 'accepted')).toHaveValue('12')
  await expect(cell('A1', 'issued')).toHaveValue('11')
})

test('F16 What somebody else has changed since the download is refused with both values, and the rest goes', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const form = await download(page, 'csv')
  const other = await enter(server, 'otherA', '/sheet/A')
  await sheetOf(other).cell('A2', 'accepted').fill('50')
  await other.keyboard.press('Control+Enter')
  await expect(sheetOf(page).cell('A2', 'accepted')).toHaveValue('50')
  const [code, name, day, , , version] = form.bytes
    .toString()
    .split('\r\n')
    .find((line) => line.startsWith('A2,'))!
    .split(',')
  const line = [code, name, day, '20', '19', version].join(',')
  const edited = form.bytes.toString().replace(/^A2,.*$/m, line)
  await give(page, 'filled.csv', Buffer.from(edited))
  await expect(bring(page)).toContainText('已改为 50')
  await expect(bring(page)).toContainText('文件中为 20')
  await bring(page).getByRole('button', { name: '上报 1 个数' }).click()
  await expect(bring(page).getByRole('status')).toHaveText('已接收 1 个数。')
  await expect(bring(page), 'what was left out stays in sight').toContainText('还有 1 处没有导入')
  await expect(bring(page).getByRole('listitem')).toContainText('A2 1/10')
  await page.keyboard.press('Escape')
  await expect(sheetOf(page).cell('A2', 'accepted')).toHaveValue('50')
  await expect(sheetOf(page).cell('A2', 'issued')).toHaveValue('19')
})

test('F17 What somebody changes between the check and the sending is asked again', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await expect(sheetOf(page).cell('A3', 'accepted')).toBeVisible()
  await give(page, 'a3.csv', Buffer.from('unit,accepted\nA3,30\n'))
  await expect(bring(page).getByRole('status')).toHaveText(/将改 1 个数/)
  const other = await enter(server, 'otherA', '/sheet/A')
  await sheetOf(other).cell('A3', 'accepted').fill('31')
  await other.keyboard.press('Control+Enter')
  await expect(sheetOf(page).cell('A3', 'accepted')).toHaveValue('31')
  await bring(page).getByRole('button', { name: '上报 1 个数' }).click()
  await expect(bring(page).getByRole('alert')).toContainText('已重新核对')
  await expect(bring(page).getByRole('row').filter({ hasText: 'A3' })).toContainText('31')
  await bring(page).getByRole('button', { name: '上报 1 个数' }).click()
  await expect(bring(page).getByRole('status')).toHaveText('已接收 1 个数。')
})

test('F12 A file that is none is refused with what mends it, and another can be chosen at once', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await give(page, 'old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  await expect(bring(page).getByRole('alert')).toContainText('请另存为 .xlsx')
  await bring(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from('unit,accepted\nZ9,1\n') })
  await expect(bring(page)).toContainText('第 2 行第 1 列')
  // Enter has nothing to send, and gives nothing up
  await page.keyboard.press('Enter')
  await expect(bring(page)).toBeVisible()
})

test('F20 A table of a page is taken along with its programme, unit, line of the log and origin', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/figures')
  const panel = page
    .getByRole('region')
    .filter({ has: page.getByRole('table') })
    .first()
  await expect(panel).toBeVisible()
  const name = (await panel.getAttribute('aria-label'))!
  await page
    .getByRole('button', { name: `“${name}”存为文件` })
    .first()
    .click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: `将“${name}”存为 CSV` })
      .first()
      .click(),
  ])
  const lines = (await readFile(await file.path())).toString().split('\r\n')
  expect(lines[0]).toBe(`\uFEFFTiny programme · ${name}`)
  expect(lines[1], 'the page is about the whole programme').toBe('Unit C')
  expect(lines[2]).toContain('日志')
  const headings = await panel.getByRole('columnheader').allInnerTexts()
  const table = lines.findIndex((line) => line.startsWith(headings[0]!))
  expect(table).toBeGreaterThan(2)
  const rows = await panel.getByRole('row').count()
  expect(lines.slice(table).filter((line) => line !== '')).toHaveLength(rows)
})

/** What is copied is numbers to a spreadsheet: by selection, by button, and from the sheet and back. */
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { expect, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()
const DAY = '2008-01-10'

const clipboard = async (page: Page): Promise<string[][]> => {
  const text = await page.evaluate(() => navigator.clipboard.readText())
  return parse(text, { delimiter: '\t', relax_column_count: true })
}
/** selects all of what is found, as by dragging over it, and copies it */
async function copyAll(page: Page, selector: string): Promise<string[][]> {
  await page.evaluate((s) => document.getSelection()!.selectAllChildren(document.querySelector(s)!), selector)
  await page.keyboard.press('Control+c')
  return clipboard(page)
}
const isNumber = (text: string) => text === '' || /^-?\d+(\.\d+)?$/.test(text)

test('G5 The ranking, the table of days and a chart’s table are copied as numbers under their headings', async ({
  enter,
}) => {
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [
      {
        unit: 'A1',
        day: DAY,
        values: { accepted: 12345, issued: 11234 },
        basedOn: 0,
        confirmed: ['report.unusual', 'report.coverageOver'],
      },
      { unit: 'A2', day: DAY, values: { accepted: 60, issued: 20 }, basedOn: 0 },
    ],
  })
  const page = await enter(server, 'office', '/u/A?target=count', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await expect(watchOf(page).headline).toBeVisible()
  await expect(page.locator('.ranking tbody tr').first()).toBeVisible()

  // a reader drags from the title to the last line
  const [head, ...ranking] = await copyAll(page, '.ranking')
  expect(head).toContain('完成率 (%)')
  expect(ranking.length).toBeGreaterThanOrEqual(3)
  const done = head!.indexOf('完成率 (%)')
  for (const row of ranking) expect(isNumber(row[done]!), row.join()).toBe(true)

  const [columns, ...days] = await copyAll(page, '.days table')
  expect(columns!.slice(-2)).toEqual(['accepted 审定', 'issued 审定'])
  expect(days.find(([day]) => day === DAY)?.slice(-2)).toEqual(['12405', '11254'])
  for (const row of days) expect(row.slice(-2).every(isNumber), row.join()).toBe(true)

  await watchOf(page).table.click()
  await page.getByRole('button', { name: '复制', exact: true }).click()
  const [, ...twin] = await clipboard(page)
  const row = twin.find(([day]) => day === DAY)!
  expect(row.slice(1).every(isNumber), row.join()).toBe(true)
  expect(row).toContain('11254')
})

test('G5 The whole sheet is copied with its names, and finds its places again when it is pasted', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B/2008-01-09', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const sheet = sheetOf(page)
  await sheet.report('B1', 1234, 56)
  await sheet.cell('B1', 'accepted').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  const block = await clipboard(page)
  expect(block[0]).toEqual(['', 'accepted', 'issued'])
  expect(block.find(([unit]) => unit === 'Unit B1')).toEqual(['Unit B1', '1234', '56'])

  await page.goto('/sheet/B/2008-01-10')
  // from whatever cell
  await sheet.cell('B1', 'issued').click()
  await page.keyboard.press('Control+v')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(sheet.cell('B1', 'accepted')).toHaveValue('1,234')
  await expect(sheet.cell('B1', 'issued')).toHaveValue('56')
})

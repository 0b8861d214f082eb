/** The daily sheet under the hands of an official: keys, leaving, a phone, and those who may only look. */
import type { Page } from '@playwright/test'
import { expect, sender, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()

/** texts of a line's cells, as shown */
const texts = (page: Page, line: string) =>
  sheetOf(page)
    .line(line)
    .getByRole('textbox')
    .evaluateAll((list) => list.map((input) => (input as HTMLInputElement).value))

test('Keys work as in a spreadsheet', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet')
  const { cell, line } = sheetOf(page)
  const { keyboard } = page
  await cell('B1', 'accepted').click()
  await keyboard.type('7')
  await keyboard.press('ArrowRight')
  await expect(cell('B1', 'issued')).toBeFocused()
  await keyboard.type('5')
  await keyboard.press('Escape')
  await expect(cell('B1', 'issued')).toHaveValue('')
  await keyboard.type('0')
  await keyboard.press('Enter')
  await expect(line('B1')).toContainText('零报告')

  await cell('B1', 'accepted').click()
  await keyboard.press('F2')
  await keyboard.press('ArrowLeft')
  await keyboard.type('1')
  await keyboard.press('Tab')
  expect(await texts(page, 'B1')).toEqual(['17', '0'])

  await cell('B1', 'accepted').click()
  await keyboard.press('Shift+ArrowRight')
  await keyboard.press('Delete')
  expect(await texts(page, 'B1')).toEqual(['', ''])
  await keyboard.press('Control+z')
  await keyboard.press('Control+z')
  expect(await texts(page, 'B1')).toEqual(['7', '0'])
  await keyboard.press('Control+y')
  expect(await texts(page, 'B1')).toEqual(['17', '0'])
})

test('Leaving with unsent figures is asked about, and the draft is named from other days', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet')
  await sheetOf(page).type('A2', 'accepted', '40')
  await sheetOf(page).type('A2', 'issued', '38')
  await page.getByRole('link', { name: '总览' }).click()
  const leaving = page.getByRole('dialog', { name: '有未上报的改动' })
  await expect(leaving).toContainText('2 格已存本机')
  await leaving.getByRole('button', { name: '留在本页' }).click()
  await expect(page).toHaveURL(/\/sheet$/)

  await page.getByRole('button', { name: '前一天' }).click()
  await expect(sheetOf(page).cell('A2', 'issued')).toHaveValue('')
  await page.getByRole('status').getByRole('link', { name: 'A2 1月10日' }).click()
  await expect(sheetOf(page).cell('A2', 'issued')).toHaveValue('38')

  await page.getByRole('link', { name: '总览' }).click()
  await leaving.getByRole('button', { name: '离开，草稿保留' }).click()
  await expect(page).toHaveURL(/\/u\/C$/)
})

test('Who only reads sees the sheet and cannot write to it', async ({ enter }) => {
  const send = await sender(server, 'districtB')
  const items = [{ unit: 'B1', day: '2008-01-10', values: { accepted: 9, issued: 0 }, basedOn: 0 }]
  await send('SubmitReports', { items })
  const page = await enter(server, 'viewer', '/sheet/B')
  const { cell, send: button } = sheetOf(page)
  await expect(cell('B1', 'accepted')).toHaveValue('9')
  await expect(cell('B1', 'accepted')).not.toBeEditable()
  await expect(button).toHaveCount(0)
  await page.goto('/sheet/A')
  await expect(page.getByText('您无权查看这张报表')).toBeVisible()
})

test('On a phone: one street at a time, nothing wider than the screen, the next street at the thumb', async ({
  enter,
}) => {
  const page = await enter(server, 'otherA', '/sheet', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const accepted = page.getByRole('textbox', { name: /^accepted/ })
  await page.getByRole('button', { name: 'Unit A3' }).tap()
  await accepted.tap()
  await page.keyboard.type('55')
  await page.keyboard.press('Enter')
  await page.keyboard.type('54')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.getByRole('button', { name: /^上报/ }).tap()
  await expect(page.getByText('已接收', { exact: true })).toHaveCount(2)
  await expect(accepted).toHaveValue('55')
  // a tap chooses the whole figure: what is typed replaces it
  await accepted.tap()
  await page.keyboard.type('57')
  await page.keyboard.press('Enter')
  await expect(accepted).toHaveValue('57')
  await page.getByRole('button', { name: /^下一street/ }).tap()
  await expect(page.getByRole('heading', { name: 'Unit A1' })).toBeVisible()
  await expect(accepted).toHaveValue('')
})

test('G8 Typing over a chosen figure replaces it, also one that has changed since it was chosen', async ({ enter }) => {
  const send = await sender(server, 'districtA')
  const report = (accepted: number, basedOn: number) =>
    send('SubmitReports', {
      items: [{ unit: 'A1', day: '2008-01-10', values: { accepted }, basedOn, confirmed: ['report.unusual'] }],
    })
  let seq = await report(50, 0)
  const desk = await enter(server, 'otherA', '/sheet/A')
  const phone = await enter(server, 'otherA', '/sheet/A', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await phone.getByRole('button', { name: 'Unit A1' }).tap()
  const fields = [sheetOf(desk).cell('A1', 'accepted'), phone.getByRole('textbox', { name: /^accepted/ })]
  for (const [i, page] of [desk, phone].entries()) {
    const field = fields[i]!
    await expect(field).toHaveValue(/^5\d$/)
    await field.click()
    seq = await report(52 + i, seq)
    await expect(field).toHaveValue(String(52 + i))
    await page.keyboard.type('7')
    await expect(field).toHaveValue('7')
    await page.keyboard.press('Escape')
    await expect(field).toHaveValue(String(52 + i))
  }
})

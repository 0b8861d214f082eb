/**
 * Two levels of review, district and office: one figure through its whole life, each page in its own hands. After every step
 * the total, its breakdown and the day reached are read off the street's page and the city's.
 */
import type { Page } from '@playwright/test'
import { expect, type Send, sender, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile({ reviewLevels: 2 })
const CELL = { unit: 'A1', day: '2008-01-08' }
let otherA: Send
test.beforeAll(async () => {
  otherA = await sender(server, 'otherA')
})

/** The parts of the main target's card with their ups and downs, and the day on which it was reached. */
async function cardOf(page: Page): Promise<string[]> {
  const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /count/ }) })
  const parts = await card.getByRole('listitem').allInnerTexts()
  const outcome = await card.getByText(/\d日达成/).allInnerTexts()
  const own = parts.map((text) => text.replaceAll(/\s+/g, ' ').trim())
  return [...own.filter((text) => /^(审定|待审|争议|退回) /.test(text)), ...outcome.map((text) => text.slice(0, 6))]
}

/** `reached`: the street's part has been. */
async function shows(pages: readonly Page[], parts: string[], reached: boolean): Promise<void> {
  const [street, city] = pages as [Page, Page]
  await expect.poll(() => cardOf(street)).toEqual([...parts, ...(reached ? ['1月8日达成'] : [])])
  await expect.poll(() => cardOf(city), 'the city is the sum of its streets').toEqual(parts)
}

/** What was decided is held for ten seconds, in which it can be taken back; nobody has to wait for them. */
async function sentOut(page: Page): Promise<void> {
  const strip = page.getByRole('status').filter({ hasText: /秒内送出/ })
  await strip.getByRole('button', { name: '立即送出' }).click()
  await expect(strip).toHaveCount(0)
}
async function approve(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 份待审')
  await page.keyboard.press('a')
  await sentOut(page)
}
const said = 'because of the forms'
async function sendBack(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 份待审')
  await page.getByLabel('退回须写理由，提问写在这里').fill(said)
  await page.keyboard.press('Tab')
  await page.keyboard.press('r')
  await sentOut(page)
}
/** Types over the figure, and says why. */
async function correct(page: Page, text: string): Promise<void> {
  const sheet = sheetOf(page)
  await sheet.cell('A1', 'issued').click()
  if (text === '') await page.keyboard.press('Delete')
  else await page.keyboard.type(text)
  await page.keyboard.press('Tab')
  await sheet.send.click()
  await page.getByRole('dialog').getByLabel('理由').fill(said)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('K1 K3 K4 K6 D11 P4 P5 U7 a figure through two levels: corrected, returned, withdrawn, disputed, offline, locked', async ({
  enter,
}) => {
  test.setTimeout(300_000)
  const [street, city, official, district, office] = await Promise.all([
    enter(server, 'viewer', '/u/A1?target=count'),
    enter(server, 'legal', '/u/C?target=count'),
    enter(server, 'districtA', `/sheet/A/${CELL.day}`),
    enter(server, 'otherA', '/review'),
    enter(server, 'office', '/review'),
  ])
  const both = [street, city]
  const sheet = sheetOf(official)

  await test.step('nothing counts before the last level', async () => {
    await sheet.type('A1', 'accepted', '4000')
    await correct(official, '3100')
    await shows(both, ['审定 0', '待审 +3,100'], false)
    await approve(district)
    await expect(district.getByRole('heading', { level: 1 })).toContainText('没有待您审核')
    await shows(both, ['审定 0', '待审 +3,100'], false)
    await expect(office.getByRole('link', { name: /^审核 1$/ }).first()).toBeVisible()
    await approve(office)
    await shows(both, ['审定 3,100'], true)
  })

  await test.step('a correction stands beside what is approved, and is returned: what is approved goes on counting', async () => {
    await correct(official, '2900')
    await shows(both, ['审定 3,100', '待审 −200'], true)
    await expect(district.getByText('审定之后更正')).toBeVisible()
    await sendBack(district)
    await shows(both, ['审定 3,100', '退回 −200'], true)
    await expect(sheet.todos).toContainText(said)
    await correct(official, '2950')
    await approve(district)
    await approve(office)
    await shows(both, ['审定 2,950'], false)
  })

  await test.step('a withdrawal waits and is returned; what was approved is kept', async () => {
    await correct(official, '')
    await shows(both, ['审定 2,950', '待审 −2,950'], false)
    // the office reviews in the district's place
    await office.getByRole('button', { name: '代为审核' }).click()
    await sendBack(office)
    await office.getByRole('button', { name: '只列本级' }).click()
    await shows(both, ['审定 2,950', '退回 −2,950'], false)
    await correct(official, '2950')
    await shows(both, ['审定 2,950'], false)
  })

  await test.step('two people at a figure that waits', async () => {
    await correct(official, '3050')
    await shows(both, ['审定 2,950', '待审 +100'], false)
    await otherA('SubmitReports', {
      items: [{ ...CELL, values: { issued: 3_020 }, basedOn: 0, type: 'corrected', reason: said }],
    })
    await shows(both, ['审定 2,950', '争议 +100'], false)
    await sheet.todos.getByRole('button', { name: '采用我的数' }).click()
    await official.getByRole('dialog').getByLabel('理由').fill(said)
    await official.getByRole('dialog').getByRole('button', { name: '核定' }).click()
    await shows(both, ['审定 2,950', '待审 +100'], false)
    await approve(district)
    await approve(office)
    await shows(both, ['审定 3,050'], true)
  })

  await test.step('what is edited without a network, while the figure is approved, goes out beside it', async () => {
    await correct(official, '3100')
    await shows(both, ['审定 3,050', '待审 +50'], true)
    await official.context().setOffline(true)
    await correct(official, '3110')
    await expect(official.getByRole('list', { name: '本机待送' })).toBeVisible()
    await approve(district)
    await approve(office)
    await shows(both, ['审定 3,100'], true)
    await official.context().setOffline(false)
    await shows(both, ['审定 3,100', '待审 +10'], true)
  })

  await test.step('a lock names what is open, and what it carries over is brought to an end', async () => {
    await office.keyboard.press('l')
    const dialog = office.getByRole('dialog', { name: '锁定与解锁' })
    const open = dialog.getByRole('group')
    await expect(open.getByRole('listitem')).toHaveText([/A1 1\/8\s*待审\s*issued/])
    await expect(dialog.getByText(/个单位有缺报/)).toBeVisible()
    await dialog.getByRole('button', { name: '锁定', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('还有 1 处未办结')
    await dialog.getByLabel('全部结转').check()
    await dialog.getByRole('button', { name: '锁定', exact: true }).click()
    await expect(dialog).toContainText('锁定至 2008年1月9日（含）。')
    await office.keyboard.press('Escape')
    await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/锁定时结转，仍可审定、退回或核定/)
    await shows(both, ['审定 3,100', '待审 +10'], true)
    await sendBack(district)
    await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/锁定时结转，仍可改报或撤销/)
    await shows(both, ['审定 3,100', '退回 +10'], true)
    await correct(official, '3105')
    await approve(district)
    await approve(office)
    await shows(both, ['审定 3,105'], true)
    await expect(sheet.cell('A1', 'issued')).not.toBeEditable()

    await office.keyboard.press('l')
    await dialog.getByText('解锁已锁定的日期').click()
    await dialog.getByLabel('解锁自').fill(CELL.day)
    await dialog.getByLabel('解锁理由').fill(said)
    await dialog.getByRole('button', { name: '解锁', exact: true }).click()
    await expect(dialog).toContainText('锁定至 2008年1月7日（含）。')
    await office.keyboard.press('Escape')
    await expect(sheet.cell('A1', 'issued')).toBeEditable()
    await shows(both, ['审定 3,105'], true)
  })
})

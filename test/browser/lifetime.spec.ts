/** A page that stays open: the day turns under the hands, the session ends in mid-sentence; nothing typed vanishes. */
import type { Page } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expect, sender, sheetOf, signInByForm, test } from './support.ts'

const HOUR = 3_600_000
let server: TestServer
/** ms that the machine of the server has run */
let elapsed: number

test.beforeEach(async () => {
  elapsed = 1e6
  server = await startServer({ elapsed: () => elapsed, authClock: () => new Date() })
  for (const person of PEOPLE) await server.account(person, person.id)
})
test.afterEach(() => server.close())

/** from 10:00 of 10 January on */
function pass(hours: number): void {
  elapsed += hours * HOUR
  server.clock.now = new Date(server.clock.now.getTime() + hours * HOUR)
}
const day = (page: Page) => page.getByTitle('选择日期')
const turned = (page: Page) => page.getByRole('status').filter({ hasText: '今天已是1月11日' })
const fields = (page: Page) => page.getByRole('dialog')

test('G3 The day turns while a figure is typed: it stays where it is, for its own day, and the page says so', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.cell('A1', 'accepted').click()
  await page.keyboard.type('1')
  pass(14.1)
  await expect(turned(page)).toContainText('这里仍是1月10日的报表', { timeout: 20_000 })
  await page.keyboard.type('27')
  await page.keyboard.press('Tab')
  await expect(day(page)).toContainText('1月10日')
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('127')
  await page.getByRole('button', { name: '转到今天' }).click()
  await expect(day(page)).toContainText('1月11日')
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('')
  await page.getByRole('status').getByRole('link', { name: 'A1 1月10日' }).click()
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('127')
})

test('G3 The day turns before the first digit: it goes into the cell that was in hand', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const watching = await enter(server, 'districtA', '/sheet/A')
  const { cell } = sheetOf(page)
  await expect(cell('A1', 'accepted')).toBeVisible()
  await cell('A2', 'issued').click()
  pass(14.1)
  await expect(turned(page)).toBeVisible({ timeout: 20_000 })
  // where nobody is at it, the sheet goes along
  await expect(day(watching)).toContainText('1月11日')
  await expect(turned(watching)).toHaveCount(0)
  await page.keyboard.type('88')
  await page.keyboard.press('Enter')
  await expect(cell('A2', 'issued')).toHaveValue('88')
  await expect(day(page)).toContainText('1月10日')
  await expect(sheetOf(watching).cell('A2', 'issued')).toHaveValue('')
})

test('G3 The day turns while a reason is typed: the dialog stays, with the reason', async ({ enter }) => {
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [{ unit: 'A1', day: '2008-01-10', values: { accepted: 90, issued: 40 }, basedOn: 0 }],
  })
  const page = await enter(server, 'districtA', '/sheet/A')
  await sheetOf(page).cell('A1', 'issued').click()
  await page.getByRole('button', { name: '调整到别的单位或日期……' }).click()
  const reason = fields(page).getByLabel('理由')
  await reason.fill('counted at the')
  pass(14.1)
  await expect(turned(page)).toBeVisible({ timeout: 20_000 })
  await expect(reason).toHaveValue('counted at the')
  await expect(reason).toBeFocused()
})

test('G3 The deadline passes while figures are typed: they stay, and sending asks why they come late', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.report('A1', 12, 7)
  pass(10)
  await expect(page.getByText('已过截止 17:30')).toBeVisible({ timeout: 20_000 })
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('12')
  await expect(sheet.cell('A1', 'issued')).toHaveValue('7')
  await sheet.send.click()
  await expect(fields(page).getByLabel('理由')).toBeFocused()
})

/** The server ends the session of the page's browser, and the person signs in again. */
async function signInAgain(page: Page, login: string): Promise<void> {
  await page.context().request.delete('/api/v1/session')
  await expect(page).toHaveURL(({ pathname }) => pathname === '/signin', { timeout: 15_000 })
  await expect(page.getByRole('status').filter({ hasText: '请重新登录' })).toBeVisible()
  await signInByForm(page, login)
}

test('G3 The session ends in mid-figure: it is there after signing in again', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await sheetOf(page).cell('A1', 'accepted').click()
  await page.keyboard.type('43')
  await signInAgain(page, 'districtA')
  await expect(page).toHaveURL(/\/sheet\/A$/)
  await expect(sheetOf(page).cell('A1', 'accepted')).toHaveValue('43')
})

test('G3 The session ends in mid-sentence: replies, new questions and reasons are there after signing in again', async ({
  enter,
}) => {
  const office = await enter(server, 'office', '/sheet/A')
  const lock = () => office.getByRole('button', { name: '锁定', exact: true })
  await lock().first().click()
  await fields(office).getByLabel('锁定至').fill('2008-01-05')
  await signInAgain(office, 'office')
  await expect(office).toHaveURL(/\/sheet\/A$/)
  await lock().first().click()
  await expect(fields(office).getByLabel('锁定至')).toHaveValue('2008-01-05')
  // closed by hand, it is given up
  await office.keyboard.press('Escape')
  await lock().first().click()
  await expect(fields(office).getByLabel('锁定至')).toHaveValue('2008-01-09')
  await office.keyboard.press('Escape')

  await office.goto('/people')
  await office.getByRole('button', { name: '邀请人员' }).click()
  await fields(office).getByLabel('姓名').fill('Zhao Wu')
  await signInAgain(office, 'office')
  await office.getByRole('button', { name: '邀请人员' }).click()
  await expect(fields(office).getByLabel('姓名')).toHaveValue('Zhao Wu')

  const legal = await enter(server, 'legal', '/issues/new')
  await legal.getByLabel('问题', { exact: true }).fill('Whose permit')
  await signInAgain(legal, 'legal')
  await expect(legal.getByLabel('问题', { exact: true })).toHaveValue('Whose permit')
})

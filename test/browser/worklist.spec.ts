/** An official's day: from signing in through everything that waits until nothing does, by keys, by mouse and on the phone. */
import type { Page } from '@playwright/test'
import { signIn } from '../support/process.ts'
import { expect, sender, serverForFile, sheetOf, signInByForm, test } from './support.ts'

const server = serverForFile({ reviewLevels: 1 })
const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09']
const TODAY = '2008-01-10'

const items = (page: Page) => sheetOf(page).todos.getByRole('listitem')
const item = (page: Page, text: string) => items(page).filter({ hasText: text })
const reasonIn = async (page: Page, reason: string) => {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill(reason)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
}

/** Of A: A1 returned on the 8th, A2 silent on the 4th and the 9th, A3 partial on the 7th, disputed today; B1 offers to A2. */
async function setDay(): Promise<void> {
  const [a, other, b, office] = await Promise.all(
    ['districtA', 'otherA', 'districtB', 'office'].map((login) => sender(server, login)),
  )
  const given = (unit: string, day: string, values: Record<string, number>) => ({
    ...{ unit, day, values, basedOn: 0 },
    ...(day === TODAY ? {} : { reason: 'the line was down' }),
  })
  for (const [i, day] of DAYS.entries()) {
    // no day repeats the one before it, which would be a question
    const full = { accepted: 103 + 3 * i, issued: 50 }
    const silent = day === '2008-01-04' || day === '2008-01-09'
    const partial = day === '2008-01-07'
    const reports = [
      given('A1', day, full),
      ...(silent ? [] : [given('A2', day, full)]),
      given('A3', day, partial ? { accepted: full.accepted } : full),
    ]
    await a!('SubmitReports', { items: reports })
    await b!('SubmitReports', { items: [given('B1', day, full)] })
  }
  const seq = await a!('SubmitReports', { items: [given('A3', TODAY, { issued: 60 })] })
  await other!('SubmitReports', { items: [given('A3', TODAY, { issued: 64 })] })
  await b!('ReattributeReports', {
    from: { unit: 'B1', day: '2008-01-08', basedOn: seq },
    to: { unit: 'A2', day: '2008-01-08', basedOn: seq },
    counters: ['issued'],
    reason: 'people of A2',
    confirmed: ['report.unusual', 'report.exceeds', 'report.coverageOver'],
  })
  await office!('ReturnReports', {
    items: [{ unit: 'A1', day: '2008-01-08', versions: { issued: await versionOf('A1', '2008-01-08') } }],
    reason: 'half of what was accepted?',
  })
}

/** The version of A's issued figure, by the sheet's rows. */
async function versionOf(unit: string, day: string): Promise<number> {
  const page = await fetch(`${server.url}/api/v1/changes?scope=history:report/${unit}/${day}&since=0`, {
    headers: { cookie: await signIn(server.url, 'office') },
  })
  const { rows } = (await page.json()) as { rows: [key: string][] }
  return Math.max(...rows.map(([key]) => Number(key.slice(1))))
}

test.beforeAll(setDay)

test('Q11 Q12 Q13 an official signs in, goes from one thing to the next by keys alone, and nothing is left', async ({
  enter,
}) => {
  const page = await enter(server, null, '/signin')
  await signInByForm(page, 'districtA')
  await expect(page, 'the first page is the sheet of the day').toHaveURL(/\/sheet\/A$/)
  const { keyboard } = page
  const sheet = sheetOf(page)
  await expect(items(page).locator('h3')).toHaveText([
    /A1 1\/8 退回/,
    /A3 1\/10 一格两数/,
    /A2 1\/4 缺报/,
    /A3 1\/7 部分上报/,
    /A2 1\/8 请求调整/,
    /A3 1\/10 部分上报/,
    /1\/10 待报 2 个/,
  ])
  await expect(item(page, 'A1 1/8')).toContainText('half of what was accepted?')
  await expect(sheet.cell('A3', 'issued').locator('xpath=ancestor::td').locator('.number')).toHaveText('2')
  await expect(page.getByRole('link', { name: /1月9日.*等您办第 3 件/ }), 'the strip has the same number').toBeVisible()

  // what was returned, on its own day
  await keyboard.press('n')
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-08\?at=A1\/issued$/)
  await expect(sheet.cell('A1', 'issued')).toBeFocused()
  await keyboard.type('49')
  await keyboard.press('Enter')
  await keyboard.press('Control+Enter')
  await reasonIn(page, 'one was counted twice')
  await expect(item(page, 'A1 1/8')).toHaveCount(0)

  // what took its place: the dispute, settled by the first of its acts
  await sheet.cell('A1', 'issued').focus()
  await keyboard.press('n')
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-10\?at=A3\/issued$/)
  await expect(sheet.cell('A3', 'issued')).toBeFocused()
  await keyboard.press('a')
  await expect(item(page, '一格两数').getByRole('button', { name: '采用我的数' })).toBeFocused()
  await keyboard.press('Enter')
  await reasonIn(page, 'counted from the forms')
  await expect(item(page, '一格两数')).toHaveCount(0)

  // two silent days of one street
  await keyboard.press('n')
  await expect(page).toHaveURL(/\/2008-01-04\?at=A2\/accepted$/)
  await expect(sheet.cell('A2', 'accepted')).toBeFocused()
  await keyboard.type('100')
  await keyboard.press('ArrowRight')
  await keyboard.type('50')
  await keyboard.press('Control+Enter')
  await reasonIn(page, 'the line was down')
  await expect(item(page, 'A2 1/9 缺报')).toBeVisible()
  await item(page, 'A2 1/9 缺报').getByRole('button', { name: '补报' }).click()
  await expect(page).toHaveURL(/\/2008-01-09\?at=A2\/accepted$/)
  await expect(sheet.cell('A2', 'accepted')).toBeFocused()
  await keyboard.type('100')
  await keyboard.press('ArrowRight')
  await keyboard.type('50')
  await keyboard.press('Control+Enter')
  await reasonIn(page, 'the line was down')
  await expect(item(page, '缺报')).toHaveCount(0)

  // partial
  await item(page, 'A3 1/7 部分上报').getByRole('button', { name: '补全' }).click()
  await expect(sheet.cell('A3', 'issued')).toBeFocused()
  await keyboard.type('50')
  await keyboard.press('Control+Enter')
  await reasonIn(page, 'the rest came by post')
  await expect(item(page, 'A3 1/7 部分上报')).toHaveCount(0)

  // the offer is answered from whatever day one is on
  await item(page, '请求调整').getByRole('button', { name: '不同意' }).click()
  await reasonIn(page, 'they are of B1')
  await expect(item(page, '请求调整')).toHaveCount(0)

  // what today still wants: a block from the clipboard
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await item(page, '待报').getByRole('button', { name: '填报' }).click()
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-10/)
  await expect(sheet.cell('A1', 'accepted')).toBeFocused()
  await page.evaluate(() => navigator.clipboard.writeText('A1\t100\t50\r\nA2\t100\t50\r\nA3\t100\t60'))
  await keyboard.press('Control+V')
  await expect(sheet.cell('A2', 'issued')).toHaveValue('50')
  await keyboard.press('Control+Enter')
  await expect(items(page)).toHaveCount(0)
  await expect(sheet.todos).toContainText('没有要办的事')
})

test('Q13 W withdraws and M moves the report in hand; letters are typing in a field, and [ ] turn days', async ({
  enter,
}) => {
  const b = await sender(server, 'districtB')
  await b('SubmitReports', {
    items: [{ unit: 'B1', day: TODAY, values: { accepted: 100, issued: 50 }, basedOn: 0 }],
  })
  const page = await enter(server, 'districtB', '/sheet/B')
  const { cell, line } = sheetOf(page)
  const { keyboard } = page
  await cell('B1', 'issued').click()
  await keyboard.press('w')
  const withdraw = page.getByRole('dialog', { name: '撤销 Unit B1 1月10日 的数' })
  await expect(withdraw.getByLabel('issued')).toBeChecked()
  await expect(withdraw.getByLabel('accepted')).not.toBeChecked()
  await withdraw.getByLabel('理由').fill('nwma')
  await expect(withdraw.getByLabel('理由'), 'letters in a field are letters').toHaveValue('nwma')
  await keyboard.press('Enter')
  await expect(withdraw).toHaveCount(0)
  await expect(cell('B1', 'issued')).toHaveValue('')
  await expect(line('B1')).toContainText('部分上报')

  await cell('B1', 'accepted').click()
  await keyboard.press('m')
  await expect(page.getByRole('dialog', { name: '调整 Unit B1 1月10日 的数' })).toBeVisible()
  await keyboard.press('Escape')
  await page.getByRole('textbox', { name: 'Unit B1，accepted，1月10日', exact: true }).click()
  await keyboard.press('w')
  await expect(withdraw, 'also from the days of the street').toBeVisible()
  await keyboard.press('Escape')
  await cell('B1', 'issued').click()
  await keyboard.press('[')
  await expect(page).toHaveURL(/\/sheet\/B\/2008-01-09$/)
  // whoever is at a cell of the other day is not held there
  await cell('B1', 'accepted').click()
  await keyboard.press(']')
  await expect(page).toHaveURL(/\/sheet\/B$/)
  await cell('B1', 'issued').click()
  await keyboard.type('to')
  await keyboard.press('a')
  await expect(cell('B1', 'issued'), 'a text that has letters goes on').toHaveValue('toa')
  await keyboard.press('Escape')
})

test('Q15 another day of the street is typed into beside the others, and sent from there with a reason', async ({
  enter,
}) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  await sheetOf(page).cell('B1', 'issued').click()
  const other = page.getByRole('textbox', { name: 'Unit B1，issued，1月3日', exact: true })
  await expect(other).toHaveValue('50')
  await other.click()
  await page.keyboard.type('48')
  await expect(page.getByRole('button', { name: '上报 1月3日 的改动' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await reasonIn(page, 'two were of the 2nd')
  await expect(page.getByRole('button', { name: '上报 1月3日 的改动' })).toHaveCount(0)
  await page.goto('/sheet/B/2008-01-03')
  await expect(sheetOf(page).cell('B1', 'issued')).toHaveValue('48')
})

test('Q13 Q15 in the days of a street the letters act on the report of the day in hand', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  await sheetOf(page).cell('B1', 'issued').click()
  const other = page.getByRole('textbox', { name: 'Unit B1，issued，1月3日', exact: true })
  for (const [key, name] of [
    ['w', '撤销 Unit B1 1月3日 的数'],
    ['m', '调整 Unit B1 1月3日 的数'],
  ] as const) {
    await other.click()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('Q13 on a phone what is missing of another day is reported one tap away', async ({ enter }) => {
  const desk = await enter(server, 'districtB', '/sheet/B/2008-01-04')
  await sheetOf(desk).cell('B1', 'accepted').click()
  await desk.keyboard.press('w')
  const withdraw = desk.getByRole('dialog', { name: '撤销 Unit B1 1月4日 的数' })
  await withdraw.getByLabel('issued').check()
  await withdraw.getByLabel('理由').fill('of another month')
  await desk.keyboard.press('Enter')
  await expect(withdraw).toHaveCount(0)

  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const page = await enter(server, 'districtB', '/sheet/B', phone)
  await page.locator('.item[data-item="missing B1"] .number').tap()
  await expect(page).toHaveURL(/\/sheet\/B\/2008-01-04\?at=/)
  await expect(page.locator('input[data-cell]').first()).toBeFocused()
})

test('Q13 on a phone a question about another day is answered one tap away, and read where it is listed', async ({
  enter,
}) => {
  const ask = await sender(server, 'office')
  const versions = { issued: await versionOf('B1', '2008-01-03') }
  await ask('AskAboutFigures', { unit: 'B1', day: '2008-01-03', versions, text: 'all of them new?' })
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const page = await enter(server, 'districtB', '/sheet/B', phone)
  const asked = page.locator('.item[data-item="inquiry B1 2008-01-03"]')
  await expect(asked).toContainText('all of them new?')
  if ((await asked.locator('.unfold').count()) > 0) await asked.locator('.unfold').tap()
  await asked.getByRole('button', { name: '答复' }).tap()
  const answer = page.getByRole('dialog').getByRole('textbox')
  await expect(answer).toBeFocused()
  await page.keyboard.type('all of them')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(asked).toHaveCount(0)
})

test('Q13 a text that is put in while a button has the focus goes into no cell', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const cell = sheetOf(page).cell('B1', 'accepted')
  await cell.fill('41')
  await page.getByRole('button', { name: /^粘贴/ }).focus()
  await page.keyboard.insertText('的')
  await expect(cell).toHaveValue('41')
  await expect(cell).not.toBeFocused()
})

test('Q14 on a phone two weeks, the list, and what has arrived said plainly', async ({ enter }) => {
  const viewport = { width: 390, height: 844 }
  const page = await enter(server, 'otherA', '/', { viewport, hasTouch: true, isMobile: true })
  await expect(page).toHaveURL(/\/sheet\/A$/)
  await expect(page.getByRole('navigation', { name: '各日报表' }).getByRole('listitem')).toHaveCount(14)
  await expect(sheetOf(page).todos).toBeVisible()
  await page.getByRole('link', { name: /2008年1月9日/ }).tap()
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-09$/)
  await page.getByRole('link', { name: /2008年1月10日/ }).tap()
  await page.getByRole('button', { name: /^Unit A1/ }).tap()
  for (const [name, figure] of [
    [/^accepted/, '104'],
    [/^issued/, '51'],
  ] as const) {
    await page.getByRole('textbox', { name }).tap()
    await page.keyboard.type(figure)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: /^上报/ }).tap()
  await expect(page.getByRole('status').filter({ hasText: 'A1 1/10 报到了，待C审核' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

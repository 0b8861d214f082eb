/** Reports as the field makes them: by counter, partial, taken back, and disputed one figure at a time. */
import type { Page } from '@playwright/test'
import { expect, markPage, panel, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()

/** The line under today's squares that says how many reports of all days are in, partial, missing. */
const coverage = (page: Page) => watchOf(page).today.getByText(/^累计应报/)
/** Today's report of a street among the squares. */
const todaysCell = (page: Page, unit: string) => watchOf(page).today.locator(`a[title^="${unit}："]`)
/** A day in the unit's table of days. */
const dayOf = (page: Page, day: string) => panel(page, '逐日报表').getByRole('row', { name: new RegExp(`^${day}`) })

test('A report with a blank counter is partial wherever it shows, and is completed where it is blank', async ({
  enter,
}) => {
  const office = await enter(server, 'office', '/u/A?target=count')
  const watch = watchOf(office)
  await expect(todaysCell(office, 'A1')).toContainText('待报')
  const stayed = await markPage(office)

  const district = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(district)
  await sheet.type('A1', 'accepted', '120')
  await sheet.send.click()
  await expect(sheet.accepted(1)).toBeVisible()
  await expect(sheet.line('A1')).toContainText('部分上报')
  await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/空白/)
  await expect(district.getByRole('heading', { name: '今日应报 3 份，报齐 0 份，部分 1 份，待报 2 份' })).toBeVisible()
  await expect(todaysCell(office, 'A1')).toContainText('部分上报')
  await expect(watch.today).toContainText('今日应报 3，已报 1，其中部分 1，缺 0。')

  await sheet.type('A1', 'issued', '0')
  await sheet.send.click()
  await expect(sheet.line('A1')).toContainText('审定')
  await expect(sheet.cell('A1', 'issued'), 'zero is an answer').toHaveAccessibleDescription(/零报告/)
  await expect(todaysCell(office, 'A1')).toContainText('审定')
  await expect(watch.today).toContainText('今日应报 3，已报 1，其中部分 0，缺 0。')
  await stayed()
})

test('Of a past day the blank counter is owed and listed, and the day counts as partial, not as in', async ({
  enter,
}) => {
  const send = await sender(server, 'districtA')
  const given = { unit: 'A2', day: '2008-01-08', values: { accepted: 80 }, basedOn: 0, reason: 'issued to follow' }
  await send('SubmitReports', { items: [given] })
  const street = await enter(server, 'districtA', '/u/A2?target=count')
  await expect(coverage(street)).toHaveText('累计应报 6 份：齐 0，部分 1，缺 5')
  await expect(dayOf(street, '1月8日').getByRole('cell')).toHaveText([/./, '80', '—'])

  const page = await enter(server, 'districtA', '/sheet/A/2008-01-08')
  const sheet = sheetOf(page)
  const todo = sheet.todos.getByRole('listitem').filter({ hasText: '部分上报' })
  await expect(todo).toContainText(/A2.*issued/)
  await todo.getByRole('button', { name: '补填' }).click()
  await expect(sheet.cell('A2', 'issued')).toBeFocused()
  await page.keyboard.type('31')
  await page.keyboard.press('Tab')
  await sheet.send.click()
  const dialog = page.getByRole('dialog', { name: '上报对 1月8日 的改动' })
  await expect(dialog.getByLabel('类型'), 'a first figure is late, it corrects nothing').toHaveCount(0)
  await dialog.getByLabel('理由').fill('the list came by post')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(sheet.line('A2')).toContainText('审定')
  await expect(todo).toHaveCount(0)
  await expect(coverage(street)).toHaveText('累计应报 6 份：齐 1，部分 0，缺 5')
  await expect(dayOf(street, '1月8日').getByRole('cell')).toHaveText([/审定/, '80', '31'])
})

test('Figures of the wrong street are taken back with a reason: the street is missing again and the history stays', async ({
  enter,
}) => {
  const send = await sender(server, 'districtA')
  const wrong = { unit: 'A3', day: '2008-01-09', values: { accepted: 50, issued: 7 }, basedOn: 0, reason: 'late' }
  await send('SubmitReports', { items: [wrong] })
  const office = await enter(server, 'office', '/u/A3?target=count')
  await expect(coverage(office)).toHaveText('累计应报 6 份：齐 1，部分 0，缺 5')
  await expect(watchOf(office).approved('count', 7)).toBeVisible()
  const stayed = await markPage(office)

  const page = await enter(server, 'districtA', '/sheet/A/2008-01-09')
  const sheet = sheetOf(page)
  await sheet.cell('A3', 'accepted').click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Delete')
  await expect(page.getByRole('status').filter({ hasText: '2 格待撤销' })).toBeVisible()
  for (const counter of ['accepted', 'issued']) {
    await expect(sheet.cell('A3', counter)).toHaveValue('')
    await expect(sheet.cell('A3', counter)).toHaveAccessibleDescription(/待撤销/)
  }
  await expect(sheet.todos.getByRole('listitem').filter({ hasText: '待撤销' })).toContainText('A3')
  await expect(watchOf(office).approved('count', 7), 'nothing has happened yet').toBeVisible()

  await sheet.send.click()
  const dialog = page.getByRole('dialog', { name: '上报对 1月9日 的改动' })
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(dialog.getByRole('alert')).toHaveText('请填写理由')
  await dialog.getByLabel('理由').fill('figures of A2')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(sheet.accepted(2)).toBeVisible()
  await expect(sheet.line('A3')).toContainText('缺报')
  await sheet.cell('A3', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText([
    /7 → 空白\s*撤销\s*District A\s*figures of A2/,
    /7\s*补报\s*District A\s*late/,
  ])

  await expect(coverage(office)).toHaveText('累计应报 6 份：齐 0，部分 0，缺 6')
  await expect(watchOf(office).attention).toContainText('1/9')
  await expect(watchOf(office).approved('count', 0)).toBeVisible()
  await expect(watchOf(office).changes.first()).toHaveText(/A3\s*撤销\s*1\/9\s*7\s*→\s*—/)
  await stayed()
})

test('One figure is taken back by a pasted blank, and Delete can be thought better of', async ({ enter }) => {
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [{ unit: 'A3', day: '2008-01-10', values: { accepted: 50, issued: 7 }, basedOn: 0 }],
  })
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.cell('A3', 'issued').click()
  await page.keyboard.press('Delete')
  await sheet.todos.getByRole('button', { name: '不撤销' }).click()
  await expect(sheet.cell('A3', 'issued')).toHaveValue('7')
  await expect(sheet.send).toBeDisabled()

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('\t7'))
  await sheet.cell('A3', 'accepted').click()
  await page.keyboard.press('Control+V')
  const asked = page.getByRole('dialog')
  await expect(asked).toContainText('A3 · accepted：50')
  await asked.getByRole('button', { name: '粘贴 1 格，清空 1 格' }).click()
  await expect(page.getByRole('status').filter({ hasText: '清空 1 格，待撤销' })).toBeVisible()
  await sheet.send.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('not counted yet')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(sheet.accepted(1)).toBeVisible()
  await expect(sheet.line('A3')).toContainText('部分上报')
  await expect(sheet.cell('A3', 'issued')).toHaveValue('7')
})

test('Two people who fill different counters of one report do not meet', async ({ enter }) => {
  const first = await enter(server, 'districtA', '/sheet/A/2008-01-07')
  const second = await enter(server, 'otherA', '/sheet/A/2008-01-07')
  // neither has seen the other's
  await sheetOf(first).type('A1', 'accepted', '40')
  await sheetOf(second).type('A1', 'issued', '25')
  for (const page of [first, second]) {
    await sheetOf(page).send.click()
    await page.getByRole('dialog').getByLabel('理由').fill('the line was down')
    await page.getByRole('dialog').getByRole('button', { name: /^上报/ }).click()
    await expect(sheetOf(page).accepted(1)).toBeVisible()
  }
  for (const page of [first, second]) {
    const { cell, line, todos } = sheetOf(page)
    await expect(cell('A1', 'accepted')).toHaveValue('40')
    await expect(cell('A1', 'issued')).toHaveValue('25')
    await expect(line('A1')).toContainText('审定')
    await expect(todos.getByRole('listitem').filter({ hasText: 'A1 1/7' })).toHaveCount(0)
  }
  const office = await enter(server, 'office', '/u/A1?target=count')
  await expect(dayOf(office, '1月7日').getByRole('cell')).toHaveText([/审定/, '40', '25'])
})

test('One counter in conflict shows both values and holds up no other counter of the report', async ({ enter }) => {
  const [a, other] = await Promise.all([sender(server, 'districtA'), sender(server, 'otherA')])
  const item = (issued: number) => ({
    items: [{ unit: 'A2', day: '2008-01-10', values: { accepted: 90, issued }, basedOn: 0 }],
  })
  await a('SubmitReports', item(60))
  await other('SubmitReports', item(64))

  const page = await enter(server, 'otherA', '/sheet/A')
  const sheet = sheetOf(page)
  const todo = sheet.todos.getByRole('listitem').filter({ hasText: '一格两数' })
  await expect(todo).toHaveCount(1)
  await expect(todo).toContainText(/A2.*issued/)
  await expect(todo.getByRole('definition')).toHaveText(['空白', /^64/, /^60/])
  await expect(sheet.cell('A2', 'issued')).not.toBeEditable()
  await expect(sheet.cell('A2', 'accepted'), 'both said the same of this one').toBeEditable()

  // the other counter goes on
  await sheet.type('A2', 'accepted', '91')
  await sheet.send.click()
  await expect(sheet.accepted(1)).toBeVisible()
  await expect(sheet.line('A2')).toContainText('争议')

  await todo.getByRole('button', { name: '采用我的数' }).click()
  const dialog = page.getByRole('dialog', { name: '核定 Unit A2 issued 1月10日' })
  await dialog.getByLabel('理由').fill('counted twice')
  await dialog.getByRole('button', { name: '核定' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(sheet.cell('A2', 'issued')).toHaveValue('64')
  await expect(sheet.cell('A2', 'issued')).toBeEditable()
  await expect(sheet.line('A2')).toContainText('审定')
  await sheet.cell('A2', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText([
    /60 → 64\s*核定\s*Other A\s*counted twice/,
    /60\s*争议，另报 64\s*Other A/,
    /60\s*上报\s*District A/,
  ])
})

test('On a phone a figure is taken back by emptying its field', async ({ enter }) => {
  const send = await sender(server, 'districtB')
  await send('SubmitReports', {
    items: [{ unit: 'B1', day: '2008-01-10', values: { accepted: 50, issued: 9 }, basedOn: 0 }],
  })
  const page = await enter(server, 'districtB', '/sheet/B', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await page.getByRole('button', { name: /^Unit B1/ }).tap()
  const issued = page.getByRole('textbox', { name: /^issued/ })
  await expect(issued).toHaveValue('9')
  await issued.tap()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  await expect(page.getByText('待撤销').first()).toBeVisible()
  await page.getByRole('button', { name: /^上报/ }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('counted twice')
  await dialog.getByRole('button', { name: /^上报/ }).tap()
  await expect(dialog).toHaveCount(0)
  await expect(issued).toHaveValue('')
  await expect(
    page.getByRole('listitem').filter({ hasText: '撤销' }).filter({ hasText: 'counted twice' }),
  ).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

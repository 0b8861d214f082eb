/** What one person does is on another's screen a moment later, and nobody loads a page again. */
import { expect, markPage, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()

test('A count sent in one browser is on the overview of another: total, day, ticker and square', async ({ enter }) => {
  const office = await enter(server, 'office', '/u/C?target=count')
  const watch = watchOf(office)
  await watch.table.click()
  await expect(watch.day('1月10日')).toHaveText(['1月10日', '0', '0', '1,077', '−1,077', ''])
  await expect(watch.today.getByRole('link', { name: 'A1：待报' })).toBeAttached()
  await expect(watch.approved('count', 0)).toBeVisible()
  await expect(watch.changes).toHaveCount(0)
  const stayed = await markPage(office)

  const district = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(district)
  await sheet.report('A1', 300, 250)
  await expect(sheet.line('A1')).toContainText('未上报')
  const seen = office.waitForFunction(
    () =>
      [...document.querySelectorAll('td')].some((cell) => cell.textContent === '250' && cell.clientHeight > 0) &&
      Date.now(),
  )
  const began = Date.now()
  await sheet.send.click()
  const ms = ((await (await seen).jsonValue()) as number) - began
  test.info().annotations.push({ type: 'latency', description: `${String(ms)} ms from the click to the other screen` })

  await expect(sheet.accepted(2)).toBeVisible()
  await expect(watch.day('1月10日')).toHaveText(['1月10日', '250', '250', '1,077', '−827', ''])
  await expect(watch.approved('count', 250)).toBeVisible()
  await expect(watch.changes).toHaveText(/A1\s*上报\s*250/)
  await expect(watch.changes, 'figures are open, who gave them is not').not.toContainText('District A')
  await expect(watch.today.getByRole('link', { name: 'A1：审定' })).toBeAttached()
  await expect(watch.today).toContainText('今日应报 4，已报 1，其中部分 0，缺 0。')
  // the ranking is of the end of the day before; what came since stands beside
  await expect(watch.ranking('A')).toContainText(/0\.00%\s*\+4\.16/)
  await stayed()
})

test('A day that the office locks closes under the fingers of the district, and opens again', async ({ enter }) => {
  const district = await enter(server, 'districtB', '/sheet/B/2008-01-09')
  const sheet = sheetOf(district)
  const cell = sheet.cell('B1', 'issued')
  await sheet.type('B1', 'issued', '77')
  await expect(cell).toBeEditable()
  const stayed = await markPage(district)

  const office = await enter(server, 'office', '/sheet/B')
  await office.getByRole('button', { name: '锁定', exact: true }).click()
  const dialog = office.getByRole('dialog', { name: '锁定与解锁' })
  await expect(dialog).toContainText('目前没有锁定的日期。')
  await expect(dialog.getByLabel('锁定至')).toHaveValue('2008-01-09')
  await dialog.getByRole('button', { name: '锁定', exact: true }).click()
  await expect(dialog).toContainText('锁定至 2008年1月9日（含）。')

  await expect(cell).not.toBeEditable()
  await expect(sheet.cell('B1', 'accepted')).toHaveAccessibleDescription(/锁定/)
  await expect(district.getByText('已锁定至 1月9日')).toBeVisible()
  await expect(cell, 'what was typed is not lost').toHaveValue('77')
  await expect(sheet.todos).toContainText('2008年1月9日及以前已锁定')

  await dialog.getByText('解锁已锁定的日期').click()
  await dialog.getByLabel('解锁自').fill('2008-01-09')
  await dialog.getByLabel('解锁理由').fill('one day too many')
  await dialog.getByRole('button', { name: '解锁', exact: true }).click()
  await expect(cell).toBeEditable()
  await expect(cell).toHaveValue('77')
  await stayed()
})

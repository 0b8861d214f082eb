/** A figure that belongs elsewhere is moved in one act; without the right to both sides it is offered. */
import { expect, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()
const DAY = '2008-01-10'

test('A figure goes to the street where it belongs: both sides at once, and both histories say so', async ({
  enter,
}) => {
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [
      { unit: 'A1', day: DAY, values: { accepted: 90, issued: 40 }, basedOn: 0 },
      { unit: 'A2', day: DAY, values: { accepted: 60, issued: 20 }, basedOn: 0 },
    ],
  })
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.cell('A1', 'issued').click()
  await page.getByRole('button', { name: '调整到别的单位或日期……' }).click()
  const dialog = page.getByRole('dialog', { name: '调整 Unit A1 1月10日 的数' })
  await dialog.getByLabel('调整到').selectOption({ label: 'Unit A2' })
  // what is there, and the sum of both, are seen before
  await expect(dialog.getByRole('row', { name: /^issued/ }).getByRole('cell')).toHaveText(['40', '20', '60'])
  await dialog.getByLabel('理由').fill('counted at the wrong counter')
  await dialog.getByRole('button', { name: '调整', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(sheet.cell('A1', 'issued')).toHaveValue('')
  await expect(sheet.cell('A2', 'issued')).toHaveValue('60')
  await expect(sheet.line('A1')).toContainText('部分上报')
  await expect(sheet.versions.getByRole('listitem').first()).toHaveText(
    /40 → 空白\s*调整到A21月10日\s*District A\s*counted at the wrong counter/,
  )
  const office = await enter(server, 'office', '/u/A?target=count')
  await expect(watchOf(office).approved('count', 60), 'the sum of both is what it was').toBeVisible()
})

test('To another district it is an offer: both stand as they were until the other side accepts', async ({ enter }) => {
  const send = await sender(server, 'districtA')
  await send('SubmitReports', {
    items: [{ unit: 'A3', day: DAY, values: { accepted: 30, issued: 12 }, basedOn: 0 }],
  })
  const other = await enter(server, 'districtB', '/sheet/B')
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.cell('A3', 'issued').click()
  await page.getByRole('button', { name: '调整到别的单位或日期……' }).click()
  const dialog = page.getByRole('dialog', { name: '调整 Unit A3 1月10日 的数' })
  await dialog.getByLabel('调整到').selectOption({ label: 'Unit B1' })
  await dialog.getByLabel('整张报表').check()
  await expect(dialog.getByRole('row', { name: /^issued/ }).getByRole('cell')).toHaveText(['12', '提出请求后可见', '—'])
  await dialog.getByLabel('理由').fill('people of B1 came to us')
  await dialog.getByRole('button', { name: '请求调整' }).click()
  await expect(dialog).toHaveCount(0)
  const waiting = sheet.todos.getByRole('listitem').filter({ hasText: '请求调整' })
  await expect(waiting).toContainText('等待对方答复，此前两边都不变。')
  await expect(sheet.cell('A3', 'issued')).toHaveValue('12')

  const asked = sheetOf(other).todos.getByRole('listitem').filter({ hasText: '请求调整' })
  await expect(asked).toContainText('从Unit A31月10日调整到Unit B11月10日：accepted 30、issued 12')
  await expect(asked).toContainText('District A：“people of B1 came to us”')
  await asked.getByRole('button', { name: '同意调整' }).click()
  await expect(asked).toHaveCount(0)
  await expect(sheetOf(other).cell('B1', 'issued')).toHaveValue('12')
  await expect(sheetOf(other).cell('B1', 'accepted')).toHaveValue('30')
  await expect(waiting).toHaveCount(0)
  await expect(sheet.cell('A3', 'issued')).toHaveValue('')
  await expect(sheet.line('A3')).toContainText('待报')
})

test('An offer that is declined changes nothing and says why', async ({ enter }) => {
  const send = await sender(server, 'districtA')
  const day = '2008-01-09'
  const seq = await send('SubmitReports', {
    items: [{ unit: 'A3', day, values: { accepted: 30, issued: 12 }, basedOn: 0, reason: 'late' }],
  })
  await send('ReattributeReports', {
    from: { unit: 'A3', day, basedOn: seq },
    to: { unit: 'B1', day, basedOn: 0 },
    reason: 'not ours',
  })
  const mine = await enter(server, 'districtA', `/sheet/A/${day}`)
  // the sheet of today leads to the day that it is about
  const other = await enter(server, 'districtB', '/sheet/B')
  const asked = sheetOf(other).todos.getByRole('listitem').filter({ hasText: 'B1 1/9 请求调整' })
  await asked.getByRole('button', { name: /到这一格/ }).click()
  await expect(other).toHaveURL(new RegExp(`/sheet/B/${day}\\?at=B1/`))
  await asked.getByRole('button', { name: '不同意' }).click()
  const dialog = other.getByRole('dialog', { name: '不同意调整' })
  await dialog.getByLabel('理由').fill('nor ours')
  await dialog.getByRole('button', { name: '不同意' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(asked).toHaveCount(0)
  await expect(sheetOf(mine).cell('A3', 'issued')).toHaveValue('12')
  await expect(sheetOf(mine).todos.getByRole('listitem').filter({ hasText: '请求调整' })).toHaveCount(0)
  await sheetOf(mine).cell('A3', 'issued').click()
  await expect(sheetOf(mine).versions.getByRole('listitem')).toHaveText([
    /不同意调整到B11月9日\s*District B\s*nor ours/,
    /12\s*请求调整到B11月9日\s*District A\s*not ours/,
    /12\s*补报\s*District A\s*late/,
  ])
})

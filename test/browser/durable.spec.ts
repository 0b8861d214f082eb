/** What was acknowledged outlives the server, and a page that cannot prove to be current says so. */
import { expect, markPage, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()

test('A count acknowledged in the browser is there after the server was killed at that moment', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  const stayed = await markPage(page)
  await sheet.report('A1', 90, 40)
  await sheet.send.click()
  await expect(sheet.accepted(2)).toBeVisible()
  await server.kill()

  const banner = page.getByRole('status').filter({ hasText: '不能证明为最新' })
  await expect(banner).toBeVisible({ timeout: 20_000 })
  await expect(banner).toContainText('截至')
  await expect(page.getByText('离线', { exact: true })).toBeVisible()
  await sheet.report('A2', 60, 55)
  await expect(sheet.cell('A2', 'issued')).toHaveValue('55')

  await server.start()
  await expect(page.getByText('实时', { exact: true })).toBeVisible({ timeout: 5_000 })
  await expect(banner).toHaveCount(0)
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
  await expect(sheet.cell('A2', 'issued')).toHaveValue('55')
  await expect(sheet.line('A1')).toContainText('审定')
  await expect(sheet.line('A2')).toContainText('未上报')
  await stayed()

  const fresh = await enter(server, 'office', '/u/A?target=count')
  await expect(watchOf(fresh).approved('count', 40)).toBeVisible()
  await expect(watchOf(fresh).changes).toHaveText(/A1\s*上报\s*40/)
})

test('Sending while the server is away keeps the text, says so, and has one effect after it is back', async ({
  enter,
}) => {
  const page = await enter(server, 'districtB', '/sheet/B')
  const sheet = sheetOf(page)
  await sheet.report('B1', 90, 61)
  await server.kill()
  await sheet.send.click()
  const strip = page.getByRole('status').filter({ hasText: '本机草稿' })
  await expect(strip).toContainText('等待上报')
  await expect(sheet.cell('B1', 'issued')).toHaveValue('61')
  // asking again by hand changes nothing
  await strip.getByRole('button', { name: '立即重试' }).click()
  await expect(strip).toContainText('等待上报')

  await server.start()
  await expect(sheet.accepted(2)).toBeVisible({ timeout: 20_000 })
  await expect(strip).toHaveCount(0)
  await expect(sheet.line('B1')).toContainText('审定')
  await sheet.cell('B1', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText(/61\s*上报\s*District B/)

  const fresh = await enter(server, 'office', '/u/B?target=count')
  await expect(watchOf(fresh).approved('count', 61)).toBeVisible()
  await expect(watchOf(fresh).changes).toHaveCount(1)
})

test('A command that the server recorded and could not answer is not recorded twice', async ({ enter }) => {
  const page = await enter(server, 'legal', 'about:blank')
  // the acknowledgement gets lost on its way
  let lose = true
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const up = socket.connectToServer()
    up.onMessage((message) => {
      if (lose && typeof message === 'string' && /^43\d+\[\{"ok":true,"seq"/.test(message)) {
        lose = false
        void up.close()
        void socket.close()
      } else socket.send(message)
    })
  })
  await page.goto('/issues/new')
  const title = 'Is a question that was asked once asked twice?'
  await page.getByLabel('问题', { exact: true }).fill(title)
  await page.getByLabel('说明').fill('The answer to it never came.')
  await page.getByLabel('类别').selectOption({ label: 'fee' })
  await page.getByLabel('地区').selectOption({ label: 'Unit C' })
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 20_000 })
  expect(lose, 'an acknowledgement was lost').toBe(false)
  await expect(page.getByText('实时', { exact: true })).toBeVisible()
  await page.goto('/issues')
  await expect(page.getByRole('link', { name: title })).toHaveCount(1)
  await expect(page.getByText('未结 1 件，已结 0 件')).toBeVisible()
})

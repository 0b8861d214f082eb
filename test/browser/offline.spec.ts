/** Without a network: the page opens from the device, figures are taken, and go out when there is one, each once, for their own person. */
import type { Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, signInAs, signInByForm, test } from './support.ts'

const server = serverForFile()
const OFFLINE = { serviceWorkers: 'allow' } as const

const shellKept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    const names = await caches.keys()
    const cache = await caches.open(names.find((name) => name.startsWith('shell-')) ?? '')
    return (await cache.keys()).length > 5
  })
/** The rows that the page has are on the device. */
const rowsKept = (page: Page) => page.evaluate(() => dispatchEvent(new Event('pagehide')))
const waiting = (page: Page) => page.getByRole('list', { name: '本机待送' }).getByRole('listitem')

test('G9 G13 G15 A sheet opens without a network, checks and takes figures, says what waits, and sends it once', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A', OFFLINE)
  const sheet = sheetOf(page)
  await sheet.report('A1', 90, 40)
  await sheet.send.click()
  await expect(sheet.accepted(2)).toBeVisible()
  // 135 files, fetched one after the other
  await expect.poll(() => shellKept(page), { timeout: 30_000 }).toBe(true)
  await expect(page.getByText('实时', { exact: true })).toBeVisible()
  await rowsKept(page)
  await server.stop()

  await page.reload()
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
  await expect(page.getByRole('status').filter({ hasText: '不能证明为最新' })).toContainText('截至')
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('District A')
  // the same rules
  await sheet.type('A2', 'accepted', '1O8')
  await expect(sheet.todos).toContainText('1O8')
  await sheet.report('A2', 60, 55)
  await sheet.send.click()
  await expect(waiting(page)).toHaveCount(1)
  await sheet.report('A3', 30, 20)
  await sheet.send.click()
  await expect(waiting(page)).toHaveText([/^1.*A2 1月10日.*上报 2 项/, /^2.*A3 1月10日.*上报 2 项/])
  await expect(page.getByRole('button', { name: '本机待送 2 条' })).toBeVisible()

  // another page of the same browser, still without a network
  const again = await page.context().newPage()
  await page.close()
  await again.goto('/sheet/A')
  await expect(waiting(again)).toHaveCount(2)
  await server.start()
  await expect(waiting(again)).toHaveCount(0, { timeout: 20_000 })
  const sheetAgain = sheetOf(again)
  await expect(sheetAgain.line('A3')).toContainText('审定')
  for (const [unit, value] of [
    ['A2', '55'],
    ['A3', '20'],
  ] as const) {
    await sheetAgain.cell(unit, 'issued').click()
    await expect(sheetAgain.versions.getByRole('listitem')).toHaveText(new RegExp(`${value}\\s*上报\\s*District A`))
  }
  await expect(again.getByRole('list', { name: '您不在时已送达' }).getByRole('listitem')).toHaveCount(2)
  await again.getByRole('button', { name: '知道了' }).click()
  await expect(again.getByRole('list', { name: '您不在时已送达' })).toHaveCount(0)
})

test('G9 A page opens from the device as well where the server takes requests and never answers', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A', OFFLINE)
  const sheet = sheetOf(page)
  await expect(sheet.cell('A1', 'issued')).toHaveValue('40')
  await expect.poll(() => shellKept(page), { timeout: 30_000 }).toBe(true)
  await rowsKept(page)
  process.kill(server.pid(), 'SIGSTOP')
  try {
    await page.reload({ waitUntil: 'commit' })
    await expect(sheet.cell('A1', 'issued')).toHaveValue('40', { timeout: 25_000 })
  } finally {
    process.kill(server.pid(), 'SIGCONT')
  }
  await expect(page.getByText('实时', { exact: true })).toBeVisible({ timeout: 30_000 })
})

test('G9 G11 What waits when a session ends is sent when its own person signs in again, and seen by nobody else', async ({
  enter,
}) => {
  const page = await enter(server, 'districtB', '/sheet/B', OFFLINE)
  const sheet = sheetOf(page)
  await expect(sheet.cell('B1', 'accepted')).toBeVisible()
  await server.stop()
  await sheet.report('B1', 70, 61)
  await sheet.send.click()
  await expect(waiting(page)).toHaveCount(1)
  await server.start()
  // before the page has found the way back, somebody else is in
  await signInAs(page.context(), 'otherA')
  await page.goto('/sheet')
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('Other A')
  await expect(waiting(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^本机待送/ })).toHaveCount(0)
  await page.getByRole('button', { name: '我的账户' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  await signInByForm(page, 'districtB')
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('District B')
  await page.goto('/sheet/B')
  await expect(sheet.line('B1')).toContainText('审定', { timeout: 20_000 })
  await sheet.cell('B1', 'issued').click()
  await expect(sheet.versions.getByRole('listitem')).toHaveText(/61\s*上报\s*District B/)
})

test('G11 A tab stops when somebody else signs in in another, shows nothing of theirs, and is its own person’s again', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A', OFFLINE)
  await expect(sheetOf(page).cell('A1', 'accepted')).toBeVisible()
  await signInAs(page.context(), 'office')
  const notice = page.getByRole('alert').filter({ hasText: '已在此浏览器登录' })
  await expect(notice).toContainText('District A')
  await expect(page.getByRole('table')).toHaveCount(0)
  const command = { id: 'theirs-0001', kind: 'LockPeriod', data: { through: '2008-01-02' } }
  const answer = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json', 'x-member': 'districtA' }
    const sent = await fetch('/api/v1/commands', { method: 'POST', headers, body: JSON.stringify(body) })
    return (await sent.json()) as { refusals: { code: string }[] }
  }, command)
  expect(answer.refusals[0]!.code).toBe('session.other')
  await notice.getByRole('button').click()
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('Office')
})

test('G16 Signing out says what would be lost, saves a copy of it, and leaves nothing on the device', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A/2008-01-09', OFFLINE)
  const sheet = sheetOf(page)
  await sheet.type('A1', 'accepted', '77')
  await rowsKept(page)
  await page.getByRole('button', { name: '我的账户' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  const dialog = page.getByRole('dialog', { name: '退出前请确认' })
  await expect(dialog.getByRole('listitem')).toHaveText(['已填未报 1 格'])
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: '导出备份' }).click()
  expect(await (await download).path()).toBeTruthy()
  await dialog.getByRole('button', { name: '不退出' }).click()
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('77')
  await page.getByRole('button', { name: '我的账户' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await dialog.getByRole('button', { name: '退出并清除' }).click()
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  const left = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        indexedDB.open('rollout').onsuccess = (event) => {
          const database = (event.target as IDBOpenDBRequest).result
          const found: string[] = []
          const reading = database.transaction(['texts', 'shelf'])
          for (const name of ['texts', 'shelf'])
            reading.objectStore(name).getAllKeys().onsuccess = (e) =>
              found.push(...(e.target as IDBRequest<string[]>).result)
          reading.oncomplete = () => resolve(found)
        }
      }),
  )
  expect(left.filter((key) => !key.startsWith('programme/'))).toEqual([])
})

test('G14 What the server does not take from this version waits with its text, until a newer page is there', async ({
  enter,
}) => {
  const page = await enter(server, 'otherA', 'about:blank')
  let versions = [2]
  await page.route('**/api/v1/session', async (route) => {
    const answer = await route.fetch()
    const info = (await answer.json()) as { commands?: Record<string, number[]> }
    await route.fulfill({
      response: answer,
      json: { ...info, commands: { ...info.commands, SubmitReports: versions } },
    })
  })
  await page.goto('/sheet/A')
  const sheet = sheetOf(page)
  await sheet.type('A1', 'accepted', '91')
  await sheet.send.click()
  const banner = page.getByRole('status').filter({ hasText: '须由新版本送出' })
  await expect(banner).toBeVisible()
  await expect(waiting(page)).toHaveCount(1)
  await expect(sheet.cell('A1', 'accepted')).toHaveValue('91')
  versions = [1, 2]
  await banner.getByRole('button').click()
  await expect(waiting(page)).toHaveCount(0, { timeout: 20_000 })
})

test('The page can be installed, by the name of the programme', async ({ enter }) => {
  const page = await enter(server, null, '/signin', OFFLINE)
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!
    return (await (await fetch(link.href)).json()) as { name: string; icons: { src: string }[] }
  })
  expect(manifest.name).not.toBe('')
  for (const { src } of manifest.icons)
    expect((await page.request.get(src)).headers()['content-type']).toBe('image/png')
})

test('G17 What was never sent is taken back: it is a draft again, and does not go out later', async ({ enter }) => {
  const page = await enter(server, 'districtB', '/sheet/B', OFFLINE)
  const sheet = sheetOf(page)
  await expect(page.getByText('实时', { exact: true })).toBeVisible()
  await expect(sheet.cell('B1', 'issued')).toBeVisible({ timeout: 30_000 })
  await server.stop()
  await sheet.report('B1', 71, 17)
  await sheet.send.click()
  await expect(waiting(page)).toHaveCount(1)
  await waiting(page).getByRole('button', { name: '收回' }).click()
  await expect(waiting(page)).toHaveCount(0)
  await expect(sheet.cell('B1', 'issued')).toHaveValue('17')
  await server.start()
  await expect(page.getByText('实时', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(sheet.cell('B1', 'issued')).toHaveValue('17')
  await expect(sheet.line('B1')).toContainText('未上报')
})

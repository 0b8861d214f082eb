/** Case L1: a newer version takes the place of the one that a page was loaded with. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expect, sheetOf, signInByForm, test, watchOf } from './support.ts'

const BUILT = join(import.meta.dirname, '../../client/dist')
let server: TestServer
/** the client that the server hands out */
let client: string

test.beforeEach(async () => {
  client = mkdtempSync(join(tmpdir(), 'rollout-client-'))
  cpSync(BUILT, client, { recursive: true })
  server = await startServer({ client, authClock: () => new Date() })
  for (const person of PEOPLE) await server.account(person, person.id)
})
test.afterEach(async () => {
  await server.close()
  rmSync(client, { recursive: true })
})

/** All of the watching page is there, its chart too, which is a file of its own. */
const whole = async (page: Page) => {
  await expect(watchOf(page).headline).toBeVisible()
  await page.locator('.place .chart svg').waitFor()
}

/** What another build does: every file of a script or a style has another name, and the old ones are gone. */
function upgrade(): void {
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|html)$/.test(name),
  )
  for (const packed of readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((n) => /\.(br|gz)$/.test(n)))
    rmSync(join(client, packed))
  const named = (text: string) => text.replace(/([\w-]+-)([\w-]{8})(\.(?:js|css))\b/g, '$1$2n$3')
  for (const file of files) {
    writeFileSync(join(client, file), named(readFileSync(join(client, file), 'utf8')))
    if (file.startsWith('assets')) renameSync(join(client, file), join(client, named(file)))
  }
}

const newer = (page: Page) => page.getByRole('status').filter({ hasText: '系统已更新' })
const unopened = (page: Page) => page.getByRole('status').filter({ hasText: '页面未能打开' })
/** how often the page's document has been loaded since */
function loads(page: Page): () => number {
  let n = 0
  page.on('domcontentloaded', () => n++)
  return () => n
}

test('G1 G2 Case L1: an open page says that there is a newer version, and what was typed is there after loading it again', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await sheetOf(page).type('A1', 'accepted', '41')
  await expect(newer(page)).toHaveCount(0)
  upgrade()
  // the server was away for the time of it
  await page.context().setOffline(true)
  await expect(page.getByText('已断', { exact: false }).first()).toBeVisible({ timeout: 20_000 })
  await page.context().setOffline(false)
  await expect(newer(page)).toContainText('已录入的内容存于本机', { timeout: 20_000 })
  await newer(page).getByRole('button', { name: '重新载入' }).click()
  await expect(sheetOf(page).cell('A1', 'accepted')).toHaveValue('41')
  await expect(newer(page)).toHaveCount(0)
})

test('G1 G2 Case L1: the files are replaced under a server that goes on: the page says so when it is looked at again', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/u/A')
  await whole(page)
  upgrade()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
  })
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(newer(page)).toBeVisible()
})

test('G1 G2 Case L1: a newer version, then the end of the session: the page that lets one in again, and the way back', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  await whole(page)
  upgrade()
  const loaded = loads(page)
  expect((await page.context().request.delete('/api/v1/session')).ok()).toBe(true)
  await expect(page).toHaveURL(({ pathname }) => pathname === '/signin', { timeout: 15_000 })
  await expect(page.getByRole('status').filter({ hasText: '请重新登录' })).toBeVisible()
  await signInByForm(page, 'office')
  await expect(page).toHaveURL(({ pathname, search }) => pathname + search === '/u/A?target=count')
  await expect(watchOf(page).headline).toBeVisible()
  expect(loaded(), 'once').toBe(1)
})

test('G1 G2 Case L1: another page of the old version is loaded anew at its own address, also while the connection is lost', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/A')
  await whole(page)
  upgrade()
  await page.context().route('**/socket.io/**', (route) => route.abort())
  const loaded = loads(page)
  await page.getByRole('link', { name: '人员', exact: true }).click()
  await expect(page.getByRole('heading', { name: '人员', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/people$/)
  expect(loaded()).toBe(1)
})

test('G1 G2 Case L1: a page whose files are nowhere says so with a link, and is not loaded again and again', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/A')
  await whole(page)
  upgrade()
  const assets = join(client, 'assets')
  for (const file of readdirSync(assets).filter((name) => name.startsWith('SignInPage'))) rmSync(join(assets, file))
  const loaded = loads(page)
  await page.context().request.delete('/api/v1/session')
  await expect(unopened(page)).toContainText('服务器上没有本页需要的文件', { timeout: 15_000 })
  await expect(unopened(page).getByRole('link', { name: '重新打开' })).toHaveAttribute('href', /^\/signin\?next=/)
  await page.waitForTimeout(4_000)
  expect(loaded(), 'loaded anew once').toBe(1)
  await expect(unopened(page)).toBeVisible()
})

test('G1 G2 Case L1: a part of a page that is gone is loaded anew as well', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/nowhere')
  await expect(page.getByRole('heading', { name: '页面不存在' })).toBeVisible()
  upgrade()
  // the frame of unit pages is there, the page inside it is not
  await page.evaluate(() => {
    history.pushState({}, '', '/u/A')
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  })
  await expect(watchOf(page).headline).toBeVisible({ timeout: 15_000 })
})

test('G1 G2 Case L1: while the server cannot be reached, a page that does not come is said, and the one before stays', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/A')
  await expect(watchOf(page).headline).toBeVisible()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: '人员', exact: true }).click()
  await expect(unopened(page)).toContainText('服务器暂时无法连接')
  await expect(watchOf(page).headline).toBeVisible()
  await page.context().setOffline(false)
  await page.getByRole('link', { name: '人员', exact: true }).click()
  await expect(page.getByRole('heading', { name: '人员', exact: true })).toBeVisible()
  await expect(unopened(page)).toHaveCount(0)
})
